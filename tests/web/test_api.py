from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from rooms import add, hostile, library, quiet, room
from starlette.testclient import TestClient

from dragoman.records import Event, Reading
from dragoman.web.export import COLUMNS


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    folder = tmp_path_factory.mktemp("api") / "archive"
    add(folder, quiet())
    return room(folder)


def reviewed(client: TestClient, **given: Any) -> Any:
    body = {"article": "article0", "event": "article0-e1", "verdict": "accept", "author": "A. Reader", **given}
    return client.post("/api/reviews", json=body)


def test_the_api_gives_the_records_of_the_contract(client: TestClient) -> None:
    wanted = quiet()[1]
    assert Reading.from_dict(client.get("/api/articles/article1").json()) == wanted
    items = client.get("/api/events?article=article1").json()["items"]
    assert [Event.from_dict(item["record"]) for item in items] == sorted(
        wanted.events, key=lambda event: [item["record"]["id"] for item in items].index(event.id)
    )
    assert items[0]["article"]["title"] == "Report 1"


def test_lists_come_in_pages_that_together_are_the_list(client: TestClient) -> None:
    whole = client.get("/api/events?limit=500").json()
    pieces = [client.get(f"/api/events?limit=4&offset={at}").json() for at in range(0, whole["total"], 4)]
    assert whole["total"] == 9
    assert [item for piece in pieces for item in piece["items"]] == whole["items"]


@pytest.mark.parametrize(
    ("query", "number"),
    [("actor=DZA", 3), ("with=ERI&type=AGREE", 3), ("type=AID", 0), ("status=future&status=historical", 6),
     ("min_confidence=0.9", 3), ("article=article0", 3), ("source=Example Gazette", 9), ("since=2000-12-13", None)],
)  # fmt: skip
def test_the_api_filters_as_the_page_does(client: TestClient, query: str, number: int | None) -> None:
    total = client.get(f"/api/events?{query}").json()["total"]
    assert number is None or total == number
    assert f"{total:,} event" in client.get(f"/events?{query}").text


@pytest.mark.parametrize(
    "address",
    ["/api/events?limit=0", "/api/events?limit=501", "/api/events?offset=-1", "/api/events?since=soon",
     "/api/events?type=DANCE", "/api/events?order=nothing", "/api/events?order=day;drop", "/api/counts?by=colour",
     "/api/counts?by=dyad&by=country", "/api/sql?q=DROP TABLE x", "/api/sql", "/api/mediations/ERI-ETH/changes"],
)  # fmt: skip
def test_what_cannot_be_asked_is_named(client: TestClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 422
    assert response.json()["detail"]


@pytest.mark.parametrize("address", ["/api/articles/none", "/api/mediations/none", "/api/nothing"])
def test_what_is_not_there_is_missing(client: TestClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert response.json()["detail"]


def test_an_answer_is_not_sent_twice(client: TestClient) -> None:
    first = client.get("/api/mediations/ERI-ETH")
    assert client.get("/api/mediations/ERI-ETH", headers={"if-none-match": first.headers["etag"]}).status_code == 304


def test_counts_and_their_order(client: TestClient) -> None:
    rows = client.get("/api/counts?by=type&order=-n&order=type").json()["items"]
    assert [row["n"] for row in rows] == [3, 3, 3]
    assert {row["type"] for row in rows} == {"AGREE", "CONCEDE", "SUPPORT"}


def test_every_call_is_described(client: TestClient) -> None:
    described = client.get("/api/openapi.json").json()
    assert described["info"]["title"] == "Dragoman"
    for path, methods in described["paths"].items():
        for call in methods.values():
            assert call["description"], path
    tie = described["components"]["schemas"]["Tie"]
    assert "from" in tie["properties"]
    assert "from_" not in tie["properties"]
    page = client.get("/api").text
    assert all(path in page for path in described["paths"])


def test_arrow_comes_as_a_stream(client: TestClient) -> None:
    import pyarrow as pa

    response = client.get("/api/events?type=AGREE", headers={"accept": "application/vnd.apache.arrow.stream"})
    table = pa.ipc.open_stream(response.content).read_all()
    assert table.num_rows == 3
    assert set(table.column("type").to_pylist()) == {"AGREE"}


def test_a_review_is_kept_shown_exported_and_counted(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    add(folder, quiet())
    client = room(folder)
    before = client.get("/events.csv")
    sent = reviewed(client, verdict="correct", note="only talks", correction={"type": "CONSULT", "status": "future"})
    assert sent.status_code == 201
    assert reviewed(client, event="article0-e2", verdict="reject").status_code == 201
    rows = {row["event"]: row for row in csv.DictReader(io.StringIO(client.get("/events.csv").text))}
    assert tuple(rows["article0-e1"]) == COLUMNS
    assert (rows["article0-e1"]["type"], rows["article0-e1"]["coded_type"]) == ("CONSULT", "SUPPORT")
    assert (rows["article0-e1"]["review"], rows["article0-e1"]["review_note"]) == ("correct", "only talks")
    assert rows["article0-e2"]["review"] == "reject"
    assert rows["article1-e1"]["review"] == ""
    lines = [json.loads(line) for line in client.get("/events.jsonl?type=SUPPORT").text.splitlines()]
    assert [line["type"] for line in lines if line["event"] == "article0-e1"] == ["CONSULT"]
    assert len(before.text.splitlines()) == 10
    page = client.get("/articles/article0").text
    assert "Corrected by" in page
    assert "only talks" in page
    assert "<td>SUPPORT</td>" in client.get("/reviews").text
    counted = client.get("/api/reviews/precision").json()
    assert [(row["type"], row["right"], row["reviewed"]) for row in counted] == [("CONCEDE", 0, 1), ("SUPPORT", 0, 1)]
    assert client.get("/api/reviews?latest=true").json()["total"] == 2


def test_reviews_become_sentences_to_train_on(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    add(folder, quiet())
    client = room(folder)
    assert client.get("/reviews.tsv").text == ""
    reviewed(client, verdict="correct", correction={"type": "CONSULT"})
    reviewed(client, event="article1-e1", verdict="reject", article="article1")
    answer = client.get("/reviews.tsv")
    signed = (
        "<s>Ethiopia</s> and <t>Eritrea</t> signed a peace agreement in Algiers on Tuesday, ending a war of two years."
    )
    assert answer.text.splitlines() == [f"CONSULT\t{signed}", f"NONE\t{signed}"]
    assert answer.headers["content-disposition"] == 'attachment; filename="reviews.tsv"'


def test_reviews_survive_a_new_reading_of_the_article(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    add(folder, quiet())
    reviewed(room(folder), note="seen")
    add(folder, quiet()[1:])
    assert "seen" in room(library(folder)).get("/articles/article0").text


@pytest.mark.parametrize(
    "given",
    [{"verdict": "perhaps"}, {"author": " "}, {"author": ""}, {"verdict": "correct"}, {"note": "x" * 5000},
     {"correction": {"type": "DANCE"}, "verdict": "correct"}, {"correction": {"type": "AID"}},
     {"correction": {"earliest": "2000-12-31", "latest": "2000-01-01"}, "verdict": "correct"}],
)  # fmt: skip
def test_a_review_that_makes_no_sense_is_refused(client: TestClient, given: dict[str, Any]) -> None:
    assert reviewed(client, **given).status_code == 422
    assert client.get("/api/reviews").json()["total"] == 0


def test_a_review_of_what_is_not_there_is_refused(client: TestClient) -> None:
    assert reviewed(client, article="none").status_code == 404
    assert reviewed(client, event="none").status_code == 404


def test_a_review_is_given_in_a_form(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    add(folder, quiet())
    client = room(folder)
    address = "/articles/article0/events/article0-e1/review"
    form = {"author": "A. Reader", "verdict": "correct", "type": "CONSULT", "mode": "", "actors": "ETH; ERI; DZA",
            "recipients": "", "earliest": "2000-12-11", "latest": "2000-12-12", "place": "Algiers", "country": "DZA",
            "status": "actual", "note": ""}  # fmt: skip
    sent = client.post(address, data=form)
    assert sent.status_code == 303
    assert sent.headers["location"] == "/articles/article0#event-article0-e1"
    (review,) = client.get("/api/reviews").json()["items"]
    told = {name: value for name, value in review["correction"].items() if value is not None}
    assert told == {
        "type": "CONSULT",
        "actors": ["ETH", "ERI", "DZA"],
        "earliest": "2000-12-11",
        "latest": "2000-12-12",
    }
    wrong = client.post(address, data=form | {"status": "maybe"})
    assert wrong.status_code == 422
    assert "no status" in wrong.text
    unchanged = client.post(address, data={"author": "A. Reader", "verdict": "correct"})
    assert unchanged.status_code == 422
    assert "nothing is corrected" in unchanged.text.lower()


def test_a_spreadsheet_runs_no_formula_of_an_article(tmp_path: Path) -> None:
    from dataclasses import replace

    first, *_ = quiet()
    evil = replace(first, article=replace(first.article, source="=cmd|' /C calc'!A0"))
    folder = tmp_path / "archive"
    add(folder, [evil, hostile()])
    rows = list(csv.DictReader(io.StringIO(room(folder).get("/events.csv").text)))
    assert {row["source"][:1] for row in rows} == {"'", '"'}
