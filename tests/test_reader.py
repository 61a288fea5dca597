"""One article all the way: what a user of `dragoman.read` gets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import dragoman
from dragoman.records import Reading
from dragoman.sources import RawArticle, prepare

SEED = Path(__file__).resolve().parents[2] / "shared" / "seed" / "article.txt"


@pytest.fixture(scope="module")
def seed() -> Reading:
    if not SEED.is_file():
        pytest.skip("the seed article is not beside the checkout")
    return dragoman.read(SEED.read_text(encoding="utf-8"))


def _events(reading: Reading, kind: str, actor: str) -> list[str]:
    return [event.predicate.text for event in reading.events if event.type == kind and actor in event.actors]


def test_the_seed_article_is_dated_and_its_marker_is_no_text(seed: Reading) -> None:
    assert seed.article.published == date(2022, 3, 21)
    assert seed.article.text.startswith("NATO Secretary-General")


def test_the_seed_article_names_its_people_with_their_offices(seed: Reading) -> None:
    offices = {actor.id: (actor.office, actor.of) for actor in seed.actors if actor.kind == "person"}
    assert offices["jens-stoltenberg"] == ("secretary-general", "NATO")
    assert offices["recep-tayyip-erdogan"] == ("president", "TUR")
    assert offices["sergey-lavrov"] == ("foreign minister", "RUS")
    assert offices["dmytro-kuleba"] == ("foreign minister", "UKR")


def test_the_seed_article_gives_one_file_with_turkey_as_mediator_and_host(seed: Reading) -> None:
    (mediation,) = seed.mediations
    assert (mediation.id, mediation.parties) == ("RUS-UKR", ("RUS", "UKR"))
    roles = {mediator.actor: mediator.roles for mediator in mediation.mediators}
    assert {"offered", "host"} <= set(roles["TUR"])
    assert "offered" in roles["ISR"]


def test_the_seed_article_tells_of_the_round_in_antalya(seed: Reading) -> None:
    (talks,) = [step for step in seed.mediations[0].steps if step.kind == "talks" and step.where]
    assert talks.where is not None
    assert (talks.where.name, talks.where.country) == ("Antalya", "TUR")
    assert (talks.when.earliest, talks.when.latest) == (date(2022, 3, 1), date(2022, 3, 20))
    assert talks.outcome == "inconclusive"
    assert set(talks.persons) == {"sergey-lavrov", "dmytro-kuleba"}
    assert set(talks.actors) == {"RUS", "UKR"}


def test_the_seed_article_tells_the_other_steps(seed: Reading) -> None:
    steps = seed.mediations[0].steps
    conditions = [step for step in steps if step.kind == "condition" and step.actors == ("TUR",)]
    assert {term for step in conditions for term in step.terms} == {"ceasefire", "humanitarian corridors"}
    assert any(step.kind == "appeal" and step.actors == ("TUR",) for step in steps)
    assert any(step.kind == "endorsement" and "jens-stoltenberg" in step.persons for step in steps)
    assert any(step.kind == "consultation" and "recep-tayyip-erdogan" in step.persons for step in steps)
    assert any(step.kind == "acceptance" and step.actors == ("RUS",) for step in steps)


def test_the_seed_article_says_what_turkey_did_and_opposed(seed: Reading) -> None:
    assert _events(seed, "SUPPORT", "jens-stoltenberg")
    assert any("closed" in text for kind in ("SANCTION", "COERCE") for text in _events(seed, kind, "TUR"))
    assert any("opposed" in text for kind in ("REJECT", "ACCUSE") for text in _events(seed, kind, "TUR"))


def test_the_seed_article_keeps_whose_word_it_is(seed: Reading) -> None:
    assert {"jens-stoltenberg", "TUR", "UKR", "sergey-lavrov"} <= {statement.speaker for statement in seed.statements}


def test_the_seed_article_keeps_standing_ties_apart_from_events(seed: Reading) -> None:
    ties = {(tie.from_, tie.to, tie.kind) for tie in seed.ties}
    assert {("TUR", "NATO", "ally"), ("TUR", "UKR", "neighbour"), ("TUR", "RUS", "energy")} <= ties


def _resolve(reading: Reading) -> None:
    """Every offset lies in the text and every id is an actor's."""
    size, ids = len(reading.article.text), {actor.id for actor in reading.actors}
    for event in reading.events:
        assert 0 <= event.start <= event.predicate.start < event.predicate.end <= event.end <= size
        assert set(event.actors) | set(event.recipients) <= ids
        assert event.said_by is None or event.said_by in ids
    for mediation in reading.mediations:
        assert set(mediation.parties) <= ids
        for step in mediation.steps:
            assert set(step.actors) | set(step.recipients) | set(step.third_parties) | set(step.persons) <= ids
            assert all(0 <= evidence.start < evidence.end <= size for evidence in step.evidence)


OTHERS = {
    "Mozambique": (
        "1992-10-05",
        "ROME, Oct 5 - President Joaquim Chissano of Mozambique and Afonso Dhlakama, the leader of the Renamo rebels, "
        "signed a peace accord in Rome on Sunday that ends sixteen years of civil war. The talks were mediated by the "
        "Community of Sant'Egidio and hosted by Italy. Mr. Dhlakama said his men would respect the ceasefire.",
    ),
    "Eritrea": (
        "2000-06-19",
        "Ethiopia and Eritrea signed a ceasefire in Algiers on Sunday under the mediation of the Organisation of "
        "African Unity. Algeria's president, Abdelaziz Bouteflika, hosted the ceremony. The United Nations will send "
        "peacekeepers.",
    ),
    "Cyprus": (
        "2017-07-08",
        "Talks on the reunification of Cyprus collapsed in the Swiss resort of Crans-Montana on Friday without an "
        "agreement, U.N. Secretary-General Antonio Guterres said. Turkey had rejected a demand by Greece to withdraw "
        "its troops.",
    ),
    "Philippines": (
        "2017-02-06",
        "President Rodrigo Duterte on Saturday called off peace negotiations with the communist rebels. Norway, which "
        "has hosted three rounds of talks in Oslo and Rome, urged both sides to return to the table.",
    ),
}


@pytest.fixture(scope="module")
def others() -> dict[str, Reading]:
    return {name: dragoman.read(text, published=day) for name, (day, text) in OTHERS.items()}


def test_articles_on_other_conflicts_give_a_file_with_their_parties(others: dict[str, Reading]) -> None:
    assert set(others["Eritrea"].mediations[0].parties) == {"ETH", "ERI"}
    assert "MOZ" in others["Mozambique"].mediations[0].parties
    for reading in others.values():
        assert reading.mediations
        _resolve(reading)


def test_articles_on_other_conflicts_give_agreements_and_hosts(others: dict[str, Reading]) -> None:
    kinds = {name: {step.kind for m in reading.mediations for step in m.steps} for name, reading in others.items()}
    assert "agreement" in kinds["Mozambique"]
    assert "agreement" in kinds["Eritrea"]
    assert "breakdown" in kinds["Cyprus"]
    places = {step.where.country for m in others["Eritrea"].mediations for step in m.steps if step.where}
    assert "DZA" in places


def test_every_id_of_the_seed_article_resolves(seed: Reading) -> None:
    _resolve(seed)


def test_an_article_without_a_mediation_gives_none() -> None:
    reading = dragoman.read(
        "Germany beat Argentina in the final on Sunday. Heavy rain is expected in Rio de Janeiro on Monday.",
        published="2014-07-14",
    )
    assert reading.mediations == ()


def test_the_same_article_gives_the_same_records_whatever_was_read_before() -> None:
    day, text = OTHERS["Eritrea"]
    first = dragoman.read(text, published=day)
    dragoman.read(OTHERS["Cyprus"][1], published=OTHERS["Cyprus"][0])
    assert dragoman.read(text, published=day) == first


def test_actors_that_the_user_knows_are_kept() -> None:
    text = "The Blue Column attacked the salt works on Monday, the Harbour Committee said."
    spans = [(text.index(name), text.index(name) + len(name)) for name in ("The Blue Column", "the Harbour Committee")]
    reading = dragoman.read(text, published="2001-05-02", spans=spans)
    mentioned = {(mention.start, mention.end) for actor in reading.actors for mention in actor.mentions}
    assert set(spans) <= mentioned


def test_many_articles_are_read_as_one_by_one_and_in_order() -> None:
    reader = dragoman.default_reader()
    raws = [prepare(text, published=day) for day, text in OTHERS.values()]
    assert list(reader.read_all(raws)) == [reader.read(raw) for raw in raws]


def test_who_stops_early_asks_for_one_article_more_at_most() -> None:
    asked = []

    def articles() -> Iterator[RawArticle]:
        for day, text in OTHERS.values():
            asked.append(day)
            yield prepare(text, published=day)

    readings = dragoman.default_reader().read_all(articles())
    next(readings)
    readings.close()  # type: ignore[attr-defined]
    assert len(asked) <= 3


def test_an_error_of_the_source_reaches_whoever_reads() -> None:
    def articles() -> Iterator[RawArticle]:
        yield prepare("Kenya hosted talks between Sudan and Ethiopia.", published="2021-03-05")
        raise OSError("the disk is gone")

    readings = dragoman.default_reader().read_all(articles())
    assert next(readings).events
    with pytest.raises(OSError, match="the disk is gone"):
        next(readings)
