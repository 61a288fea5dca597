from __future__ import annotations

import socket
from pathlib import Path

import pytest
from rooms import add, quiet, room
from starlette.testclient import TestClient
from typer.testing import CliRunner

from dragoman.cli.app import app
from dragoman.errors import DragomanError
from dragoman.web.security import Doors, Rates, is_loopback

TOKEN = "a-token-of-some-length"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("doors") / "archive"
    add(path, quiet())
    return path


@pytest.mark.parametrize("address", ["/", "/nothing", "/api/info", "/static/1/style.css", "/api/events?limit=0"])
def test_every_answer_carries_the_policy(folder: Path, address: str) -> None:
    headers = room(folder).get(address).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert "access-control-allow-origin" not in headers
    assert "server" not in headers


def test_a_failure_tells_nothing_of_the_machine(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object) -> None:
        raise RuntimeError(f"secret at {folder}")

    monkeypatch.setattr("dragoman.web.views.codebook.codebook", broken)
    response = room(folder).get("/codebook")
    assert response.status_code == 500
    assert "secret" not in response.text
    assert str(folder) not in response.text
    assert "Traceback" not in response.text


def test_no_page_tells_where_the_archive_or_an_article_lies(folder: Path) -> None:
    client = room(folder)
    addresses = ["/", "/articles/article0", "/reviews", "/api/info", "/api/articles", "/api/problems", "/sql"]
    for address in addresses:
        text = client.get(address).text
        assert str(folder) not in text, address
        assert "/secret/path" not in text, address
    wrong = client.get("/api/sql", params={"q": "SELECT nothing FROM events"})
    assert wrong.status_code == 422
    assert str(folder) not in wrong.text


def test_another_name_that_points_here_is_not_answered(folder: Path) -> None:
    client = room(folder)
    assert client.get("/", headers={"host": "evil.example"}).status_code == 421
    assert client.get("/", headers={"host": "127.0.0.1:8383"}).status_code == 200
    assert client.get("/", headers={"host": "[::1]:8383"}).status_code == 200


@pytest.mark.parametrize(
    "headers", [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}]
)
def test_a_form_of_another_site_is_not_taken(folder: Path, headers: dict[str, str]) -> None:
    client = room(folder)
    form = {"author": "Mallory", "verdict": "reject"}
    address = "/articles/article0/events/article0-e1/review"
    assert client.post(address, data=form, headers=headers).status_code == 403
    assert client.get("/api/reviews").json()["total"] == 0


def test_a_token_opens_the_room_and_nothing_else_does(folder: Path) -> None:
    client = room(folder, Doors(token=TOKEN, rate=0))
    assert client.get("/events?type=AGREE").status_code == 303
    assert client.get("/events?type=AGREE").headers["location"] == "/login?then=%2Fevents"
    assert client.get("/api/info").status_code == 401
    assert client.get("/events.csv").status_code == 303
    assert client.post("/login", data={"token": "wrong", "then": "/"}).status_code == 401
    assert client.get("/api/info", headers={"authorization": "Bearer wrong"}).status_code == 401
    assert client.get("/api/info", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
    entered = client.post("/login", data={"token": TOKEN, "then": "/events"})
    assert entered.status_code == 303
    assert entered.headers["location"] == "/events"
    assert TOKEN not in entered.headers["set-cookie"]
    assert "HttpOnly" in entered.headers["set-cookie"]
    assert client.get("/events").status_code == 200


@pytest.mark.parametrize("then", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere_after_the_token(folder: Path, then: str) -> None:
    client = room(folder, Doors(token=TOKEN, rate=0))
    assert client.post("/login", data={"token": TOKEN, "then": then}).headers["location"] == "/"


def test_who_asks_too_often_waits(folder: Path) -> None:
    client = room(folder, Doors(rate=1.0, burst=5))
    answers = [client.get("/robots.txt").status_code for _ in range(8)]
    assert answers[:5] == [200] * 5
    assert answers[-1] == 429
    assert int(client.get("/robots.txt").headers["retry-after"]) >= 1


def test_guessing_tokens_is_slow(folder: Path) -> None:
    client = room(folder, Doors(token=TOKEN, rate=0.01, burst=30))
    tries = [client.post("/login", data={"token": str(n)}).status_code for n in range(6)]
    assert tries == [401, 401, 401, 429, 429, 429]


def test_buckets_fill_again_and_clients_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("dragoman.web.security.time.monotonic", lambda: now[0])
    rates = Rates(2.0, 2)
    assert [rates.wait("one") > 0 for _ in range(3)] == [False, False, True]
    assert rates.wait("other") == 0
    now[0] = 1.0
    assert rates.wait("one") == 0


def test_too_much_is_not_taken(folder: Path) -> None:
    client = room(folder)
    assert client.post("/api/reviews", content=b"x" * 100_000).status_code == 413
    assert client.get("/articles?q=" + "a" * 9000).status_code == 414

    def pieces() -> object:
        for _ in range(20):
            yield b"x" * 10_000

    assert client.post("/login", content=pieces()).status_code >= 400  # type: ignore[arg-type]


def test_other_sites_read_the_api_only_where_they_are_let(folder: Path) -> None:
    client = room(folder, Doors(rate=0, origins=("https://friend.example",)))
    friend, other = {"origin": "https://friend.example"}, {"origin": "https://evil.example"}
    assert client.get("/api/info", headers=friend).headers["access-control-allow-origin"] == "https://friend.example"
    assert "access-control-allow-origin" not in client.get("/api/info", headers=other).headers
    assert "access-control-allow-origin" not in client.get("/", headers=friend).headers


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("::1", True),
        ("0.0.0.0", False),
        ("192.168.0.4", False),
        ("box", False),
    ],
)
def test_loopback_is_known(host: str, local: bool) -> None:
    assert is_loopback(host) is local


def test_serve_does_not_listen_to_the_world_without_a_token(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DRAGOMAN_TOKEN", raising=False)
    started: list[dict[str, object]] = []
    monkeypatch.setattr("uvicorn.run", lambda app, **options: started.append(options))
    result = CliRunner().invoke(app, ["serve", str(folder), "--host", "0.0.0.0"])
    assert isinstance(result.exception, DragomanError)
    assert "token" in str(result.exception)
    monkeypatch.setenv("DRAGOMAN_TOKEN", "short")
    assert isinstance(CliRunner().invoke(app, ["serve", str(folder)]).exception, DragomanError)
    assert not started
    monkeypatch.setenv("DRAGOMAN_TOKEN", TOKEN)
    assert CliRunner().invoke(app, ["serve", str(folder), "--host", "0.0.0.0"]).exit_code == 0
    assert CliRunner().invoke(app, ["serve", str(folder)]).exit_code == 0
    assert [options["host"] for options in started] == ["0.0.0.0", "127.0.0.1"]


def test_a_port_that_is_taken_is_said_in_words_and_none_need_be_chosen(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[int] = []
    monkeypatch.setattr("uvicorn.run", lambda app, **options: started.append(options["port"]))
    with socket.create_server(("127.0.0.1", 0)) as other:
        result = CliRunner().invoke(app, ["serve", str(folder), "--port", str(other.getsockname()[1])])
    assert isinstance(result.exception, DragomanError)
    assert "taken" in str(result.exception)
    result = CliRunner().invoke(app, ["serve", str(folder), "--port", "0"])
    assert started[0] > 0
    assert f":{started[0]}/" in result.stdout


def test_static_files_may_be_kept_for_good(folder: Path) -> None:
    client: TestClient = room(folder)
    page = client.get("/").text
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]
    response = client.get(address)
    assert response.status_code == 200
    assert "immutable" in response.headers["cache-control"]


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/mediations/", "/mediations"),
        ("/events/?type=CONSULT&page=1", "/events?type=CONSULT&page=1"),
        ("/articles/article0/", "/articles/article0"),
        ("/api/events//", "/api/events"),
    ],
)
def test_a_slash_too_many_leads_to_the_page_all_the_same(folder: Path, address: str, leads_to: str) -> None:
    response = room(folder).get(address, follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (308, leads_to)
    assert room(folder).get(leads_to).status_code == 200


@pytest.mark.parametrize("address", ["/nothing/", "/%5Cevil.example/", "//evil.example/", "//evil.example/events/"])
def test_a_slash_too_many_leads_nowhere_else(folder: Path, address: str) -> None:
    response = room(folder).get(f"http://testserver{address}", follow_redirects=False)
    assert response.status_code == 404
    assert "location" not in response.headers
