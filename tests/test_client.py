from __future__ import annotations

import io
import urllib.error
import urllib.request
from datetime import date
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from rooms import add, quiet, room
from starlette.testclient import TestClient

import dragoman
from dragoman.client import RemoteArchive, open_remote
from dragoman.errors import ArchiveError
from dragoman.store import Archive, open_archive
from dragoman.web.security import Doors

TOKEN = "a-token-of-some-length"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("remote") / "archive"
    add(path, quiet())
    return path


class Wire:
    """What `urllib` sends goes to an application in this process."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def __call__(self, request: urllib.request.Request, timeout: float) -> io.BytesIO:
        headers = {**request.headers, **request.unredirected_hdrs}
        response = self.client.get(request.full_url.removeprefix("http://room.example"), headers=headers)
        body = io.BytesIO(response.content)
        if response.status_code >= 400:
            raise urllib.error.HTTPError(request.full_url, response.status_code, "", Message(), body)
        return body


@pytest.fixture
def remote(folder: Path, monkeypatch: pytest.MonkeyPatch) -> RemoteArchive:
    monkeypatch.delenv("DRAGOMAN_TOKEN", raising=False)
    monkeypatch.setattr("urllib.request.urlopen", Wire(room(folder, Doors(rate=0))))
    return open_remote("http://room.example/")


@pytest.fixture
def local(folder: Path) -> Archive:
    return open_archive(folder)


@pytest.mark.parametrize(
    "filters",
    [{}, {"actor": "DZA", "with_": "ERI"}, {"type": ["AGREE", "SUPPORT"]}, {"since": date(2000, 12, 13)},
     {"min_confidence": 0.9}, {"one_story": True}, {"history": True, "status": "future"}],
)  # fmt: skip
def test_events_are_the_same_from_afar(remote: RemoteArchive, local: Archive, filters: dict[str, Any]) -> None:
    here, there = local.events(**filters), remote.events(**filters)
    assert [item.record for item in there] == [item.record for item in here]
    assert [dict(item.names) for item in there] == [dict(item.names) for item in here]
    assert there.count() == here.count()
    assert there.arrow().equals(here.arrow())
    assert [item.record for item in there.order("-confidence").limit(2, offset=1)] == [
        item.record for item in here.order("-confidence").limit(2, offset=1)
    ]


@pytest.mark.parametrize("kind", ["statements", "actors", "ties", "places", "steps"])
def test_other_records_are_the_same_from_afar(remote: RemoteArchive, local: Archive, kind: str) -> None:
    assert [item.record for item in getattr(remote, kind)()] == [item.record for item in getattr(local, kind)()]


def test_whole_records_are_the_same_from_afar(remote: RemoteArchive, local: Archive) -> None:
    assert remote.reading("article0") == local.reading("article0")
    assert list(remote.readings()) == list(local.readings())
    assert remote.mediations() == local.mediations()
    assert remote.mediation("ERI-ETH", date(2000, 12, 13)) == local.mediation("ERI-ETH", date(2000, 12, 13))
    assert remote.changes("ERI-ETH", date(2000, 12, 13)) == local.changes("ERI-ETH", date(2000, 12, 13))
    assert remote.brief("ERI-ETH", steps=1) == local.brief("ERI-ETH", steps=1)
    assert remote.name("DZA") == local.name("DZA")
    assert remote.counts(("type",)).list() == local.counts(("type",)).list()
    assert remote.facets(("type", "actor"), since="2000-12-13") == local.facets(("type", "actor"), since="2000-12-13")
    assert remote.facets() == local.facets()
    assert remote.dealings("DZA", "DZA") == local.dealings("DZA", "DZA")
    assert len(remote.dealings("ETH", most=1)) >= 1
    assert remote.sql("SELECT count(*) AS n FROM events") == [{"n": 9}]


def test_a_question_of_many_pages_is_asked_page_by_page(
    remote: RemoteArchive, local: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dragoman.client._AT_ONCE", 4)
    assert [item.record for item in remote.events()] == [item.record for item in local.events()]
    assert len(remote.events().limit(6, offset=2).list()) == 6
    first = remote.events().first()
    assert first is not None


def test_what_the_room_refuses_is_said_in_its_words(remote: RemoteArchive) -> None:
    with pytest.raises(ArchiveError, match="There is no article"):
        remote.reading("none")
    with pytest.raises(ArchiveError, match="DANCE"):
        remote.events(type="DANCE").list()


def test_a_token_is_shown_where_one_is_asked_for(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DRAGOMAN_TOKEN", raising=False)
    monkeypatch.setattr("urllib.request.urlopen", Wire(room(folder, Doors(token=TOKEN, rate=0))))
    with pytest.raises(ArchiveError, match="token"):
        open_remote("http://room.example")
    assert open_remote("http://room.example", TOKEN).info()["articles"] == 3
    monkeypatch.setenv("DRAGOMAN_TOKEN", TOKEN)
    assert dragoman.open("http://room.example").events().count() == 9


def test_nothing_there_is_a_clear_error() -> None:
    with pytest.raises(ArchiveError, match="cannot be reached"):
        dragoman.open("http://127.0.0.1:9")
    with pytest.raises(ArchiveError, match="versions"):
        dragoman.open("http://127.0.0.1:9", version=3)
