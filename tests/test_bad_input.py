"""Whatever is thrown at it: a reading whose every offset is valid and whose every id resolves, or a plain refusal."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dragoman
from dragoman.errors import ArticleError
from dragoman.records import Reading

DAY = date(2022, 3, 21)

# Pieces of news, and of what is not news; joined at random they reach every part of the reader.
_WORDS = """
    Turkey Ankara Russia Ukraine NATO U.N. President Minister Erdoğan Lavrov Kuleba Kofi Annan rebels troops both sides
    they he she it his their who which that said says told called urged denied warned agreed offered refused mediate
    host talks ceasefire agreement withdraw attacked killed visited met with against between and but not would will to
    may in on at Geneva Antalya Monday Tuesday yesterday last week March 2022 1999 the a of for by from 10,000 U.S.
    “ ” " ' , . ; : — - ( ) ? ! … % N'Djamena don't co-operate 北京 مفاوضات 😀 \ufffd ½ ﬁ İ ß re-\u200bopened e\u0301
""".split()
_PIECES = st.sampled_from([*_WORDS, "", " ", "\n", "\n\n", "\x00", "\x07", "\ud83d"])
_TEXTS = st.one_of(
    st.lists(_PIECES, min_size=1, max_size=60).map(" ".join),
    st.lists(st.one_of(_PIECES, st.text(max_size=12)), max_size=25).map(" ".join),
    st.text(max_size=200),
)


def check(reading: Reading) -> None:
    """Every offset lies in the text, every id leads to a record."""
    text, sentences = reading.article.text, reading.article.sentences

    def inside(start: int, end: int) -> None:
        assert 0 <= start < end <= len(text)

    for sentence in sentences:
        inside(sentence.start, sentence.end)
    assert all(first.end <= second.start for first, second in pairwise(sentences))
    actors = {actor.id for actor in reading.actors}
    events = {event.id for event in reading.events}
    assert len(actors) == len(reading.actors)
    assert len(events) == len(reading.events)
    for actor in reading.actors:
        for mention in actor.mentions:
            inside(mention.start, mention.end)
    for event in reading.events:
        inside(event.start, event.end)
        inside(event.predicate.start, event.predicate.end)
        assert text[event.predicate.start : event.predicate.end] == event.predicate.text
        assert 0 <= event.sentence < len(sentences)
        assert {*event.actors, *event.recipients} <= actors
        assert event.said_by is None or event.said_by in actors
        assert event.same_as is None or event.same_as in events
        assert 0 <= event.confidence <= 1
        assert event.when.earliest is None or event.when.latest is None or event.when.earliest <= event.when.latest
    for statement in reading.statements:
        inside(statement.start, statement.end)
        assert statement.speaker is None or statement.speaker in actors
        assert 0 <= statement.sentence < len(sentences)
        if statement.cue is not None:
            assert text[statement.cue.start : statement.cue.end] == statement.cue.text
    for found in (*reading.times, *reading.places):
        inside(found.start, found.end)
        assert text[found.start : found.end] == found.text
    for tie in reading.ties:
        assert {tie.from_, tie.to} <= actors
        assert 0 <= tie.sentence < len(sentences)
    for mediation in reading.mediations:
        known = actors | {*mediation.parties}
        assert {mediator.actor for mediator in mediation.mediators} <= known
        for step in mediation.steps:
            assert {*step.actors, *step.recipients, *step.third_parties, *step.persons} <= known
            assert set(step.events) <= events
            assert step.said_by is None or step.said_by in actors
            for evidence in step.evidence:
                assert evidence.article == reading.article.id
                inside(evidence.start, evidence.end)
    assert Reading.from_dict(reading.to_dict()) == reading


@settings(max_examples=60)
@given(_TEXTS)
def test_random_text_gives_a_sound_reading_or_a_plain_refusal(text: str) -> None:
    try:
        reading = dragoman.read(text, published=DAY)
    except ArticleError:
        return
    check(reading)


NEWS = (
    "Turkey's foreign minister met his Russian counterpart in Antalya on Thursday. “We offered to host talks,” he "
    "said, and both sides agreed to meet again next week.\n\n"
)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\ufeff" + NEWS, id="a byte order mark"),
        pytest.param(NEWS.replace(" ", "\x00 ").replace("e", "e\x07"), id="control characters"),
        pytest.param(NEWS.replace("“", "\ufffd").replace("”", "\ufffd"), id="broken quotation marks"),
        pytest.param(NEWS.upper(), id="all capitals"),
        pytest.param(NEWS.lower(), id="no capitals"),
        pytest.param(NEWS.replace(" ", ""), id="no spaces"),
        pytest.param(NEWS.replace(".", "").replace(",", ""), id="no marks"),
        pytest.param(NEWS.replace("\n", "\r\n"), id="Windows line ends"),
        pytest.param("“" * 200 + NEWS, id="quotations that never end"),
        pytest.param("(" * 300 + NEWS + ")" * 300, id="brackets in brackets"),
        pytest.param(NEWS + "a" * 5000 + " " + NEWS, id="a word of five thousand letters"),
        pytest.param("the talks of " * 300 + NEWS, id="a sentence without an end"),
        pytest.param(NEWS + "\n\n".join("." * 50), id="marks alone on their lines"),
        pytest.param("Talks.", id="one word"),
    ],
)
def test_odd_text_gives_a_sound_reading_or_a_plain_refusal(text: str) -> None:
    try:
        reading = dragoman.read(text, published=DAY)
    except ArticleError:
        return
    check(reading)


def test_actors_that_the_user_knows_are_kept() -> None:
    text = "The Ruritanian Weather League met on Monday with the Council of Elders of Upper Ixania."
    spans = [(0, 29), (text.index("the Council"), len(text) - 1)]
    reading = dragoman.read(text, published=DAY, spans=spans)
    check(reading)
    mentions = {(mention.start, mention.end) for actor in reading.actors for mention in actor.mentions}
    assert set(spans) <= mentions


@pytest.mark.slow
def test_one_line_of_a_hundred_thousand_characters_is_read() -> None:
    line = NEWS.replace("\n", " ")
    reading = dragoman.read(line * (100_000 // len(line)), published=DAY)
    check(reading)
    assert len(reading.article.sentences) > 1000


def test_the_same_text_gives_the_same_reading() -> None:
    assert dragoman.read(NEWS, published=DAY) == dragoman.read(NEWS, published=DAY)
