from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sample_reading import sample_reading

from dragoman.errors import ArchiveError
from dragoman.records import Event
from dragoman.store.reviews import Correction, Precision, Review, Reviews, Verdict, precision

READING = sample_reading()
EVENT = READING.events[0]


def given(
    reviews: Reviews, verdict: Verdict = "accept", correction: Correction | None = None, event: Event = EVENT,
    author: str = "A. Reader", note: str | None = None,
) -> Review:  # fmt: skip
    article = READING.article
    return reviews.add(event, article.id, article.published, "A sentence.", verdict, author, correction, note)


def test_there_are_none_at_first_and_looking_makes_none(tmp_path: Path) -> None:
    reviews = Reviews(tmp_path)
    assert reviews.all() == ()
    assert reviews.latest() == {}
    assert not list(tmp_path.iterdir())


def test_a_review_is_kept_with_author_and_time_and_read_by_others(tmp_path: Path) -> None:
    kept = given(Reviews(tmp_path), "correct", Correction(type="CONSULT", actors=("ETH",), latest=date(2000, 12, 11)),
                 note="only talks")  # fmt: skip
    (found,) = Reviews(tmp_path).all()
    assert found == kept
    assert found.author == "A. Reader"
    assert found.at.endswith("+00:00")
    assert found.coded == EVENT
    assert Review.from_dict(found.to_dict()) == found


def test_the_last_word_counts_and_the_others_stay(tmp_path: Path) -> None:
    reviews = Reviews(tmp_path)
    given(reviews, "accept")
    last = given(reviews, "reject", author="Another")
    assert reviews.latest() == {(READING.article.id, EVENT.id): last}
    assert [review.verdict for review in reviews.all()] == ["accept", "reject"]


def test_the_version_changes_with_each(tmp_path: Path) -> None:
    reviews = Reviews(tmp_path)
    seen = [reviews.version]
    for _ in range(2):
        given(reviews)
        seen.append(reviews.version)
    assert len(set(seen)) == 3


@pytest.mark.parametrize(
    ("verdict", "correction", "author", "words"),
    [
        ("correct", None, "A. Reader", "nothing is corrected"),
        ("accept", Correction(type="AID"), "A. Reader", "cannot correct"),
        ("accept", None, "  ", "name"),
        ("accept", None, "x" * 300, "characters"),
    ],
)
def test_a_review_that_says_nothing_is_refused(
    tmp_path: Path, verdict: Verdict, correction: Correction | None, author: str, words: str
) -> None:
    with pytest.raises(ArchiveError, match=words):
        given(Reviews(tmp_path), verdict, correction, author=author)
    assert Reviews(tmp_path).all() == ()


def test_a_correction_is_applied_and_leaves_the_rest(tmp_path: Path) -> None:
    wanted = Correction(type="CONSULT", actors=("ETH",), recipients=("ERI",), earliest=date(2000, 12, 11),
                        latest=date(2000, 12, 12), place="Oran", country="DZA", status="future")  # fmt: skip
    event = given(Reviews(tmp_path), "correct", wanted).applied(EVENT)
    assert (event.type, event.quad, event.cameo) == ("CONSULT", "verbal cooperation", None)
    assert (event.actors, event.recipients, event.status) == (("ETH",), ("ERI",), "future")
    assert (event.when.earliest, event.when.latest) == (date(2000, 12, 11), date(2000, 12, 12))
    assert event.where is not None
    assert (event.where.name, event.where.latitude) == ("Oran", None)
    assert (event.id, event.predicate, event.confidence) == (EVENT.id, EVENT.predicate, EVENT.confidence)


def test_a_place_and_a_mode_can_be_taken_away(tmp_path: Path) -> None:
    moded = replace(EVENT, mode="visit")
    event = given(Reviews(tmp_path), "correct", Correction(place="", mode=""), moded).applied(moded)
    assert event.where is None
    assert event.mode is None


def test_what_was_right_of_what_was_reviewed_is_counted_by_the_type_that_was_coded(tmp_path: Path) -> None:
    reviews = Reviews(tmp_path)
    given(reviews, "accept")
    given(reviews, "correct", Correction(status="future"), replace(EVENT, id="b"))
    given(reviews, "correct", Correction(type="AID"), replace(EVENT, id="c"))
    given(reviews, "reject", event=replace(EVENT, id="d"))
    assert precision(reviews.latest().values()) == (Precision("SUPPORT", 2, 4),)


def test_the_interval_of_a_share_is_that_of_wilson() -> None:
    # Newcombe 1998, table I: 81 of 263 gives .2553 to .3662.
    low, high = Precision("AID", 81, 263).interval
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)
    assert Precision("AID", 0, 3).interval[0] == 0
