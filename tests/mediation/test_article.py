"""Steps of one article, read by the pipeline that ships. The sentences are ours; the happenings are real."""

from functools import cache
from pathlib import Path

import pytest

import dragoman
from dragoman.records import Mediation

ARTICLES = {
    "havana": (
        "2015-06-20",
        "Norway offered on Friday to mediate between Colombia's government and the FARC rebels. "
        "The government of Colombia and the FARC held a second round of talks in Havana on Thursday. "
        "The talks made progress, officials said. The United States praised Norway's efforts. "
        "The rebels insist that any deal must include the release of prisoners.",
    ),
    "trade": (
        "2019-05-10",
        "China and the United States ended two days of trade talks in Washington on Friday without a deal on tariffs. "
        "Imports of soybeans fell last month.",
    ),
    "vote": (
        "2017-09-25",
        "Angela Merkel's party won the election in Germany on Sunday. Coalition talks with the Greens begin next week, "
        "and candidates for the cabinet are being named.",
    ),
}


@cache
def mediations(name: str) -> tuple[Mediation, ...]:
    published, text = ARTICLES[name]
    return dragoman.read(text, published=published).mediations


def steps(name: str, kind: str):
    return [step for mediation in mediations(name) for step in mediation.steps if step.kind == kind]


def test_the_parties_give_the_file_its_name():
    (mediation,) = mediations("havana")
    assert mediation.id == "COL-FARC"
    assert mediation.parties == ("COL", "FARC")


def test_who_offers_is_a_mediator_and_who_praises_is_none():
    (mediation,) = mediations("havana")
    held = {mediator.actor: mediator.roles for mediator in mediation.mediators}
    assert "offered" in held["NOR"]
    assert "USA" not in held


def test_an_offer_names_the_one_who_makes_it():
    assert [step.actors for step in steps("havana", "offer")] == [("NOR",)]


def test_talks_have_their_round_their_place_and_what_came_of_them():
    (talks,) = steps("havana", "talks")
    assert set(talks.actors) == {"COL", "FARC"}
    assert talks.round == 2
    assert talks.outcome == "progress"
    assert talks.where is not None
    assert talks.where.country == "CUB"


def test_a_condition_names_its_terms():
    assert ("prisoner exchange",) in [step.terms for step in steps("havana", "condition")]


@pytest.mark.parametrize("name", ["trade", "vote"])
def test_trade_talks_and_votes_are_no_mediation(name):
    assert mediations(name) == ()


def test_evidence_lies_in_the_article():
    _, text = ARTICLES["havana"]
    for mediation in mediations("havana"):
        for step in mediation.steps:
            for evidence in step.evidence:
                assert 0 <= evidence.start < evidence.end <= len(text)


SEED = Path(__file__).parents[3] / "shared" / "seed" / "article.txt"


@pytest.mark.skipif(not SEED.exists(), reason="the seed article is not here")
def test_the_seed_article_gives_the_file_that_a_reader_would_keep():
    (mediation,) = dragoman.read(SEED.read_text(encoding="utf-8")).mediations
    assert mediation.parties == ("RUS", "UKR")
    roles = {mediator.actor: set(mediator.roles) for mediator in mediation.mediators}
    assert {"offered", "host", "facilitator"} <= roles["TUR"]
    assert "offered" in roles["ISR"]
    assert "NATO" not in roles
    (talks,) = (step for step in mediation.steps if step.kind == "talks" and step.status == "actual")
    assert (str(talks.when.earliest), str(talks.when.latest)) == ("2022-03-01", "2022-03-20")
    assert talks.where is not None
    assert talks.where.name == "Antalya"
    assert talks.outcome == "inconclusive"
    assert set(talks.persons) == {"sergey-lavrov", "dmytro-kuleba"}
    conditions = [step for step in mediation.steps if step.kind == "condition" and step.actors == ("TUR",)]
    assert {term for step in conditions for term in step.terms} == {"ceasefire", "humanitarian corridors"}
    kinds = {(step.kind, actor) for step in mediation.steps for actor in step.actors}
    assert {("endorsement", "NATO"), ("consultation", "NATO"), ("appeal", "TUR"), ("acceptance", "RUS")} <= kinds
