"""A first look at times: blank Docs without tags or trees."""

from datetime import date

import pytest
import spacy

from dragoman.reading.when import find_times

NLP = spacy.blank("en")


@pytest.mark.parametrize(
    ("text", "words", "earliest", "latest"),
    [
        ("Speaking late Sunday, he said so.", "late Sunday", "2022-03-20", "2022-03-20"),
        ("Earlier in March, the city hosted talks.", "Earlier in March", "2022-03-01", "2022-03-20"),
        ("They will meet on Friday.", "Friday", "2022-03-25", "2022-03-25"),
        ("It has gone on since 2014.", "since 2014", "2014-01-01", "2022-03-21"),
    ],
)
def test_an_expression_gets_its_span(text: str, words: str, earliest: str, latest: str) -> None:
    (time,) = find_times(NLP(text), date(2022, 3, 21))
    assert time.record.text == words
    assert time.record.earliest == date.fromisoformat(earliest)
    assert time.record.latest == date.fromisoformat(latest)
