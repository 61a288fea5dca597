"""What differs between two readings of one article."""

from __future__ import annotations

import dataclasses

from hypothesis import given
from hypothesis import strategies as st
from sample_reading import sample_reading

from dragoman.comparison import differences
from dragoman.presentation.difference import told
from dragoman.presentation.wording import Names
from dragoman.records import Reading

SAMPLE = sample_reading()
LISTS = ("actors", "events", "statements", "ties")


def with_event(reading: Reading, index: int, **fields: object) -> Reading:
    events = list(reading.events)
    events[index] = dataclasses.replace(events[index], **fields)  # type: ignore[arg-type]
    return dataclasses.replace(reading, events=tuple(events))


def test_a_reading_does_not_differ_from_itself() -> None:
    assert differences(SAMPLE, SAMPLE) == ()


def test_an_event_that_is_coded_otherwise_is_one_change_with_its_sentence() -> None:
    event = SAMPLE.events[0]
    (found,) = differences(SAMPLE, with_event(SAMPLE, 0, type="RETREAT", cameo="087", id="other"))
    assert (found.kind, found.way, found.fields) == ("event", "changed", ("type", "cameo"))
    assert found.start <= event.predicate.start < found.end
    line = told(found, Names([SAMPLE]))
    assert f"type: {event.type} → RETREAT" in line
    assert f"cameo: {event.cameo} → 087" in line


def test_what_only_moves_with_other_wording_is_no_difference() -> None:
    assert differences(SAMPLE, with_event(SAMPLE, 0, confidence=0.1, why="because", id="x", same_as=None)) == ()


def test_another_actor_is_told_by_name() -> None:
    assert len(SAMPLE.actors) > 1
    other = SAMPLE.actors[-1].id
    (found,) = differences(SAMPLE, with_event(SAMPLE, 0, actors=(other,)))
    assert found.fields == ("actors",)
    assert SAMPLE.actors[-1].name in told(found, Names([SAMPLE]))


def test_of_two_events_at_one_word_the_like_ones_are_pairs() -> None:
    twin = dataclasses.replace(SAMPLE.events[0], id="twin", type="PROTEST", cameo="141", actors=(), recipients=())
    before = dataclasses.replace(SAMPLE, events=(*SAMPLE.events, twin))
    after = dataclasses.replace(SAMPLE, events=(twin, *SAMPLE.events))
    assert differences(before, after) == ()


def test_steps_and_mediations_are_compared_too() -> None:
    (mediation,) = SAMPLE.mediations
    steps = (dataclasses.replace(mediation.steps[0], status="negated"), *mediation.steps[1:])
    after = dataclasses.replace(SAMPLE, mediations=(dataclasses.replace(mediation, id="OTHER", steps=steps),))
    assert [(each.kind, each.fields) for each in differences(SAMPLE, after)] in (
        [("mediation", ("id",)), ("step", ("status",))],
        [("step", ("status",)), ("mediation", ("id",))],
    )


@given(st.data())
def test_what_one_way_is_gained_is_lost_the_other_way(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(LISTS))
    records = getattr(SAMPLE, name)
    kept = data.draw(st.lists(st.sampled_from(range(len(records))), unique=True))
    fewer = dataclasses.replace(SAMPLE, **{name: tuple(records[i] for i in sorted(kept))})
    lost = differences(SAMPLE, fewer)
    gained = differences(fewer, SAMPLE)
    assert [each.way for each in lost] == ["lost"] * (len(records) - len(kept))
    assert {(each.kind, each.way) for each in gained} <= {(name.removesuffix("s"), "gained")}
    assert [each.before for each in lost] == [each.after for each in gained]
    for each in (*lost, *gained):
        assert told(each, Names([SAMPLE]))
