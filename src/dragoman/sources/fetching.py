"""Pages from the web, asked for as a guest should: by robots.txt, slowly, and not for ever."""

from __future__ import annotations

import re
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from dragoman.errors import FetchError
from dragoman.sources.addresses import resolve
from dragoman.sources.extras import extra
from dragoman.sources.source import Limits, Web

if TYPE_CHECKING:
    import httpx
    from protego import Protego

_BUSY = {429, 500, 502, 503, 504}
_MOVED = {301, 302, 303, 307, 308}
# What is parsed as a tree; a server that does not say what it sends is taken to send that.
_PAGES = re.compile(r"html|xml|text/|^$")
# RFC 9309: at least so much of a robots.txt has to be read.
_ROBOTS = 512_000
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w:.-]{2,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server sent: the address in the end, the bytes, and what it says they are."""

    url: str
    data: bytes
    mime: str
    charset: str | None


class _Busy(Exception):
    """It may work the next time; `wait` is how long the server asks to wait, in seconds."""

    def __init__(self, words: str, wait: float | None = None) -> None:
        super().__init__(words)
        self.wait = wait


@dataclass(slots=True)
class Fetcher:
    """Fetches pages one after another, and remembers whom it has asked when.

    Attributes:
        limits: how much is fetched, of pages and feeds and of other files; counted as unpacked.
    """

    web: Web
    limits: Limits
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _asked: dict[str, float] = field(default_factory=dict)
    _robots: dict[str, Protego | None] = field(default_factory=dict)
    _client: httpx.Client | None = None

    def __enter__(self) -> Fetcher:
        with extra("httpx"), extra("httpcore"):
            import httpx
        with extra("protego"):
            import protego  # noqa: F401
        # No proxy of the environment: through one, the address that is checked is not the one that is asked. And no
        # connection is kept, since one that was made to an address is shared by all the names that lead there.
        self._client = httpx.Client(
            headers={"User-Agent": self.web.user_agent, "Accept-Encoding": "gzip"},
            timeout=self.web.timeout,
            limits=httpx.Limits(max_keepalive_connections=0),
            trust_env=False,
        )
        return self

    def __exit__(self, *_: object) -> None:
        if self._client is not None:
            self._client.close()

    def fetch(self, url: str) -> Fetched:
        """The page at this address.

        Raises:
            FetchError: it cannot be had, may not be had, or never ends; the message says which.
        """
        return self._follow(url, self._check_robots)

    def _follow(self, url: str, allowed: Callable[[httpx.URL], None]) -> Fetched:
        seen: list[str] = []
        while True:
            target = _parsed(url)
            if str(target) in seen:
                raise FetchError(f"it redirects in a circle, by way of {target}")
            if len(seen) > self.web.redirects:
                raise FetchError(f"it redirects more than {self.web.redirects} times")
            seen.append(str(target))
            self._address(target)  # before its robots.txt is asked for
            allowed(target)
            found = self._persist(target)
            if isinstance(found, Fetched):
                return found
            url = str(target.join(found))

    def _persist(self, url: httpx.URL) -> Fetched | str:
        """Ask until there is an answer, or as often as is decent: a page, or where it has gone."""
        import httpx

        for attempt in range(1, self.web.tries + 1):
            self._wait_for_turn(url)
            try:
                return self._ask(url)
            except _Busy as busy:
                said, wait = str(busy), busy.wait
            except httpx.TransportError as error:
                said, wait = f"the server cannot be reached: {_words(error)}", None
            except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, ValueError) as error:
                raise FetchError(f"the server's answer cannot be read: {_words(error)}") from error
            if wait is not None and wait > self.web.longest_wait:
                raise FetchError(f"{said}, and asks to wait for {wait:,.0f} seconds")
            if attempt < self.web.tries:
                self.sleep(wait if wait is not None else 2.0 ** (attempt - 1))
        raise FetchError(f"{said}; asked {self.web.tries} times")

    def _ask(self, url: httpx.URL) -> Fetched | str:
        assert self._client is not None, "a fetcher is used within `with`"
        request = self._client.build_request(
            "GET",
            url.copy_with(host=self._address(url)),
            headers={"Host": url.netloc.decode("ascii")},
            extensions={"sni_hostname": url.raw_host.decode("ascii")},
        )
        response = self._client.send(request, stream=True, follow_redirects=False)
        try:
            status = response.status_code
            if status in _MOVED and "location" in response.headers:
                return response.headers["location"]
            if status in _BUSY:
                raise _Busy(f"the server answers {status}", _retry_after(response.headers.get("retry-after")))
            if status != 200:
                raise FetchError(f"the server answers {status}")
            kind = response.headers.get("content-type", "")
            mime = kind.partition(";")[0].strip().lower()
            charset = _CHARSET.search(kind)
            return Fetched(
                str(url),
                self._body(response, self.limits.page if _PAGES.search(mime) else self.limits.document),
                mime,
                charset[1] if charset else None,
            )
        finally:
            response.close()

    def _address(self, url: httpx.URL) -> str:
        return resolve(url.host, url.port or (443 if url.scheme == "https" else 80), private=self.web.private)

    def _body(self, response: httpx.Response, limit: int) -> bytes:
        """The content, unpacked; neither longer nor slower than it may be."""
        encoding = response.headers.get("content-encoding", "identity").strip().lower()
        if encoding not in ("identity", "gzip", "x-gzip", ""):
            raise FetchError(f"it is sent as “{encoding[:20]}”, which was not asked for")
        unpacker = zlib.decompressobj(31) if "gzip" in encoding else None
        deadline = self.clock() + 3 * self.web.timeout
        pieces, size = [], 0
        for sent in response.iter_raw():  # as it comes: a fixed size would be waited for
            try:
                piece = unpacker.decompress(sent, limit + 1 - size) if unpacker else sent
            except zlib.error as error:
                raise FetchError(f"its gzip data are damaged ({error})") from error
            pieces.append(piece)
            size += len(piece)
            if size > limit:
                raise FetchError(f"it has more than {limit:,} bytes, too many for what it is; the rest was not fetched")
            if self.clock() > deadline:
                raise FetchError(f"it was not all there after {3 * self.web.timeout:.0f} seconds")
        if unpacker and not unpacker.eof:
            raise FetchError("its gzip data break off")
        return b"".join(pieces)

    def _wait_for_turn(self, url: httpx.URL) -> None:
        robots = self._robots.get(_origin(url))
        asked_for = robots.crawl_delay(self.web.user_agent) if robots else None
        if asked_for and asked_for > self.web.longest_wait:
            raise FetchError(f"its robots.txt asks for {asked_for:,.0f} seconds between two requests")
        pause = max(self.web.delay, asked_for or 0)
        before = self._asked.get(url.host)
        if before is not None and (left := before + pause - self.clock()) > 0:
            self.sleep(left)
        self._asked[url.host] = self.clock()

    def _check_robots(self, url: httpx.URL) -> None:
        origin = _origin(url)
        if origin not in self._robots:
            self._robots[origin] = self._fetch_robots(origin)
        robots = self._robots[origin]
        if robots is not None and not robots.can_fetch(str(url), self.web.user_agent):
            raise FetchError("its robots.txt forbids it")

    def _fetch_robots(self, origin: str) -> Protego | None:
        """What robots.txt says; None if there is none. If it cannot be had, the site is left alone (RFC 9309)."""
        from protego import Protego

        self._robots[origin] = None  # it is no page itself
        try:
            found = self._follow(f"{origin}/robots.txt", lambda _: None)
        except FetchError as error:
            if re.fullmatch(r"the server answers 4\d\d", str(error)):
                return None
            del self._robots[origin]
            raise FetchError(f"its robots.txt cannot be had: {error}") from error
        try:
            return Protego.parse(found.data[:_ROBOTS].decode("utf-8", "replace"))
        except ValueError as error:
            raise FetchError(f"its robots.txt cannot be read: {_words(error)}") from error


def _parsed(url: str) -> httpx.URL:
    import httpx

    try:
        target = httpx.URL(url).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise FetchError(f"it is no address of the web: {_words(error)}") from error
    if target.scheme not in ("http", "https") or not target.host:
        raise FetchError(f"{url[:200]!r} is no address that begins with http:// or https://")
    return target.copy_with(username=None, password=None) if target.userinfo else target


def _origin(url: httpx.URL) -> str:
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


def _words(error: Exception) -> str:
    return str(error)[:200] or type(error).__name__


def _retry_after(words: str | None) -> float | None:
    """Seconds to wait, given as such or as a time of day."""
    if not words:
        return None
    if words.strip().isdecimal():
        return float(words)
    try:
        then = parsedate_to_datetime(words)
    except (TypeError, ValueError):
        return None
    now = datetime.now(UTC)
    return max(0.0, (then if then.tzinfo else then.replace(tzinfo=UTC)).timestamp() - now.timestamp())
