"""What stands between the pages and strangers: headers, hosts, the token, origins and rates.

Every text that comes from an article is escaped where it is printed (the templates do it); the policy below makes sure
that even a slip there could not run a script.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import time
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dragoman.web import urls

COOKIE = "dragoman_token"

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
_OPEN = ("/login", "/static/")
_READS = frozenset({"GET", "HEAD", "OPTIONS"})
_MOST_BODY = 64 * 1024
_MOST_ADDRESS = 8 * 1024
_MOST_CLIENTS = 10_000


@dataclass(frozen=True, slots=True)
class Doors:
    """Who may come in.

    Attributes:
        token: what must be shown; None lets everyone in, which is for loopback or behind a proxy that asks itself.
        hosts: the names under which we answer; empty for any. Without it a page of somebody else's could have its own
            name point here and read the archive (DNS rebinding).
        rate: requests a second and client, over time; 0 for no limit.
        burst: how many may come at once.
        origins: pages of other addresses that may read the API; none unless asked.
    """

    token: str | None = None
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]", "testserver")
    rate: float = 30.0
    burst: int = 120
    origins: tuple[str, ...] = ()


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach it."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def pass_of(token: str) -> str:
    """What the cookie holds: it proves the token without being it."""
    return hmac.new(token.encode(), b"dragoman reading room", hashlib.sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Whether two secrets are the same, in the same time whatever they are."""
    return hmac.compare_digest(one.encode(), other.encode())


class Rates:
    """A bucket of requests for each client, filled again with time."""

    def __init__(self, rate: float, burst: int) -> None:
        self._rate, self._burst = rate, burst
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def wait(self, client: str, cost: float = 1.0) -> float:
        """Take from the client's bucket; the seconds to wait where it is empty, else 0."""
        if self._rate <= 0:
            return 0.0
        now = time.monotonic()
        with self._lock:
            left, last = self._held.pop(client, (float(self._burst), now))
            left = min(self._burst, left + (now - last) * self._rate)
            enough = left >= cost
            self._held[client] = (left - cost if enough else left, now)
            if len(self._held) > _MOST_CLIENTS:
                self._held.popitem(last=False)
        return 0.0 if enough else (cost - left) / self._rate


class Guard:
    """The middleware that keeps the doors and dresses every answer."""

    def __init__(self, app: ASGIApp, doors: Doors) -> None:
        self.app = app
        self.doors = doors
        self.rates = Rates(doors.rate, doors.burst)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or say why not."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        origin = self._allowed_origin(request)

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                if origin is not None:
                    headers["access-control-allow-origin"] = origin
                    headers["cross-origin-resource-policy"] = "cross-origin"
                    headers.add_vary_header("Origin")
            await send(message)

        refusal = self._refusal(request)
        if refusal is not None:
            await refusal(scope, receive, dressed)
            return
        await self.app(scope, _bounded(receive), dressed)

    def _refusal(self, request: Request) -> Response | None:
        doors, path = self.doors, request.url.path
        if len(request.url.path) + len(request.url.query) > _MOST_ADDRESS:
            return _said(request, 414, "That address is too long.")
        if doors.hosts and _host(request.headers) not in doors.hosts:
            return _said(request, 421, "This name does not lead to the reading room.")
        length = request.headers.get("content-length", "0")
        if not length.isdigit() or int(length) > _MOST_BODY:
            return _said(request, 413, "That is too much at once.")
        if not path.startswith("/static/"):
            # What a token has been shown for counts as its own client: guesses from one address do not lock it out.
            client = request.client.host if request.client else "?"
            wait = self.rates.wait(client, cost=10.0 if path == "/login" and request.method == "POST" else 1.0)
            if wait:
                refused = _said(request, 429, "Too many requests; wait a moment.")
                refused.headers["retry-after"] = str(max(1, round(wait)))
                return refused
        if request.method not in _READS and not self._from_here(request):
            return _said(request, 403, "A form of another site was sent here; it was not taken.")
        if doors.token is not None and not path.startswith(_OPEN) and not self._shown(request):
            if request.method == "GET" and not path.startswith("/api/"):
                return RedirectResponse(urls.login(str(request.url.path)), 303)
            return _said(request, 401, "A token is needed.", {"www-authenticate": "Bearer"})
        return None

    def _shown(self, request: Request) -> bool:
        token = self.doors.token or ""
        kind, _, value = request.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and same(value.strip(), token):
            return True
        return same(request.cookies.get(COOKIE, ""), pass_of(token))

    def _from_here(self, request: Request) -> bool:
        """Whether a request that changes something comes from a page of ours or a program, not from another site."""
        if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return False
        origin = request.headers.get("origin")
        return origin is None or urlsplit(origin).netloc == request.headers.get("host", "")

    def _allowed_origin(self, request: Request) -> str | None:
        origin = request.headers.get("origin")
        return origin if origin in self.doors.origins and request.url.path.startswith("/api/") else None


def _host(headers: Headers) -> str:
    host = headers.get("host", "")
    return host.rsplit(":", 1)[0] if not host.endswith("]") and ":" in host else host


def _bounded(receive: Receive) -> Receive:
    """A body whose length nobody has told is read no further than one that was told may be long."""
    taken = 0

    async def bounded() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > _MOST_BODY:
            return {"type": "http.disconnect"}
        return message

    return bounded


def _said(request: Request, status: int, words: str, headers: dict[str, str] | None = None) -> Response:
    if request.url.path.startswith("/api/"):
        return JSONResponse({"detail": words}, status, headers)
    return PlainTextResponse(words + "\n", status, headers)
