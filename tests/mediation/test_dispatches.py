"""Two or three sentences: what makes a file, and what does not although old foes are in it."""

import pytest

import dragoman


@pytest.mark.parametrize(
    ("text", "published", "conflict"),
    [
        (
            "NAIROBI, Aug 9 - Kenya and Uganda will hold talks next week on the island of Migingo, Tanzania's foreign "
            "minister said after a visit to both capitals. Police of the two countries exchanged fire there on Monday. "
            "Nairobi rejected a demand to withdraw.",
            "2024-08-09",
            "KEN-UGA",
        ),
        (
            "Talks in southern Turkey between the Russian and Ukrainian foreign ministers were inconclusive, officials "
            "said on Friday.",
            "2022-03-11",
            "RUS-UKR",
        ),
        (
            "Indonesia made peace with Aceh's separatists on Monday; the pact gives the province self-rule, and "
            "monitors from Europe will watch the guns being handed over.",
            "2005-08-16",
            "GAM-IDN",
        ),
        (
            "Peace talks between Ethiopia's government and the Tigray leadership opened in South Africa on Tuesday. "
            "The African Union's envoy Olusegun Obasanjo leads the mediation.",
            "2022-10-26",
            "ETH-TPLF",
        ),
    ],
)
def test_a_dispatch_makes_the_file_of_a_long_report(text: str, published: str, conflict: str) -> None:
    assert [mediation.id for mediation in dragoman.read(text, published=published).mediations] == [conflict]


@pytest.mark.parametrize(
    "text",
    [
        "India and Pakistan meet in the Champions Trophy on Sunday. Both captains talked to reporters on Friday and "
        "agreed that the rivalry was good for cricket.",
        "Britain and Argentina signed an accord on fisheries research on Wednesday. Scientists of the two countries "
        "will meet in London in May.",
        "The United States and China agreed on Monday to resume talks on tariffs, the Treasury said. Negotiators of "
        "both sides met in Geneva over the weekend.",
        "Boeing and the machinists' union reached a tentative agreement on Saturday after a federal mediator met both "
        "sides. Workers had rejected two earlier offers.",
        "Russian and Ukrainian chess players refused to shake hands at the Olympiad in Budapest on Friday. The "
        "federation said that it would speak to both teams.",
    ],
)
def test_old_foes_who_meet_at_cricket_make_no_file(text: str) -> None:
    assert dragoman.read(text, published="2024-06-12").mediations == ()


@pytest.mark.parametrize(
    ("sentence", "mediator"),
    [
        ("The EU-mediated dialogue has stalled.", "EU"),
        ("Switzerland provided the venue for the talks.", "CHE"),
        ("Brazil, Chile and Argentina are the guarantor states.", "CHL"),
        ("The African Union has appointed Thabo Mbeki to lead the talks.", "AU"),
        ("Qatar's prime minister presided over the signing.", "QAT"),
        ("U.S. envoy Steve Witkoff put a new proposal to both sides.", "USA"),
    ],
)
def test_a_mediator_is_told_in_many_ways(sentence: str, mediator: str) -> None:
    text = (
        "Ghana and Togo have been fighting over their border since May, and a ceasefire collapsed last week. Troops of "
        f"Ghana shelled Togolese villages on Sunday. Ghana and Togo held peace talks on Friday. {sentence}"
    )
    (mediation,) = dragoman.read(text, published="2024-06-12").mediations
    assert mediator in {found.actor for found in mediation.mediators}
