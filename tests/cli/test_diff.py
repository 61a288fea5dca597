"""Who adds actors or frames sees what an archive would say otherwise, before anything is written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from archives import article, content, fill, recipe
from typer.testing import CliRunner, Result

import dragoman
from dragoman.cli.app import app
from dragoman.ingest.preview import draw, new_words
from dragoman.knowledge import load_knowledge
from dragoman.language.lemmas import forms

FRAMES = "lemma\tpos\tcode\tmode\tactor\trecipient\ttheme\tif\tnote\ngauge\tv\t172\t\tsubj\t-\t\tobj=river\t\n"
ACTORS = "id,name,kind,sector,country,of,aliases\nNILE-FORUM,Nile Waters Forum,organization,NGO,,,Nile Forum|NWF\n"
NEWS = (
    "Ethiopia gauged the river on Monday, and Sudan protested.",
    "The Nile Forum called on Sudan and Ethiopia on Tuesday to resume talks.",
    "Kenya hosted talks between Chad and Mali on Sunday.",
)


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [*map(str, words)])


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("diff")
    rows = [{"id": str(n), "published": f"2021-03-0{n + 1}", "text": text} for n, text in enumerate(NEWS)]
    (folder / "news.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (folder / "frames.tsv").write_text(FRAMES, encoding="utf-8")
    (folder / "actors.csv").write_text(ACTORS, encoding="utf-8")
    done = run("ingest", folder / "news.jsonl", "--archive", folder / "archive", "--workers", 1)
    assert done.exit_code == 0, done.output
    return folder / "archive"


def differ(archive: Path, *words: object) -> dict[str, Any]:
    done = run("diff", "--archive", archive, "--format", "json", *words)
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_frames_and_actors_show_what_they_change_and_nothing_is_written(archive: Path) -> None:
    files = "--frames", archive.parent / "frames.tsv", "--actors", archive.parent / "actors.csv"
    before = content(archive)
    found = differ(archive, *files)
    assert content(archive) == before
    assert found["read"] == found["articles"] == len(NEWS)
    rows = {(row["kind"], row["way"]): row for row in found["differences"]}
    gauged = rows["event", "gained"]
    assert gauged["after"]["cameo"] == "172"
    assert gauged["sentence"] == NEWS[0]
    assert gauged["before"] is None
    forum = rows["actor", "changed"]
    assert forum["after"]["id"] == "NILE-FORUM"
    assert "id" in forum["fields"]
    assert not any("Kenya" in row["sentence"] for row in found["differences"])

    told = run("diff", "--archive", archive, *files).stdout
    assert "+ event COERCE · restrict 172 “gauged” Ethiopia (actual)" in told
    assert f"“{NEWS[0]}”" in told
    assert "3 of 3 articles read again, 2 with new words: 2 of them differ" in told


def test_the_files_of_the_settings_are_tried_where_none_are_named(archive: Path, tmp_path: Path) -> None:
    settings = tmp_path / "dragoman.toml"
    settings.write_text(f"frames = [{json.dumps(str(archive.parent / 'frames.tsv'))}]\n", encoding="utf-8")
    found = differ(archive, "--settings", settings, "--articles", 1)
    assert found["words"]
    assert [row["way"] for row in found["differences"] if row["kind"] == "event"] == ["gained"]


def test_the_same_versions_would_change_nothing(archive: Path) -> None:
    assert differ(archive)["read"] == 0
    assert "would read none" in " ".join(run("diff", "--archive", archive).stdout.split())


def test_what_the_files_do_is_told_apart_from_what_a_new_version_does(tmp_path: Path) -> None:
    """The archive's records are of another program; the new reading without and with the file is the same."""
    fill(tmp_path / "archive", [article(1)], recipe("0.0.1 model=a codebook=b knowledge=c"))
    (tmp_path / "frames.tsv").write_text(FRAMES, encoding="utf-8")
    files = "--frames", tmp_path / "frames.tsv"
    assert differ(tmp_path / "archive", *files)["differences"]
    assert "--files-alone" in run("diff", "--archive", tmp_path / "archive", *files).stdout
    assert differ(tmp_path / "archive", *files, "--files-alone")["differences"] == []


def test_articles_with_the_new_words_come_first_and_the_lot_is_the_same_each_time(tmp_path: Path) -> None:
    many = [article(n, "The dams were gauging water. " if n == 7 else "") for n in range(1, 12)]
    fill(tmp_path / "one", many)
    fill(tmp_path / "other", many[::-1])
    drawn = [
        [each.article.raw.id for each in draw(dragoman.open(tmp_path / name), None, forms("gauge"), 5, seed=seed)]
        for name, seed in (("one", 3), ("other", 3), ("one", 4))
    ]
    assert drawn[0] == drawn[1] != drawn[2]
    assert drawn[0][0] == drawn[2][0] == many[6].id
    assert len(set(drawn[0])) == 5


def test_the_words_of_a_file_are_names_as_written_and_verbs_in_all_forms(tmp_path: Path) -> None:
    frames, actors = tmp_path / "frames.tsv", tmp_path / "actors.csv"
    frames.write_text(FRAMES.replace("gauge", "come under water"), encoding="utf-8")
    actors.write_text(ACTORS, encoding="utf-8")
    words = set(new_words([frames], [actors], load_knowledge((actors,))))
    assert {"came", "coming", "comes", "Nile Forum", "NWF", "Nile Waters Forum"} <= words


def test_a_name_with_an_accent_is_found_and_part_of_a_word_is_not(tmp_path: Path) -> None:
    fill(tmp_path / "a", [article(1, "À Élan met. "), article(2, "The elands and Élans met. "), article(3)])
    found = {
        each.article.raw.external_id: each.mentions for each in draw(dragoman.open(tmp_path / "a"), None, ["Élan"], 9)
    }
    assert found == {"1": True, "2": False, "3": False}


def test_a_day_that_is_none_is_refused(archive: Path) -> None:
    assert run("diff", "--archive", archive, "--since", "soon").exit_code == 1
