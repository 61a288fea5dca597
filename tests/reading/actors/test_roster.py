"""Every id that the records name leads to a record."""

from __future__ import annotations

from datetime import date

from dragoman.knowledge import load_knowledge
from dragoman.reading.actors import Actors, everyone
from dragoman.records import Actor, Mediation, Mediator, Statement, Tie

DAY = date(2022, 3, 21)
RUSSIA = Actor("RUS", "Russia", "country", "RUS", "GOV", None, None, True, ())


def test_ids_of_ties_statements_and_files_have_records_with_what_is_known_of_them() -> None:
    actors = Actors([RUSSIA], [], {"RUS": RUSSIA})
    tie = Tie("TUR", "NATO", "member", "NATO member Turkey", 0)
    said = Statement("sergey-lavrov", 0, 5, False, None, 0)
    file = Mediation("RUS-UKR", ("RUS", "UKR"), (Mediator("TUR", ("host",)),), ())
    found = everyone(actors, [], [said], [tie], [file], load_knowledge(), DAY)
    assert [record.id for record in found] == ["RUS", "sergey-lavrov", "TUR", "NATO", "UKR"]
    assert (found[1].office, found[1].of, found[1].mentions) == ("foreign minister", "RUS", ())


def test_an_id_that_nobody_knows_is_a_record_that_says_so() -> None:
    actors = Actors([], [], {})
    found = everyone(actors, [], [Statement("nobody-known", 0, 5, False, None, 0)], [], [], load_knowledge(), DAY)
    assert (found[0].id, found[0].known, found[0].sector) == ("nobody-known", False, "UNK")
