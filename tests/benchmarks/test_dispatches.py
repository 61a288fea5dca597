"""Dispatches with roles: what their marks say, and how a reading is scored by them."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

import dragoman
from benchmarks.dispatches import UNSEEN, label_of, main, score
from benchmarks.figures import Figure
from benchmarks.marked import Dispatch, MarkedEvent, read_dispatches
from dragoman.language.encoder import STEPS
from dragoman.records import Mediation, Mediator

OWN = Path(__file__).parents[2] / "training" / "data" / "dispatches"
FILES = [*sorted(OWN.glob("**/*.txt")), *sorted(UNSEEN.glob("*.txt"))]
SHORT = """## chad-libya
date: 1994-05-31
style: wire
[M1 Togo] {talks|hosted} [P1 Chad] and [P2 Libya].
[PP Both sides] {agreement:future|will sign} soon.
"""


@pytest.fixture
def short(tmp_path: Path) -> Dispatch:
    path = tmp_path / "some.txt"
    path.write_text(SHORT, encoding="utf-8")
    (dispatch,) = read_dispatches(path)
    return dispatch


def test_a_dispatch_is_read_as_text_with_its_marks_in_place(short: Dispatch) -> None:
    assert short.text == "Togo hosted Chad and Libya.\n\nBoth sides will sign soon."
    assert [(mark.label, short.text[mark.start : mark.end]) for mark in short.actors] == [
        ("M1", "Togo"), ("P1", "Chad"), ("P2", "Libya"), ("PP", "Both sides"),
    ]  # fmt: skip
    assert [(mark.label, mark.status, short.text[mark.start : mark.end]) for mark in short.steps] == [
        ("talks", "actual", "hosted"),
        ("agreement", "future", "will sign"),
    ]


def test_events_are_read_from_the_file_beside_with_their_words_in_place(tmp_path: Path) -> None:
    path = tmp_path / "some.txt"
    path.write_text(SHORT, encoding="utf-8")
    path.with_suffix(".events").write_text(
        "## chad-libya\nCONSULT | hosted | Chad / Libya | Togo | -\nAGREE:future | sign | Both sides | - | Togo\n",
        encoding="utf-8",
    )
    (dispatch,) = read_dispatches(path)
    assert dispatch.events is not None
    first, second = dispatch.events
    assert (first.type, first.status, dispatch.text[slice(*first.trigger)]) == ("CONSULT", "actual", "hosted")
    assert [dispatch.text[start:end] for start, end in first.sources] == ["Chad", "Libya"]
    assert [dispatch.text[start:end] for start, end in first.targets] == ["Togo"]
    assert (second.status, second.targets, len(second.speakers)) == ("future", (), 1)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("CONSULT | hosted | Togo", "five fields"),
        ("CONSULT | hosted | Mali | - | -", "'Mali' does not stand 1 times"),
        ("CONSULT | hosted#2 | Togo | - | -", "'hosted' does not stand 2 times"),
    ],
)
def test_an_event_that_is_not_what_it_should_be_is_named_with_file_and_line(
    tmp_path: Path, line: str, fault: str
) -> None:
    path = tmp_path / "some.txt"
    path.write_text(SHORT, encoding="utf-8")
    path.with_suffix(".events").write_text(f"## chad-libya\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=rf"some\.events:2: .*{fault}"):
        read_dispatches(path)


def test_a_block_without_its_head_is_named_with_its_file(tmp_path: Path) -> None:
    path = tmp_path / "some.txt"
    path.write_text("## one\nno date\nno style\ntext\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"some\.txt.*## one"):
        read_dispatches(path)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_dispatch_that_we_wrote_is_marked_as_the_format_says(path: Path) -> None:
    for dispatch in read_dispatches(path):
        assert not re.search(r"[\[\]{}|]", dispatch.text), dispatch.id
        assert {mark.label for mark in dispatch.steps} <= set(STEPS), dispatch.id
        sides = {mark.label for mark in dispatch.actors if re.fullmatch(r"P\d", mark.label)}
        assert len(sides) != 1, dispatch.id
        assert sides or not dispatch.steps, dispatch.id


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_two_dispatches_of_a_file_have_one_name(path: Path) -> None:
    ids = [dispatch.id for dispatch in read_dispatches(path)]
    assert len(ids) == len(set(ids))


def test_a_reading_is_scored_by_the_bodies_that_most_mentions_stand_for(short: Dispatch) -> None:
    reading = dragoman.read(short.text, published=short.published)
    assert [label_of(short, reading, body) for body in ("TCD", "LBY", "TGO", "FRA")] == ["P1", "P2", "M1", None]
    right = Mediation("LBY-TCD", ("LBY", "TCD"), (Mediator("TGO", ("host",)),), ())
    figures, errors = score(short, replace(reading, mediations=(right,)))
    assert (figures["sides"].f1, figures["mediators"].f1, figures["steps"].recall) == (1.0, 1.0, 0.0)
    assert [error.split()[0:2] for error in errors] == [["steps:", "missed"], ["steps:", "missed"]]
    wrong = replace(right, parties=("LBY", "TGO"))
    assert score(short, replace(reading, mediations=(wrong,)))[0]["sides"].false == 1


def test_an_event_is_found_by_its_type_its_sentence_and_who_acts(short: Dispatch) -> None:
    reading = dragoman.read("Togo accused Chad of theft.", published=short.published)
    told = MarkedEvent("ACCUSE", "actual", (5, 12), ((0, 4),), ((13, 17),), ())
    dispatch = replace(short, text=reading.article.text, actors=(), steps=(), events=(told,))
    assert score(dispatch, reading)[0]["events"].f1 == 1.0
    for other in (replace(told, type="AID"), replace(told, sources=((13, 17),))):
        figure = score(replace(dispatch, events=(other,)), reading)[0]["events"]
        assert (figure.right, figure.missed, figure.false) == (0, 1, 1)


def test_errors_of_dispatches_that_nobody_tunes_on_are_not_shown(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--verbose"])
    assert "name other files" in capsys.readouterr().err


def test_a_pronoun_counts_by_whom_its_link_names(tmp_path: Path) -> None:
    path = tmp_path / "some.txt"
    path.write_text(
        "## one\ndate: 2014-05-31\nstyle: wire\n[O President Ali Bongo] flew to Chad. He met [O Idriss Deby] there.\n",
        encoding="utf-8",
    )
    path.with_suffix(".links").write_text("## one\nPresident Ali Bongo = He\n", encoding="utf-8")
    (right,) = read_dispatches(path)
    path.with_suffix(".links").write_text("## one\nIdriss Deby = He\n", encoding="utf-8")
    (wrong,) = read_dispatches(path)
    reading = dragoman.read(right.text, published=right.published)
    assert score(right, reading)[0]["pronouns"] == Figure(right=1)
    assert score(wrong, reading)[0]["pronouns"] == Figure(missed=1, false=1)
