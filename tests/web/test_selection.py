from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.web import urls
from dragoman.web.selection import ParameterError, Selection

words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).map(str.strip).filter(bool)
texts = st.lists(words, max_size=4).map(lambda items: tuple(dict.fromkeys(items)))


@given(
    actor=texts, with_=texts, source=texts, topic=texts,
    type=st.sampled_from([(), ("AID",), ("AID", "CONSULT")]),
    since=st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    confidence=st.none() | st.floats(0.01, 1),
    one_story=st.booleans(),
)  # fmt: skip
def test_a_selection_is_read_back_from_its_address(
    actor: tuple[str, ...], with_: tuple[str, ...], source: tuple[str, ...], topic: tuple[str, ...],
    type: tuple[str, ...], since: date | None, confidence: float | None, one_story: bool,
) -> None:  # fmt: skip
    chosen = Selection(actor=actor, with_=with_, source=source, topic=topic, type=type, since=since,
                       min_confidence=confidence, one_story=one_story)  # fmt: skip
    address = urls.events(**chosen.values())
    assert Selection.read(parse_qs(address.partition("?")[2])) == chosen


def test_choosing_a_value_twice_takes_it_back() -> None:
    chosen = Selection().with_value("type", "AID").with_value("type", "ASSAULT")
    assert chosen.type == ("AID", "ASSAULT")
    assert chosen.with_value("type", "AID").with_value("type", "ASSAULT").empty


@pytest.mark.parametrize(
    "pairs",
    [{"type": ["DANCE"]}, {"status": ["maybe"]}, {"quad": ["war"]}, {"since": ["2022-02-30"]},
     {"min_confidence": ["1.1"]}, {"actor": ["a" * 201]}, {"actor": [str(n) for n in range(25)]}, {"actor": ["a\0b"]}],
)  # fmt: skip
def test_what_is_no_filter_is_refused_by_name(pairs: dict[str, list[str]]) -> None:
    with pytest.raises(ParameterError, match=next(iter(pairs))):
        Selection.read(pairs)


@given(st.text(max_size=50))
def test_an_id_is_one_part_of_a_path_whatever_it_is(identifier: str) -> None:
    identifier = identifier.encode("utf-8", "replace").decode()
    path = urls.mediation(identifier)
    assert path.startswith("/mediations/")
    assert path.count("/") == 2
    assert not set(path) & set(" <>\"'?#")
