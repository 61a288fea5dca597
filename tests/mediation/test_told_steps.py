"""What one more sentence tells of a mediation: each step once, of its own kind, with its own days and place."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.records import Step
from tests.mediation.shire import WAR
from tests.mediation.shire import steps as all_steps

SIDES = {"MWI", "MOZ"}


def steps(sentence: str, kind: str) -> list[Step]:
    """The steps that the sentence tells, without those of the lines before it."""
    return [step for step in all_steps(sentence, kind) if step.evidence[-1].start >= len(WAR)]


def test_talks_that_collapsed_and_a_truce_that_was_broken_are_two_breakdowns() -> None:
    told = "Their talks in Lusaka collapsed on Tuesday. An older truce has been violated many times since."
    assert len(steps(told, "breakdown")) == 2


def test_a_truce_that_talks_produced_is_a_deal_of_the_parties_whatever_is_named_beside_the_talks() -> None:
    told = "Last week's talks in a Kenyan hotel yielded a truce."
    [deal] = steps(told, "agreement")
    assert (set(deal.actors), deal.status) == (SIDES, "actual")
    assert "KEN" not in {actor for step in steps(told, "consultation") for actor in step.actors}


@pytest.mark.parametrize("carried", ["will be held in Nairobi on Sunday", "is planned for Sunday in Nairobi"])
def test_a_signing_that_is_planned_is_a_deal_to_come(carried: str) -> None:
    [deal] = steps(f"The signing ceremony {carried}, Zambia said.", "agreement")
    assert (deal.status, deal.where.country if deal.where else None) == ("future", "KEN")


def test_who_telephones_is_in_no_one_place() -> None:
    told = "Zambia's president spoke to both presidents by telephone, and they are to meet in Nairobi on Sunday."
    assert [step.where for step in steps(told, "consultation")] == [None]
    assert [step.where.country for step in steps(told, "talks") if step.where] == ["KEN"]


def test_a_demand_that_was_dropped_is_no_condition() -> None:
    assert not steps("Malawi has dropped its demand for a new border along the river.", "condition")
    assert steps("Malawi has renewed its demand for a new border along the river.", "condition")
    assert steps("Malawi has not dropped its demand for a new border along the river.", "condition")


def test_to_propose_what_others_should_do_is_a_proposal_and_no_offer() -> None:
    told = "Zambia proposed that both armies work together in clearing the mines."
    assert (len(steps(told, "offer")), len(steps(told, "proposal"))) == (0, 1)


def test_a_threat_and_what_is_threatened_are_one_step() -> None:
    told = "Kenya warned Malawi that it would impose sanctions on it if the shelling went on."
    assert [step.status for step in steps(told, "pressure")] == ["actual"]


def test_a_deal_that_only_sets_the_scene_was_made_whatever_it_obliges_to() -> None:
    told = "Under a deal reached in Lusaka on April 3, the two armies were to leave the river within weeks."
    [deal] = steps(told, "agreement")
    assert (deal.status, deal.when.earliest, deal.when.latest) == ("actual", date(2024, 4, 3), date(2024, 4, 3))


def test_talks_that_broke_down_did_not_go_on_from_there() -> None:
    [talks] = steps("A second round of talks in Lusaka broke down on April 24.", "talks")
    assert (talks.when.earliest, talks.when.latest) == (date(2024, 4, 24), date(2024, 4, 24))


def test_that_nobody_walks_out_is_no_breakdown() -> None:
    assert not steps('"We are not walking out of the talks," Mozambique said.', "breakdown")


def test_who_is_called_is_consulted() -> None:
    told = "Malawi silenced its guns after a telephone call from Kenya's President William Ruto."
    assert [(step.actors, step.recipients) for step in steps(told, "consultation")] == [(("KEN",), ("MWI",))]


def test_who_will_not_sign_until_others_have_done_something_sets_a_condition() -> None:
    told = "Malawi said that it would not sign until all Mozambican soldiers had left the valley."
    assert [(step.actors, step.terms) for step in steps(told, "condition")] == [(("MWI",), ("withdrawal",))]


def test_talks_that_were_undertaken_are_still_to_come() -> None:
    told = "They ended a meeting in Lusaka on Tuesday with a pledge to hold further talks in Nairobi."
    assert [step.status for step in steps(told, "talks") if step.where and step.where.country == "KEN"] == ["future"]


def test_who_flies_to_the_talks_pays_no_visit() -> None:
    told = "Mozambique's President Filipe Nyusi flew to Nairobi on Wednesday to join the talks."
    assert not steps(told, "consultation")
    assert len(steps(told, "talks")) == 1


def test_a_renewed_invitation_is_an_offer_where_talks_are_spoken_of() -> None:
    [offer] = steps("The talks ended at noon. Kenya renewed its invitation.", "offer")
    assert offer.actors == ("KEN",)


def test_a_truce_that_was_extended_is_agreed_on_anew() -> None:
    [deal] = steps("The truce was extended on Wednesday.", "agreement")
    assert (set(deal.actors), deal.when.earliest) == (SIDES, date(2024, 5, 1))


def test_who_gives_up_a_mediation_or_resigns_from_it_breaks_off() -> None:
    assert steps("Botswana gave up its mediation in February.", "breakdown")
    assert steps("Botswana's Festus Mogae resigned as mediator in February.", "breakdown")


def test_a_breakdown_that_nearly_came_about_did_not() -> None:
    [breakdown] = steps("Their negotiations almost collapsed on Tuesday.", "breakdown")
    assert breakdown.status == "negated"


def test_a_participle_between_a_deal_and_its_verb_is_the_deals() -> None:
    told = "The agreement, mediated by Botswana's President Mokgweetsi Masisi, gives each side a bank of the river."
    assert {actor for step in steps(told, "agreement") for actor in step.third_parties} == {"BWA"}


def test_who_backs_a_side_backs_no_mediation() -> None:
    assert not steps("Botswana and Tanzania, which back Malawi, kept silent.", "endorsement")
    assert steps("Botswana and Tanzania, which back the mediation, kept silent.", "endorsement")


def test_to_come_closer_is_no_deal_yet() -> None:
    assert not steps("Malawi and Mozambique have narrowed their differences on fishing.", "agreement")


def test_what_must_be_signed_first_has_not_been() -> None:
    told = "Malawi would withdraw its guns only after a treaty had been signed."
    assert not steps(told, "agreement")
    assert steps(told, "condition")


def test_what_is_listed_below_a_deal_stands_in_it() -> None:
    told = (
        "Malawi and Mozambique signed an agreement in Lusaka on Wednesday.\n\n"
        "- Both armies release their captives.\n- Observers go to the river.\n"
    )
    [deal] = steps(told, "agreement")
    assert {"prisoner exchange", "monitoring"} <= set(deal.terms)


def test_who_sits_in_one_body_with_others_consults_nobody() -> None:
    assert not steps("Kenya and Tanzania, which sit in a contact group, congratulated Malawi.", "consultation")


def test_the_place_of_talks_is_not_that_of_what_they_were_about() -> None:
    told = "Their talks in Lusaka nearly failed over Malawi's wish that a new council be formed in Beira."
    [breakdown] = steps(told, "breakdown")
    assert breakdown.where is not None
    assert breakdown.where.country == "ZMB"


def test_a_planned_meeting_that_was_put_off_was_not_held() -> None:
    [talks] = steps("A meeting planned for April 20 between Malawi and Mozambique was put off.", "talks")
    assert talks.status == "negated"


def test_what_donors_confer_on_are_no_talks_of_the_parties() -> None:
    assert not steps("Norway and Japan, which held a donors' conference in Oslo last week, praised Malawi.", "talks")


def test_at_whose_request_it_is_mediated_is_no_condition() -> None:
    told = "The mediation was taken on by Botswana in April at the request of Mozambique."
    assert not steps(told, "condition")


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Talks between Malawi and Mozambique in Lusaka brought no agreement.", "refusal"),
        ("Malawi and Mozambique sat in two rooms in Lusaka so as not to sign one sheet.", "refusal"),
        ("The accord between Malawi and Mozambique ran out at midnight.", "agreement"),
    ],
)
def test_what_came_to_nothing_or_ran_out_is_no_step_of_its_own(sentence: str, kind: str) -> None:
    assert steps(sentence, kind) == []


def test_a_member_of_a_bloc_that_refuses_is_not_the_bloc() -> None:
    (refusal,) = steps("Malawi, an SADC member that has refused to talk to Mozambique, closed its border.", "refusal")
    assert refusal.actors == ("MWI",)
