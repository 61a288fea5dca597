from __future__ import annotations

import dataclasses
import io

import pytest
from rich.console import Console
from sample_reading import sample_reading

from dragoman.cli.render import Report, marked_text
from dragoman.records import Reading


def _printed(reading: Reading, width: int) -> str:
    console = Console(width=width, file=io.StringIO(), color_system=None)
    console.print(Report(reading))
    return console.file.getvalue()  # type: ignore[attr-defined]


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_the_report_keeps_within_its_width(width: int) -> None:
    assert max(map(len, _printed(sample_reading(), width).splitlines())) <= width


@pytest.mark.parametrize("width", [80, 120])
def test_the_report_tells_who_did_what_to_whom_when_where_and_on_whose_word(width: int) -> None:
    printed = " ".join(_printed(sample_reading(), width).split())
    for words in (
        "SUPPORT",
        "CONCEDE · release",
        "12 Dec",
        "Algiers",
        "Abdelaziz",
        "Agreement¹",
        "(offered, host)",
    ):
        assert words in printed


def test_without_colour_names_stand_in_brackets_and_events_carry_their_number() -> None:
    text = marked_text(sample_reading(), coloured=False).plain
    assert "[Ethiopia] and [Eritrea] signed¹ a peace agreement" in text
    assert "[he=Abdelaziz Bouteflika] told" in text
    assert "offered to mediate³" in text


def test_with_colour_the_text_has_no_brackets() -> None:
    text = marked_text(sample_reading(), coloured=True)
    assert "[" not in text.plain
    assert any("underline" in str(span.style) for span in text.spans)


def test_square_brackets_in_an_article_are_no_markup() -> None:
    reading = sample_reading()
    words = reading.article.text.replace("Ethiopia and", "Ethiop[red]and")
    changed = dataclasses.replace(
        reading, article=dataclasses.replace(reading.article, text=words, title="[bold]Signed[/bold]")
    )
    printed = _printed(changed, 120)
    assert "[bold]Signed[/bold]" in printed
    assert "red" in printed


def test_an_article_without_events_says_so() -> None:
    assert "No events" in _printed(dataclasses.replace(sample_reading(), events=(), mediations=(), ties=()), 80)
