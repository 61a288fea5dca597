"""A mediation or not: wars and quarrels have talks, deals and appeals too."""

from __future__ import annotations

import pytest

import dragoman

GUNS = """\
ISLAMABAD – Pakistani and Indian gunners traded fire across the Line of Control for a third day on Sunday,
killing at least nine people, officials on both sides said.

Islamabad summoned the Indian deputy high commissioner and accused New Delhi of shelling villages in the Neelum
valley. India's defence ministry said that its troops had answered fire from the other side and that they would
go on doing so.

"They started it and they will regret it," a spokesman, Colonel Rajesh Kalia, said in Srinagar. Pakistan's army
said that it had destroyed three posts. Neither claim could be checked.

The foreign ministers of both countries met on Friday at a summit in Dushanbe and shook hands, but did not speak
of Kashmir. Pakistan agreed last month to let Indian pilgrims visit a shrine at Kartarpur. Trade across the line
stopped in 2019.

Washington urged restraint. Schools within five kilometres of the line stay closed on Monday."""

QUARREL = """\
PARIS – France expelled two Algerian diplomats on Tuesday, and Algeria answered within hours by sending home two
French ones and recalling its ambassador, in the worst quarrel between the two since 2021.

The interior minister, Bruno Retailleau, had accused Algiers of refusing to take back citizens whom French
courts had ordered to leave. Algeria's foreign ministry called the expulsions an unfriendly act and rejected
"any ultimatum".

President Emmanuel Macron spoke of a spiral that served nobody. His foreign minister, Jean-Noel Barrot, said
Paris would reduce visas for officials if nothing changed, and accepted that talks would take time. Algerian
president Abdelmadjid Tebboune said that his country would not bow.

Business leaders on both sides of the sea warned of losses. France sold goods for five billion euros there last
year."""

HELP = (
    "Qatar's foreign minister flew to both capitals, offered to mediate and will bring the two sides to Doha for talks "
    "next week; both accepted."
)


@pytest.mark.parametrize(("text", "published"), [(GUNS, "2023-09-17"), (QUARREL, "2025-04-15")])
def test_a_war_or_a_quarrel_in_which_nobody_mediates_makes_no_file(text: str, published: str) -> None:
    assert dragoman.read(text, published=published).mediations == ()


def test_the_same_war_in_which_somebody_mediates_makes_one() -> None:
    helped = GUNS.replace("Washington urged restraint.", HELP)
    (mediation,) = dragoman.read(helped, published="2023-09-17").mediations
    assert mediation.parties == ("IND", "PAK")
    assert "QAT" in {mediator.actor for mediator in mediation.mediators}
