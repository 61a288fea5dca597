"""Talks that ended were held; talks that somebody ended were broken off."""

from __future__ import annotations

import dragoman


def types(text: str) -> set[tuple[str, tuple[str, ...]]]:
    return {(event.type, event.actors) for event in dragoman.read(text, published="2003-12-13").events}


def test_who_ended_days_of_talks_together_has_talked() -> None:
    found = types("Japan and North Korea ended two days of talks in Ulan Bator on Friday.")
    assert ("CONSULT", ("JPN", "PRK")) in found
    assert "SANCTION" not in {type_ for type_, _ in found}


def test_who_broke_off_talks_has_done_that() -> None:
    found = types("Sudan broke off talks with the SPLM on Friday.")
    assert {type_ for type_, _ in found} == {"SANCTION"}
