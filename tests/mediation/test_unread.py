"""Teams and those who lead them, hosts, two meetings in one sentence, requests that are none."""

from __future__ import annotations

import dragoman
from dragoman.records import Mediation, Step

WAR = " The armies of Mali and Niger have fought over a border post since March."
DOHA = (
    "N'DJAMENA (AFP) - Twenty-one Chadian rebel and opposition groups on Saturday suspended their participation "
    "in the peace talks that Qatar has hosted since March, accusing the junta of "
    '"harassment, intimidation and threats".\n\n'
    "In a statement the groups said they had handed a letter to Qatari mediators announcing their decision. "
    "The rebels want the dialogue postponed. The Front for Change and Concord in Chad (FACT), the strongest of "
    "the movements, stayed at the table. Its leader, Mahamat Mahdi Ali, told AFP that he asked for the release "
    "of some 300 of his men."
)


def mediation(text: str, day: str = "2024-05-02") -> Mediation:
    (found,) = dragoman.read(text, published=day).mediations
    return found


def steps(text: str, kind: str, day: str = "2024-05-02") -> list[Step]:
    return [step for step in mediation(text, day).steps if step.kind == kind]


def mediators(text: str, day: str = "2024-05-02") -> set[str]:
    return {each.actor for each in mediation(text, day).mediators}


def test_a_team_without_a_name_stands_behind_those_who_lead_it() -> None:
    text = (
        "NAIROBI - Ghana's President John Kufuor, the chairman of the African Union, flew home on Thursday after two "
        "days of shuttling between President Mwai Kibaki and the opposition leader, Raila Odinga. A panel led by "
        "the former U.N. chief Kofi Annan will take over the mediation.\n\nMr Odinga's Orange Democratic "
        "Movement called for rallies. Mr Kibaki has offered to form a government of national unity."
    )
    found = mediators(text, "2008-01-11")
    assert "panel" not in found
    assert "kofi-annan" in found


def test_a_former_leader_who_mediates_does_not_make_his_country_a_mediator() -> None:
    text = (
        "MADRID, Feb 20 - Spain's government and the armed Basque group ETA met secretly in Geneva last month, two "
        "people with knowledge of the talks said.\n\nJonathan Powell, Tony Blair's former chief of staff, who now "
        "runs the charity Inter Mediate, mediated between them. The former British prime minister Tony Blair sat in "
        "on one session.\n\nETA demanded that prisoners be moved. The government refused."
    )
    found = mediators(text, "2024-02-20")
    assert "tony-blair" in found
    assert "GBR" not in found


def test_talks_are_in_the_country_that_hosts_them() -> None:
    assert [step.where.country for step in steps(DOHA, "talks", "2022-07-18") if step.where is not None] == ["QAT"]


def test_a_meeting_is_between_those_who_were_brought_together_wherever_they_are_named() -> None:
    text = (
        "President Henri Konan Bedie yesterday brought together in Yamoussoukro the head of state of Sierra Leone, "
        "Brigadier Julius Maada Bio, and the leader of the Revolutionary United Front, Foday Sankoh, for the first "
        "time since the war broke out five years ago.\n\nAt the end of the meeting, which lasted six hours, Foreign "
        "Minister Amara Essy read out a communique. The two parties have agreed to a ceasefire of two months and to "
        "meet again in two weeks to draw up an agenda. Foday Sankoh demanded the departure of Nigerian troops."
    )
    talks = steps(text, "talks", "1996-03-27")[0]
    assert set(talks.actors) == {"SLE", "RUF"}
    assert talks.third_parties == ("CIV",)


def test_a_meeting_that_was_and_one_to_come_are_two() -> None:
    text = (
        "Mali and Niger held talks in Lome on Tuesday under the mediation of Togo." + WAR + " Togo's envoy met Niger's "
        "president, Mohamed Bazoum, on Wednesday and will see him again next week."
    )
    assert sorted(step.status for step in steps(text, "consultation")) == ["actual", "future"]


def test_groups_told_by_their_number_are_not_the_one_movement_with_a_name() -> None:
    assert [step.actors for step in steps(DOHA, "criticism", "2022-07-18")] == [("TCD:REB",)]


def test_a_mission_that_has_not_failed_has_not_broken_down() -> None:
    text = (
        "Mali and Niger held talks in Lome on Tuesday under the mediation of Togo." + WAR + " Niger's foreign minister "
        'told reporters that the mission of Togo "has not failed".'
    )
    assert not steps(text, "breakdown")
    assert [step.actors for step in steps(text, "assessment")] == [("NER",)]


def test_who_only_warns_sets_no_condition() -> None:
    text = (
        "Mali and Niger held talks in Lome on Tuesday under the mediation of Togo."
        + WAR
        + " Senegal warned that there "
        "would be no ceasefire unless both sides withdrew their troops."
    )
    assert not [step for step in steps(text, "condition") if "SEN" in step.actors]


def test_a_state_that_breaks_off_relations_presses_the_other() -> None:
    text = (
        "Mali and Niger held talks in Lome on Tuesday under the mediation of Togo." + WAR + " In April Niger broke off "
        "diplomatic relations."
    )
    assert [step.actors for step in steps(text, "pressure")] == [("NER",)]


def test_who_asks_his_own_people_for_calm_asks_for_no_talks() -> None:
    told = "Algeria mediates between Mali and Niger, whose armies have fought over a border post since March. "
    assert not steps(told + "Mali's president urged his supporters on Monday to stay calm.", "request")
    asked = steps(told + "Mali's president asked the African Union on Monday to mediate too.", "request")
    assert [step.recipients for step in asked] == [("AU",)]


def test_what_is_done_at_the_request_of_a_third_party_is_no_request_of_a_party() -> None:
    told = (
        "The African Union mediates between Mali and Niger, whose armies have fought over a border post since March. "
    )
    assert not steps(told + "Niger called off a march on Monday at the request of the African Union.", "request")
