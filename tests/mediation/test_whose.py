"""Whose a mediation is: claimants at home, private persons, organs of state of one name, states that only trade."""

from __future__ import annotations

import pytest

import dragoman


def test_the_winner_of_an_election_whom_the_president_does_not_let_in_is_the_other_side() -> None:
    found = dragoman.read(
        "LOME, Jan 9 – West African envoys flew to Lome on Sunday to mediate between President Faure Gnassingbe and "
        "the president-elect, Jan Voorbeeld, who beat him at the polls. Ghana's president offered to host talks "
        "between the two men. Troops closed the capital. Voorbeeld accepted the offer, and Gnassingbe rejected it.",
        published="2022-01-10",
    ).mediations
    assert [mediation.parties for mediation in found] == [("TGO", "jan-voorbeeld")]


def test_who_goes_as_a_private_person_mediates_himself_and_not_a_body_that_nobody_named() -> None:
    reading = dragoman.read(
        "PORT-AU-PRINCE, Sept 18 – Former President Jimmy Carter, who has mediated between the generals of Haiti and "
        "the exiled president, Jean-Bertrand Aristide, brokered a deal on Sunday under which the army gives up power. "
        "Carter hosted talks between the generals and Aristide's envoys for two days to avert an invasion.",
        published="1994-09-19",
    )
    mediators = {mediator.actor for mediation in reading.mediations for mediator in mediation.mediators}
    assert "CARTER-CENTER" not in mediators
    assert "jimmy-carter" in mediators


def test_a_deal_that_was_not_reached_is_no_deal() -> None:
    reading = dragoman.read(
        "GENEVA, May 4 – Talks between Sudan and the SPLM-N rebels, hosted by the African Union, ended on Friday. No "
        "agreement was reached on a truce in the war. The mediators said both sides would meet again.",
        published="2013-05-05",
    )
    steps = [step for mediation in reading.mediations for step in mediation.steps]
    assert any(step.kind == "talks" for step in steps)
    assert not [step for step in steps if step.kind == "agreement" and step.status == "actual"]


def test_a_parliament_is_that_of_the_country_that_is_said_to_have_it() -> None:
    reading = dragoman.read(
        "Nigeria's House of Representatives condemned the coup on Monday, and the U.S. House of Representatives did so "
        "on Tuesday.",
        published="2012-03-28",
    )
    assert {actor.country for actor in reading.actors if actor.sector == "LEG"} == {"NGA", "USA"}


def test_two_states_with_an_old_quarrel_that_sign_contracts_are_no_mediation() -> None:
    reading = dragoman.read(
        "NEW DELHI, Sept 18 – China will build two industrial parks in India, President Xi Jinping and Prime Minister "
        "Narendra Modi agreed on Thursday. China promised to buy more exports from India, and India eased visas for "
        "investors from China. Trade between India and China has doubled since 2008.",
        published="2014-09-19",
    )
    assert reading.mediations == ()


def test_a_government_and_its_opposition_that_sign_an_accord_are_the_parties() -> None:
    found = dragoman.read(
        "LOME, Aug 20 – Togo's government and opposition parties signed an accord on Sunday that provides for a "
        "transitional cabinet. President Blaise Compaore of Burkina Faso led twelve days of talks in Ouagadougou. "
        "Gilchrist Olympio, who leads the Union of Forces for Change, did not sign in person. The European Union "
        "welcomed the deal.",
        published="2006-08-21",
    ).mediations
    assert [mediation.parties for mediation in found] == [("TGO", "TGO:OPP")]


def test_troops_that_are_withdrawn_under_a_deal_do_not_break_it() -> None:
    reading = dragoman.read(
        "DJIBOUTI, June 8 – Eritrea has withdrawn its troops from a disputed border area under a deal brokered by "
        "Qatar, Djibouti said on Monday. The two countries fought in 2008.",
        published="2010-06-08",
    )
    steps = [step for mediation in reading.mediations for step in mediation.steps]
    assert "agreement" in {step.kind for step in steps}
    assert "breakdown" not in {step.kind for step in steps}


def test_a_mediator_who_sees_a_side_makes_a_file_before_there_are_talks() -> None:
    found = dragoman.read(
        "ASUNCION – Paraguay's President Juan Carlos Wasmosy, who mediates in the border conflict between Ecuador and "
        "Peru, met Peru's foreign minister on Thursday. Troops of both countries are still in the Cenepa valley.",
        published="1995-02-10",
    ).mediations
    assert [mediation.parties for mediation in found] == [("ECU", "PER")]
    assert {step.kind for step in found[0].steps} == {"consultation"}


def test_a_state_that_is_asked_to_help_free_captives_is_asked_to_mediate() -> None:
    found = dragoman.read(
        "TEHRAN, March 24 – Britain asked Turkey on Saturday to help free 15 sailors seized by Iran in the Gulf. "
        "Turkish Foreign Minister Abdullah Gul telephoned his Iranian counterpart, who said the captives were well. "
        "London accused Tehran of lying.",
        published="2007-03-25",
    ).mediations
    assert [mediation.parties for mediation in found] == [("GBR", "IRN")]
    assert "request" in {step.kind for step in found[0].steps}


@pytest.mark.parametrize(
    ("text", "published", "mediator"),
    [
        (
            "LILONGWE - Malawi's former president Bakili Muluzi mediates between the government of Malawi and the "
            "rebels of Karonga, who killed five soldiers last week. Malawi and the rebels held talks in Karonga.",
            "2019-10-05",
            "bakili-muluzi",
        ),
        (
            "ASUNCION - The former president of Bolivia, Carlos Mesa, mediates between Bolivia and Paraguay, whose "
            "troops have fought in the Chaco since May. Bolivian troops shelled Paraguay's forts on Monday.",
            "2021-10-05",
            "carlos-mesa",
        ),
    ],
)
def test_who_is_out_of_office_may_mediate_between_his_own_country_and_another_side(
    text: str, published: str, mediator: str
) -> None:
    (mediation,) = dragoman.read(text, published=published).mediations
    assert mediator in {found.actor for found in mediation.mediators}


def test_a_minister_who_meets_the_other_side_mediates_nothing() -> None:
    (mediation,) = dragoman.read(
        "Bolivia's foreign minister, Diego Pary, led talks between Bolivia and Paraguay on Monday. Troops of the two "
        "countries have fought in the Chaco since May.",
        published="2019-10-05",
    ).mediations
    assert mediation.mediators == ()


def test_a_governor_who_defies_the_head_of_his_state_is_the_other_side() -> None:
    found = dragoman.read(
        "ACCRA, Jan 6 – Nigeria's head of state, Yakubu Gowon, and the military governor of the east, Odumegwu Ojukwu, "
        "met on Wednesday for the first time since the coup, at talks hosted by Ghana's leader, Joseph Ankrah.\n"
        "Gowon said the two days of talks had been useful. Ojukwu had refused to attend any meeting in Lagos, and "
        "Ghana offered a place in the hills. Ojukwu warned that the east would secede if Gowon sent troops.\n"
        "Gowon and Ojukwu agreed to renounce force and to meet again in Nigeria, Ankrah told reporters.",
        published="1967-01-07",
    ).mediations
    assert [mediation.parties for mediation in found] == [("NGA", "odumegwu-ojukwu")]


def test_two_peoples_of_one_state_are_the_sides_and_the_state_may_mediate() -> None:
    found = dragoman.read(
        "TRIPOLI, April 26 – Libya's government flew mediators to Kufra on Wednesday to end fighting between the Tebu "
        "and the Zway that has killed a hundred people since February.\n"
        "The defence minister met the Zway elders and then saw the Tebu leaders, and urged both to accept a truce. "
        "The Tebu agreed to hold their fire. The Zway rejected the truce and accused the Tebu of bringing in fighters.",
        published="2012-04-26",
    ).mediations
    assert [mediation.parties for mediation in found] == [("TEBU", "ZWAY")]
    assert "LBY" in {mediator.actor for mediation in found for mediator in mediation.mediators}


def test_a_union_and_the_company_that_it_strikes_are_sides_where_a_minister_mediates() -> None:
    found = dragoman.read(
        "OTTAWA, March 3 – Canadian National Railway and the union of its striking drivers held talks in Ottawa on "
        "Tuesday, brought together by Labour Minister Anna Voorbeeld, who has mediated between them for a week. The "
        "company rejected the union's demands on Monday. The union said its members would stay out until the company "
        "gave them two days of rest. Voorbeeld proposed that a judge decide the rest. The union accepted her proposal, "
        "and the company asked for a day to think.",
        published="2020-03-04",
    ).mediations
    assert [{"CAN:BUS", "union"} <= set(mediation.parties) for mediation in found] == [True]
    assert ["CAN" in [mediator.actor for mediator in mediation.mediators] for mediation in found] == [True]


def test_an_officer_who_carries_between_his_president_and_the_opposition_mediates_himself() -> None:
    found = dragoman.read(
        "ISLAMABAD, March 15 – The army chief, General Jan Voorbeeld, shuttled on Sunday between President Asif Ali "
        "Zardari and the opposition leader, Nawaz Sharif, and mediated a deal under which the chief justice returns to "
        "his court. Voorbeeld met Prime Minister Yousaf Raza Gilani twice. Sharif, who had led thousands of marchers "
        'towards the capital, called off his march. "Voorbeeld persuaded both sides to step back," an aide to Sharif '
        "said. Zardari agreed to the deal late at night. Police had fired tear gas at the marchers in Lahore.",
        published="2009-03-16",
    ).mediations
    assert ["jan-voorbeeld" in [mediator.actor for mediator in mediation.mediators] for mediation in found] == [True]
    assert ["PAK" in mediation.parties for mediation in found] == [True]


def test_how_many_fighters_there_are_makes_no_second_movement() -> None:
    found = dragoman.read(
        "HAVANA, Aug 25 – The Colombian government and the FARC signed an agreement in Havana on Wednesday that Norway "
        "brokered. Timochenko signed for the FARC. Some 7,000 fighters will hand over their guns. The ELN, another "
        "group, was not there. Norway's envoy praised both sides.",
        published="2016-08-26",
    ).mediations
    assert [mediation.parties for mediation in found] == [("COL", "FARC")]


def test_the_forces_of_a_people_are_the_movement_of_the_conflict_of_its_land() -> None:
    found = dragoman.read(
        "NAIROBI – The commanders of Ethiopia and of the Tigrayan forces signed a declaration in Nairobi on Saturday. "
        "The African Union had mediated between Ethiopia's government and the Tigrayan forces for a week, and Kenya "
        "hosted them. Ethiopia and the Tigrayans promised to let aid through.",
        published="2022-11-13",
    ).mediations
    assert [mediation.parties for mediation in found] == [("ETH", "TPLF")]
