from __future__ import annotations

import hashlib
import hmac
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from rooms import SCRIPT, add, hostile, library, moved, quiet, room
from sample_reading import sample_reading

from dragoman.web.webhooks import SIGNATURE, Webhook

ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("fed") / "archive"
    add(path, [*quiet(), hostile()])
    return path


@pytest.mark.parametrize("address", ["/feed.atom", "/mediations/ERI-ETH/feed.atom"])
def test_atom_names_each_step_once_with_its_page(folder: Path, address: str) -> None:
    client = room(folder)
    response = client.get(address)
    assert response.headers["content-type"].startswith("application/atom+xml")
    root = ET.fromstring(response.content)
    ids = [entry.findtext("a:id", namespaces=ATOM) for entry in root.findall("a:entry", ATOM)]
    assert ids
    assert len(ids) == len(set(ids))
    for entry in root.findall("a:entry", ATOM):
        assert entry.findtext("a:updated", namespaces=ATOM)
        link = entry.find("a:link", ATOM)
        assert link is not None
        assert client.get(link.attrib["href"].removeprefix("http://testserver")).status_code == 200


def test_rss_is_well_formed_and_hostile_text_stays_text(folder: Path) -> None:
    response = room(folder).get("/feed.rss")
    root = ET.fromstring(response.content)
    titles = [item.findtext("title") or "" for item in root.iter("item")]
    assert any(SCRIPT in title for title in titles)
    assert SCRIPT.encode() not in response.content


def test_a_feed_of_no_mediation_is_missing(folder: Path) -> None:
    client = room(folder)
    assert client.get("/mediations/none/feed.atom").status_code == 404
    assert client.get("/feed.json").status_code == 404


def test_a_webhook_is_told_of_new_steps_alone_and_signs(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    first, second, _ = quiet()
    add(folder, [first])
    held = library(folder)
    sent: list[tuple[str, bytes, dict[str, str]]] = []
    hook = Webhook("https://desk.example/hook", "secret", lambda *call: sent.append(call))
    hook.begin(held.shelf())
    held.listen(lambda shelf: (thread := hook.tell(shelf)) and thread.join(10))
    add(folder, [second])  # the same steps, told again
    assert held.look()
    assert not sent
    later = moved(sample_reading(), "later", 400)
    steps = tuple(
        type(step).from_dict(step.to_dict() | {"when": later.events[1].when.to_dict() | {
            "earliest": "2001-12-01", "latest": "2001-12-01", "basis": "stated"}})
        for step in later.mediations[0].steps
    )  # fmt: skip
    from dataclasses import replace

    add(folder, [replace(later, mediations=(replace(later.mediations[0], steps=steps),))])
    assert held.look()
    ((address, body, headers),) = sent
    assert address == "https://desk.example/hook"
    assert headers[SIGNATURE] == "sha256=" + hmac.new(b"secret", body, hashlib.sha256).hexdigest()
    news = json.loads(body)
    assert news["new"] == len(news["steps"]) == 2
    assert {step["mediation"] for step in news["steps"]} == {"ERI-ETH"}


def test_a_webhook_that_is_not_there_is_tried_again_and_does_no_harm(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    add(folder, quiet())
    tried = []

    def refuse(*call: object) -> None:
        tried.append(call)
        raise ConnectionRefusedError

    hook = Webhook("http://127.0.0.1:1/", send=refuse)
    thread = hook.tell(library(folder).shelf())  # nothing was known before: all is new
    assert thread is not None
    thread.join(10)
    assert len(tried) == 3
