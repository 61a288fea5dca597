"""Tell another program of new steps: one POST of JSON after each batch that brought some, signed."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import urllib.request
from collections.abc import Callable
from threading import Thread
from typing import Any

from dragoman.mediation.wording import step_sentence
from dragoman.web import urls
from dragoman.web.library import Shelf

SIGNATURE = "X-Dragoman-Signature"

_TIMEOUT = 10.0
_MOST_STEPS = 200
_log = logging.getLogger("dragoman.web")

Send = Callable[[str, bytes, dict[str, str]], None]


class Webhook:
    """Knows which steps were there, and sends those that were not."""

    def __init__(self, address: str, secret: str | None = None, send: Send | None = None) -> None:
        """Args: secret: what the signature (HMAC-SHA256 of the body) is made with; send: what posts, for tests."""
        self._address = address
        self._secret = secret
        self._send = send or _post
        self._known: dict[str, frozenset[str]] = {}

    def begin(self, shelf: Shelf) -> None:
        """Take what is there as known."""
        self._known = self._reports(shelf)

    def tell(self, shelf: Shelf) -> Thread | None:
        """Send what is new since the last call; from a thread of its own, which is given back."""
        body = self._news(shelf)
        if body is None:
            return None
        headers = {"content-type": "application/json"}
        if self._secret:
            mac = hmac.new(self._secret.encode(), body, hashlib.sha256).hexdigest()
            headers[SIGNATURE] = f"sha256={mac}"
        thread = Thread(target=self._sent, args=(body, headers), name="dragoman-webhook", daemon=True)
        thread.start()
        return thread

    def _news(self, shelf: Shelf) -> bytes | None:
        before, self._known = self._known, self._reports(shelf)
        steps: list[dict[str, Any]] = []
        for file in shelf.files():
            known = before.get(file.id, frozenset())
            for item in file.steps:
                if known.isdisjoint(item.reports):
                    sentence = step_sentence(item.step, shelf.names.__getitem__)
                    steps.append({"mediation": file.id, "id": item.id, "sentence": sentence,
                                  "page": urls.step(file.id, item.id), "step": item.step.to_dict()})  # fmt: skip
        if not steps:
            return None
        news = {"kind": "steps", "version": shelf.info.version, "new": len(steps), "steps": steps[:_MOST_STEPS]}
        return json.dumps(news, ensure_ascii=False).encode()

    @staticmethod
    def _reports(shelf: Shelf) -> dict[str, frozenset[str]]:
        return {file.id: frozenset(report.id for report in file.reports) for file in shelf.files()}

    def _sent(self, body: bytes, headers: dict[str, str]) -> None:
        for attempt in (1, 2, 3):
            try:
                self._send(self._address, body, headers)
            except OSError as error:
                _log.warning("the webhook could not be reached (%d of 3): %s", attempt, error)
            else:
                return


def _post(address: str, body: bytes, headers: dict[str, str]) -> None:
    request = urllib.request.Request(address, data=body, headers=headers, method="POST")
    with urllib.request.urlopen(request, timeout=_TIMEOUT) as response:
        response.read(1024)
