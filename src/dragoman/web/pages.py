"""From a context to an answer: templates, static files, ETags, errors in words."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from http import HTTPStatus
from importlib import resources
from threading import Lock
from typing import Any
from urllib.parse import parse_qs

import duckdb
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from dragoman.errors import DragomanError
from dragoman.presentation import wording
from dragoman.version import VERSION
from dragoman.web import urls
from dragoman.web.contexts import ErrorPage
from dragoman.web.library import OneAtATime, Shelf
from dragoman.web.questions import without_paths
from dragoman.web.selection import ParameterError, day

_STATIC = {
    "style.css": "text/css; charset=utf-8",
    "room.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
_MOST_PAGES = 100_000


@cache
def _static_files() -> dict[str, bytes]:
    folder = resources.files(__package__) / "static"
    return {name: (folder / name).read_bytes() for name in _STATIC}


@cache
def static_version() -> str:
    """Changes with the files, so that browsers may keep each for good."""
    return hashlib.sha256(b"".join(_static_files()[name] for name in sorted(_STATIC))).hexdigest()[:12]


def static(request: Request) -> Response:
    """A file of ours."""
    name = request.path_params["name"]
    if name not in _STATIC:
        return failed(request, 404, "There is no such file.")
    headers = {"cache-control": "public, max-age=31536000, immutable"}
    return Response(_static_files()[name], media_type=_STATIC[name], headers=headers)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("dragoman.web"),
        autoescape=True,  # whatever a template is called: every text comes from strangers
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "urls": urls,
        "version": VERSION,
        "static": lambda name: urls.static(name, static_version()),
        "counted": wording.counted,
        "drawn": Markup,  # for our own SVG alone
        "web_address": web_address,
    }
    environment.filters |= {
        "day": wording.day,
        "days": wording.days,
        "deed": wording.deed,
        "place": wording.place,
        "quote": quote,
        "number": lambda value: f"{value:,}",
        "percent": lambda value: f"{100 * value:.0f}\N{NO-BREAK SPACE}%",
    }
    return environment


def quote(text: str) -> Markup:
    """A text in quotation marks, unless it brings its own."""
    inner = escape(" ".join(text.split()))
    return Markup('<bdi dir="auto">{}</bdi>' if text[:1] in "\"'“‘«„" else '<q dir="auto">{}</q>').format(inner)


def web_address(url: str | None) -> str | None:
    """A link only where it leads to the web: an address may be anything, a script too."""
    return url if url and url.lower().startswith(("https://", "http://")) else None


def rendered(name: str, context: Any, request: Request, status: int = 200) -> HTMLResponse:
    """The page of a context."""
    text = (
        _environment()
        .get_template(f"{name}.html")
        .render(
            page=context,
            path=request.url.path,
            here=str(request.url.path) + (f"?{request.url.query}" * bool(request.url.query)),
        )
    )
    return HTMLResponse(text, status)


def etag(request: Request, shelf: Shelf, *also: object) -> str:
    """What an answer is the same as long as: program, archive, reviews and question."""
    parts = (VERSION, static_version(), shelf.version, str(request.url), *map(str, also))
    return f'W/"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:24]}"'


def matches(request: Request, tag: str) -> bool:
    """Whether the asker holds this answer already."""
    held = request.headers.get("if-none-match", "")
    return any(value.strip().removeprefix("W/") == tag.removeprefix("W/") for value in held.split(","))


class Printed:
    """The pages that were made last, ready to be sent again: an ETag says all that they depend on."""

    def __init__(self, most: int = 64 * 1024 * 1024) -> None:
        """Args: most: bytes that may be held."""
        self._held: OrderedDict[str, Response] = OrderedDict()
        self._most, self._size = most, 0
        self.one = OneAtATime()
        self._lock = Lock()

    def get(self, tag: str) -> Response | None:
        """The answer with this ETag, if it is held; a copy, to which a cookie may be added."""
        with self._lock:
            found = self._held.get(tag)
            if found is None:
                return None
            self._held.move_to_end(tag)
        return Response(found.body, found.status_code, media_type=found.media_type)

    def put(self, tag: str, response: Response) -> None:
        """Hold an answer; the oldest go where there is no more room."""
        with self._lock:
            if tag in self._held or len(response.body) > self._most // 8:
                return
            self._held[tag] = Response(response.body, response.status_code, media_type=response.media_type)
            self._size += len(response.body)
            while self._size > self._most:
                _, gone = self._held.popitem(last=False)
                self._size -= len(gone.body)


def answer(request: Request, shelf: Shelf, make: Callable[[], Response], *also: object) -> Response:
    """What `make` gives, with its ETag; or nothing but that, where the asker has the same already."""
    tag = etag(request, shelf, *also)
    headers = {"etag": tag, "cache-control": "private, no-cache"}
    if matches(request, tag):
        return Response(status_code=304, headers=headers)
    printed: Printed = request.app.state.printed
    response = printed.get(tag)
    if response is None:
        with printed.one.making(tag):
            response = printed.get(tag) or make()
            if response.status_code == 200:
                printed.put(tag, response)
    if response.status_code == 200:
        response.headers.update(headers)
    return response


def failed(request: Request, status: int, words: str) -> Response:
    """A page, or JSON, that says what went wrong, and nothing of the machine."""
    words = without_paths(words)
    words = words[:1].upper() + words[1:]
    if request.url.path.startswith("/api/"):
        from starlette.responses import JSONResponse

        return JSONResponse({"detail": words}, status)
    title = "Not understood" if status == 422 else HTTPStatus(status).phrase
    return rendered("error", ErrorPage(status, title, words), request, status)


# ── what stands in an address ──


def one(request: Request, name: str, longest: int = 200) -> str:
    """A parameter as text, empty where it is not given.

    Raises:
        ParameterError: it is too long.
    """
    value = request.query_params.get(name, "").strip()
    if len(value) > longest or "\0" in value:
        raise ParameterError(f"{name}: {longest} characters at most, and none of them null")
    return value


def day_of(request: Request, name: str) -> date | None:
    """A parameter as a day; None where it is not given.

    Raises:
        ParameterError: it is no day.
    """
    value = one(request, name)
    return day(value, name) if value else None


def page_of(request: Request) -> int:
    """The number of the page that is wanted, from 1.

    Raises:
        ParameterError: it is no such number.
    """
    value = one(request, "page") or "1"
    if not value.isascii() or not value.isdigit() or not 1 <= int(value) <= _MOST_PAGES:
        raise ParameterError(f"page: {value[:20]!r} is no number of a page")
    return int(value)


def pairs(request: Request) -> dict[str, list[str]]:
    """All parameters by name."""
    found: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        found.setdefault(name, []).append(value)
    return found


async def form(request: Request) -> Mapping[str, str]:
    """The fields of a form that was sent."""
    body = await request.body()
    try:
        fields = parse_qs(body.decode("utf-8"), keep_blank_values=True, max_num_fields=64)
    except ValueError as error:
        raise ParameterError("that is no form") from error
    return {name: values[-1].strip() for name, values in fields.items()}


def status_of(error: DragomanError) -> int:
    """Which answer an error is: a bad question, a failure of ours, or something that is not there."""
    if isinstance(error, ParameterError):
        return 422
    return 500 if isinstance(error.__cause__, duckdb.Error) else 404
