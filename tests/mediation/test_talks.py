import pytest

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
