"""The gold articles are sound, and the scorer tells a right reading from a wrong one."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from pathlib import Path

import pytest

from benchmarks import gold
from benchmarks.alignment import half_overlap, kilometres
from benchmarks.articles import score_article
from benchmarks.figures import Figure, summary
from benchmarks.gold import Choice, Days, GoldArticle, GoldError
from dragoman.records import (
    Actor,
    Article,
    Event,
    Evidence,
    Mediation,
    Mediator,
    Place,
    Reading,
    Span,
    Statement,
    Step,
    TextSpan,
    Tie,
    Time,
    When,
    Where,
)

ARTICLES = gold.load()


def first(choice: Choice) -> str:
    return sorted(filter(None, choice))[0]


def maybe(choice: Choice) -> str | None:
    return None if None in choice else first(choice)


def when(days: Days) -> When:
    return When(days.earliest, days.latest, None, "stated" if days.earliest else "unknown")


def where(country: str | None) -> Where | None:
    return Where(country, country, country, None, None, None) if country else None


def perfect(article: GoldArticle) -> Reading:
    """The reading that gives just what the gold says."""
    text = article.text
    sentences = tuple(Span(i, j) for i, j in _lines(text))
    actors = []
    for each in article.actors:
        mentions = tuple(Span(text.index(name), text.index(name) + len(name)) for name in each.names)
        country, office, of = maybe(each.country), maybe(each.office), maybe(each.of)
        person = Actor(each.id, each.names[0], "group", country, first(each.sector), office, of, True, mentions)
        actors.append(dataclasses.replace(person, kind=each.kind))  # type: ignore[arg-type]
    events = tuple(
        Event(
            id=str(number),
            type=first(each.types),
            mode=None,
            contexts=(),
            quad="",
            intensity=0.0,
            cameo=None,
            actors=tuple(map(first, each.actors)),
            recipients=tuple(map(first, each.recipients)),
            predicate=TextSpan(each.start, each.end, each.text),
            sentence=0,
            start=each.start,
            end=each.end,
            status=first(each.statuses),  # type: ignore[arg-type]
            when=when(each.when),
            where=where(each.where),
            said_by=maybe(each.said_by),
            topics=(),
            confidence=1.0,
            why="",
            same_as=None,
        )
        for number, each in enumerate(article.events)
    )
    mediations = tuple(
        Mediation(
            id=article.id,
            parties=tuple(map(first, file.parties)),
            mediators=tuple(Mediator(first(each.actor), ()) for each in file.mediators),
            steps=tuple(
                Step(
                    kind=first(each.kinds),  # type: ignore[arg-type]
                    actors=tuple(map(first, each.actors)),
                    recipients=tuple(map(first, each.recipients)),
                    third_parties=tuple(map(first, each.third_parties)),
                    persons=tuple(map(first, each.persons)),
                    when=when(each.when),
                    where=where(each.where),
                    status=first(each.statuses),  # type: ignore[arg-type]
                    round=each.round,
                    outcome=each.outcome,  # type: ignore[arg-type]
                    terms=tuple(map(first, each.terms)),
                    said_by=maybe(each.said_by),
                    events=(),
                    evidence=(Evidence(article.id, each.start, each.end),),
                )
                for each in file.steps
            ),
        )
        for file in article.mediations
    )
    return Reading(
        article=Article(article.id, None, article.title, text, article.published, None, None, "en", sentences),
        actors=tuple(actors),
        events=events,
        statements=tuple(
            Statement(maybe(each.speaker), each.start, each.end, each.quoted, None, 0) for each in article.statements
        ),
        times=tuple(
            Time(each.when.earliest, each.when.latest, each.text, "stated", each.start, each.end)
            for each in article.times
        ),
        places=tuple(
            Place(each.text, each.name, maybe(each.country), each.latitude, each.longitude, None, each.start, each.end)
            for each in article.places
        ),
        ties=tuple(Tie(each.from_, each.to, each.kind, each.text, 0) for each in article.ties),  # type: ignore[arg-type]
        mediations=mediations,
    )


def _lines(text: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for line in text.split("\n"):
        spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans


def test_there_are_articles_of_both_splits_with_and_without_a_mediation() -> None:
    for split in ("dev", "held-out"):
        files = [bool(article.mediations) for article in ARTICLES if article.split == split]
        assert files.count(True) >= 7
        assert files.count(False) >= 2


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.id)
def test_a_perfect_reading_scores_one_everywhere(article: GoldArticle) -> None:
    figures = summary(score_article(article, perfect(article)))
    assert {name: each for name, each in figures.items() if 1 not in (each.get("f1", 1), each.get("accuracy", 1))} == {}
    assert all(each.get("f1", 1) in (1, None) for each in figures.values())
    assert all(each.get("accuracy", 1) in (1, None) for each in figures.values())


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.id)
def test_an_empty_reading_finds_nothing(article: GoldArticle) -> None:
    full = perfect(article)
    empty = dataclasses.replace(full, actors=(), events=(), statements=(), times=(), places=(), ties=(), mediations=())
    figures = summary(score_article(article, empty))
    assert figures["events"]["f1"] == 0
    assert figures["mediation file"]["accuracy"] == (0 if article.mediations else 1)


def test_an_event_of_another_type_is_a_miss_and_a_false_alarm() -> None:
    article = next(each for each in ARTICLES if each.split == "dev")
    full = perfect(article)
    place = next(number for number, event in enumerate(article.events) if not event.optional)
    events = list(full.events)
    events[place] = dataclasses.replace(events[place], type="MOBILIZE")
    wrong = dataclasses.replace(full, events=tuple(events))
    before, after = (score_article(article, each).figures["events"] for each in (full, wrong))
    assert (after.right, after.missed, after.false) == (before.right - 1, before.missed + 1, before.false + 1)


def test_a_wrong_id_is_forgiven_by_name_but_counted() -> None:
    article = next(each for each in ARTICLES if each.split == "dev")
    full = perfect(article)
    renamed = dataclasses.replace(
        full, actors=(dataclasses.replace(full.actors[0], id="somebody"), *full.actors[1:]), events=()
    )
    score = score_article(article, renamed)
    assert score.figures["actors"].missed == 0
    assert score.figures["actor id"].missed == 1


def test_a_file_on_trade_talks_is_an_error() -> None:
    article = next(each for each in ARTICLES if not each.mediations)
    made_up = Mediation("A-B", ("A", "B"), (), ())
    score = score_article(article, dataclasses.replace(perfect(article), mediations=(made_up,)))
    assert score.figures["mediation file"].missed == 1
    assert score.figures["parties"].false == 2


def test_a_quotation_that_is_not_in_the_text_is_refused(tmp_path: Path) -> None:
    path = next(gold.ARTICLES.glob("*.json"))
    data = json.loads(path.read_text(encoding="utf-8"))
    data["times"] = [{"text": "on no such day", "earliest": None, "latest": None}]
    broken = tmp_path / path.name
    broken.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(GoldError, match="on no such day"):
        gold.read(broken)


@pytest.mark.parametrize("second", ["MLI:REB", "mli:reb", "AZAWAD|MLI:REB"])
def test_an_id_that_two_actors_answer_to_is_refused(tmp_path: Path, second: str) -> None:
    path = next(gold.ARTICLES.glob("*.json"))
    data = json.loads(path.read_text(encoding="utf-8"))
    data["actors"][0]["id"] += "|MLI:REB"
    data["actors"][1]["id"] = second
    broken = tmp_path / path.name
    broken.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(GoldError, match=f"{second.split('|')[-1]} stands for .* and for "):
        gold.read(broken)


def test_half_of_the_days_must_be_shared() -> None:
    week = Days(date(2022, 3, 7), date(2022, 3, 13))
    assert half_overlap(week, week)
    assert half_overlap(Days(date(2022, 3, 10), date(2022, 3, 13)), week)
    assert not half_overlap(Days(date(2022, 3, 13), date(2022, 3, 13)), week)
    assert not half_overlap(Days(None, None), week)


def test_distances_are_those_of_the_globe() -> None:
    assert kilometres(51.51, -0.13, 48.85, 2.35) == pytest.approx(343, abs=3)


def test_figures_without_cases_are_unknown() -> None:
    assert (Figure().precision, Figure().recall, Figure().f1) == (None, None, None)
    assert Figure(right=1, missed=1, false=1).f1 == 0.5
