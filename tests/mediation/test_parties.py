"""Who the parties are does not hang on the order in which known conflicts are looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

import dragoman
from dragoman.reader import default_reader


@pytest.mark.parametrize("names", [("AA", "AB"), ("AB", "AA")])
def test_a_movement_that_one_conflict_implies_is_not_told_of_in_the_next(
    names: tuple[str, str], tmp_path: Path
) -> None:
    actors = tmp_path / "actors.csv"
    actors.write_text("id,name,kind,sector,country,of,aliases\nQF,Qarsa Front,group,REB,ETH,,\n", encoding="utf-8")
    conflicts = tmp_path / "conflicts.csv"
    conflicts.write_text(
        "id,name,aliases,parties,start,end,countries\n"
        f"{names[0]},Qarsa Insurgency,,ETH|QF,2020,,ETH\n"
        f"{names[1]},Qarsa Border War,,KEN|QF,2020,,KEN\n",
        encoding="utf-8",
    )
    (mediation,) = dragoman.read(
        "Uganda hosted peace talks of Kenya with the leaders of Qarsa on Monday. Kenya's army has fought in Qarsa "
        "since May, and a truce in Qarsa failed. Ethiopia was silent.",
        published="2024-05-01",
        reader=default_reader(actors=(actors, conflicts)),
    ).mediations
    assert mediation.parties == ("KEN", "QF")
