import pytest

import dragoman
from dragoman.mediation.talks import outcome_of, round_of, terms_of
from dragoman.mediation.vocabulary import load_vocabulary

WORDS = load_vocabulary()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("the third round of talks opened", 3),
        ("delegates met for round two", 2),
        ("the first talks since the war began", 1),
        ("a 4th round is planned", 4),
        ("the talks went round in circles", None),
        ("another round of talks", None),
    ],
)
def test_the_number_of_the_round(text, number):
    assert round_of(text, WORDS) == number


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("the talks were largely inconclusive", "inconclusive"),
        ("the meeting ended without a breakthrough", "inconclusive"),
        ("the talks made some progress", "progress"),
        ("the talks collapsed without an agreement", "failure"),
        ("the two sides reached an agreement", "agreement"),
        ("he hoped that they would reach an agreement", None),
        ("the talks, more than once on the brink of collapse, led to an agreement", "agreement"),
        ("the talks, which had seemed about to fail, led to an agreement", "agreement"),
        ("mediators averted a breakdown of the talks", None),
        ("the meeting, which had nearly fallen apart at noon, made progress", "progress"),
        ("they will meet in Geneva", None),
        ("the delegates left without signing anything", "inconclusive"),
        ("the session went nowhere", "failure"),
        ("a week of talks ended in acrimony", "failure"),
        ("the meeting ran aground over the prisoners", "failure"),
        ("the mediator drew a blank", "failure"),
        ("the talks were adjourned until May", "inconclusive"),
        ("six hours of talks yielded little", "inconclusive"),
        ("they are no closer to a settlement", "inconclusive"),
        ("the visit brought them nothing", "inconclusive"),
        ("the talks inched forward", "progress"),
        ("the two sides have never been closer", "progress"),
        ("the round was not without result", "progress"),
        ("the talks went well", "progress"),
        ("both sides set up a joint commission", "progress"),
        ("they shook hands on a truce", "agreement"),
        ("the rivals put their names to a declaration", "agreement"),
        ("the conference ended with a communique", "agreement"),
        ("he insisted that the talks had not failed", None),
        ("the talks, deadlocked until Friday, resumed", None),
        ("if the talks collapse, the war will go on", None),
        ("they reached no agreement", "failure"),
        ("they agreed to discuss a truce", None),
        ("the talks made headway, though they ended without a deal", "progress"),
        ("they made headway but ended without a deal", "inconclusive"),
        ("the former head of the commission spoke", None),
    ],
)
def test_what_came_of_the_talks(text, outcome):
    assert outcome_of(text, WORDS) == outcome


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Nicosia demands that all foreign soldiers leave the island", ("withdrawal",)),
        ("the bloc offered to police the truce", ("monitoring", "ceasefire")),
        ("they want the release of their jailed leaders", ("prisoner exchange",)),
        ("the village militias are to be disbanded", ("disarmament",)),
        ("the opposition gets six portfolios", ("power sharing",)),
        (
            "before they meet, a cease-fire and humanitarian corridors must be in place",
            ("ceasefire", "humanitarian corridors"),
        ),
        ("demanded the withdrawal of all troops and the release of prisoners", ("withdrawal", "prisoner exchange")),
        ("it wants the sanctions lifted", ()),
        ("to lift the sanctions against it", ("sanctions relief",)),
        ("the rebels must hand over their weapons to international observers", ("disarmament", "monitoring")),
        ("withdrew from the talks", ()),
    ],
)
def test_the_terms_of_a_settlement(text, terms):
    assert terms_of(text, WORDS) == terms


CASES = [
    (
        "LOME, May 3 - Togo's government and its opposition met in Lome on Friday. They went home without signing.",
        "inconclusive",
    ),
    (
        "VIENNA, May 3 - The presidents of Armenia and Azerbaijan held talks in Vienna on Friday. "
        '"We are closer than in years," said the Austrian chancellor, who mediates.',
        "progress",
    ),
    (
        "VIENNA, May 3 - The presidents of Armenia and Azerbaijan held talks in Vienna on Friday. "
        "They shook hands on a ceasefire.",
        "agreement",
    ),
    (
        "VIENNA, May 3 - The presidents of Armenia and Azerbaijan held talks in Vienna on Friday. "
        "An earlier round in Prague had collapsed.",
        None,
    ),
]


@pytest.mark.parametrize(("text", "outcome"), CASES, ids=[str(case[1]) for case in CASES])
def test_the_next_sentence_tells_what_came_of_the_talks(text, outcome):
    steps = [step for each in dragoman.read(text, published="2019-05-04").mediations for step in each.steps]
    assert [step.outcome for step in steps if step.kind == "talks"][:1] == [outcome]


def test_talks_that_are_to_come_have_no_outcome():
    text = "VIENNA, May 3 - Armenia and Azerbaijan will hold talks in Vienna on Monday. A deal is close, said Austria."
    steps = [step for each in dragoman.read(text, published="2019-05-04").mediations for step in each.steps]
    assert [step.outcome for step in steps if step.kind == "talks"] == [None]


PLACES = [
    # The sides left the capital in which they had met.
    (
        "Khartoum's envoys and the rebels left the Chadian capital on Tuesday without a truce after three days of "
        "talks that the African Union mediated.",
        "talks",
        "TCD",
    ),
    # They are told to be together, and what they signed they signed there.
    (
        "Armenia's president and his Azeri rival embraced at a hotel in Tehran on Friday. The presidents of Armenia "
        "and Azerbaijan had signed a truce that Iran mediated.",
        "agreement",
        "IRN",
    ),
    # Where the article begins is where the parties of another country meet.
    (
        "The delegates live in a convent in Bucharest. Armenia and Azerbaijan held talks on Friday. Romania mediated.",
        "talks",
        "ROU",
    ),
]


@pytest.mark.parametrize(("text", "kind", "country"), PLACES, ids=[case[2] for case in PLACES])
def test_a_step_has_the_country_in_which_it_was_taken(text, kind, country):
    steps = [step for each in dragoman.read(text, published="2008-05-03").mediations for step in each.steps]
    assert [step.where.country for step in steps if step.kind == kind and step.where][:1] == [country]
