"""Data files: a user's own extend and override; a malformed one is refused with file and line."""

from datetime import date
from pathlib import Path

import pytest

from dragoman.errors import DataError
from dragoman.knowledge import Knowledge, load_knowledge
from dragoman.knowledge.tables import first_day, last_day, read_table


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_users_actors_and_offices_are_taken_in(tmp_path: Path) -> None:
    actors = write(
        tmp_path / "actors.csv",
        "# my own\nid,name,kind,sector,country,of,aliases\nBLUE,Blue Movement,group,REB,MLI,,Blues|Mouvement bleu\n",
    )
    people = write(tmp_path / "people.csv", "person,name,country,aliases\nawa-example,Awa Example,MLI,\n")
    offices = write(tmp_path / "offices.csv", "person,office,of,start,end\nawa-example,leader,BLUE,2019-03,\n")
    knowledge = load_knowledge([actors, people, offices])
    assert knowledge.lookup("Mouvement bleu")[0].id == "BLUE"
    assert [entity.id for entity in knowledge.holders("leader", "BLUE", date(2020, 1, 1))] == ["awa-example"]
    assert knowledge.lookup("Turkey")[0].id == "TUR"


def test_a_users_entry_overrides_the_shipped_one(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "id,name,kind,sector,country,of,aliases\nHAMAS,Hamas,organization,GOV,PSE,,\n")
    entity = load_knowledge([path]).entity("HAMAS")
    assert entity is not None
    assert (entity.kind, entity.sector) == ("organization", "GOV")
    shipped = load_knowledge().entity("HAMAS")
    assert shipped is not None
    assert shipped.sector == "REB"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "no header"),
        ("colour,size\nred,1\n", 1, "no data file"),
        ("id,name,kind\nX,Y\n", 2, "2 fields, where the header has 3"),
        ("id,name,kind,sector\n# note\nX,Y,gang,REB\n", 3, "no kind of actor"),
        ("id,name,kind,sector\nX,Y,group,ZZZ\n", 2, "no sector"),
        ("id,name,kind\n,Y,group\n", 2, "needs an id"),
        ("person,office,of,start,end\na,leader,X,2020-13,\n", 2, "month"),
        ("person,office,of,start,end\na,leader,X,someday,\n", 2, "no day, month or year"),
        ("person,office,of,start,end\na,leader,X,2020,2019\n", 2, "ends"),
        ("person,office,of,start,end\na,,X,2020,2021\n", 2, "needs a person"),
        ("id,name,parties,start,end\nX,War,A,2020,\n", 2, "two parties"),
        ("id,name,parties,start,end\nX,War,A|B,soon,\n", 2, "year"),
        ('id,name,kind\nX,"Y,group\nZ,Z,group\n', 2, "not well-formed"),
    ],
)
def test_a_malformed_file_is_refused_by_file_and_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    path = write(tmp_path / "bad.csv", text)
    with pytest.raises(DataError, match=message) as caught:
        Knowledge().add(path)
    assert str(caught.value).startswith(f"{path}:{line}:")


def test_a_missing_file_and_one_that_is_not_utf8_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        read_table(tmp_path / "nowhere.csv")
    path = tmp_path / "latin.csv"
    path.write_bytes("id,name,kind\nX,Türkei,country\n".encode("latin-1"))
    with pytest.raises(DataError, match="not UTF-8"):
        read_table(path)


def test_a_month_or_a_year_spans_its_days() -> None:
    assert first_day("2004") == date(2004, 1, 1)
    assert last_day("2004-02") == date(2004, 2, 29)
    assert last_day("1900-02") == date(1900, 2, 28)
    assert last_day("2004-03-09") == date(2004, 3, 9)
    assert first_day("") is None


@pytest.mark.parametrize(
    ("header", "hint"),
    [
        ("id;name;kind", "commas, not by semicolons"),
        ("id\tname\tkind", "commas, not by tabs"),
        ("a,b", "lists the headers"),
    ],
)
def test_a_table_out_of_a_spreadsheet_is_refused_with_what_to_mend(tmp_path: Path, header: str, hint: str) -> None:
    with pytest.raises(DataError, match=hint):
        load_knowledge([write(tmp_path / "mine.csv", f"{header}\nX\n")])
