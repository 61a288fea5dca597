"""The contract: records to JSON and back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from sample_reading import sample_reading

from dragoman.errors import RecordError
from dragoman.records import Event, Reading, Tie, Time, When


def test_a_reading_comes_back_from_json_as_it_was() -> None:
    reading = sample_reading()
    assert Reading.from_dict(json.loads(json.dumps(reading.to_dict()))) == reading


def test_the_fields_have_the_names_and_the_order_of_the_contract() -> None:
    assert list(sample_reading().to_dict()) == [
        "article", "actors", "events", "statements", "times", "places", "ties", "mediations",
    ]  # fmt: skip
    assert list(Tie("TUR", "NATO", "ally", "NATO ally Turkey", 3).to_dict()) == [
        "from",
        "to",
        "kind",
        "text",
        "sentence",
    ]
    assert list(Time(None, None, "soon", "unknown", 3, 7).to_dict()) == [
        "earliest", "latest", "text", "basis", "start", "end",
    ]  # fmt: skip


def test_days_are_iso_and_unknown_is_null() -> None:
    assert When(date(2022, 3, 1), None, None, "stated").to_dict() == {
        "earliest": "2022-03-01",
        "latest": None,
        "text": None,
        "basis": "stated",
    }


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"status": "perhaps"}, "Event.status: 'perhaps' is none of"),
        ({"sentence": "three"}, "Event.sentence"),
        ({"when": {"earliest": "March", "latest": None, "text": None, "basis": "stated"}}, "Event.when: When.earliest"),
    ],
)
def test_a_record_that_breaks_the_contract_is_refused_by_field(change: dict[str, object], message: str) -> None:
    event = sample_reading().events[0].to_dict()
    with pytest.raises(RecordError, match=message):
        Event.from_dict(event | change)


def test_a_missing_field_is_named() -> None:
    data = sample_reading().events[0].to_dict()
    del data["quad"]
    with pytest.raises(RecordError, match="Event: the field 'quad' is missing"):
        Event.from_dict(data)


def test_records_cannot_be_changed_in_place() -> None:
    event = sample_reading().events[0]
    with pytest.raises(AttributeError):
        event.type = "AID"  # type: ignore[misc]
    assert replace(event, type="AID").type == "AID"
