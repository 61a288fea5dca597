"""The reading room as an application: its routes, and what holds for all of them."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from threading import Event as Flag
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from dragoman.errors import DragomanError
from dragoman.mediation import steps_csv, to_json
from dragoman.mediation.brief import markdown
from dragoman.store.reviews import Correction
from dragoman.version import VERSION
from dragoman.web import api, export, feeds, pages, questions, security, urls
from dragoman.web.contexts import LoginPage, SqlPage
from dragoman.web.library import Library, Shelf
from dragoman.web.security import Doors, Guard
from dragoman.web.selection import ParameterError, Selection
from dragoman.web.views import actors, articles, codebook, events, front, mediation, reviews
from dragoman.web.webhooks import Webhook

_log = logging.getLogger("dragoman.web")
_SEEN, _AUTHOR = "dragoman_seen", "dragoman_author"
_YEAR = 365 * 86400
_WATCH = 2.0


@dataclass(frozen=True, slots=True)
class Room:
    """What the routes stand in."""

    library: Library
    doors: Doors


def create_app(library: Library, doors: Doors | None = None, webhook: Webhook | None = None) -> FastAPI:
    """The application over an archive.

    Args:
        library: the archive.
        doors: who may come in; without it, whoever is on this machine.
        webhook: whom to tell of new steps.
    """
    doors = doors or Doors()

    @contextlib.asynccontextmanager
    async def watching(app: FastAPI) -> AsyncIterator[None]:
        stop = Flag()
        library.watch(_WATCH, stop)
        try:
            yield
        finally:
            stop.set()

    if webhook is not None:
        with library.shelf() as shelf:
            webhook.begin(shelf)
        library.listen(webhook.tell)
    app = FastAPI(
        title="Dragoman",
        version=VERSION,
        summary="What the archive holds, as JSON.",
        openapi_url="/api/openapi.json",
        docs_url=None,  # both would come from a CDN
        redoc_url=None,
        lifespan=watching,
        middleware=[Middleware(Guard, doors=doors), Middleware(GZipMiddleware, minimum_size=1000)],
        redirect_slashes=False,
    )
    described = app.openapi

    def openapi() -> dict[str, Any]:
        return app.openapi_schema or api.named_as_in_the_contract(described())

    app.openapi = openapi  # type: ignore[method-assign]
    app.state.room = Room(library, doors)
    app.state.printed = pages.Printed()
    app.router.routes.extend(_ROUTES)
    app.include_router(api.router)
    app.add_exception_handler(DragomanError, _refused)
    app.add_exception_handler(HTTPException, _missing)
    app.add_exception_handler(RequestValidationError, _unfit)
    app.add_exception_handler(Exception, _broken)
    return app


# ── errors ──


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, DragomanError)
    if pages.status_of(error) == 500:
        return _broken(request, error)
    return pages.failed(request, pages.status_of(error), str(error))


def _missing(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    words = {404: "There is no such page.", 405: "That cannot be done here."}.get(error.status_code, str(error.detail))
    response = pages.failed(request, error.status_code, words)
    response.headers.update(error.headers or {})
    return response


def _unfit(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    return pages.failed(request, 422, f"{'.'.join(map(str, first['loc'][1:]))}: {first['msg']}")


def _broken(request: Request, error: Exception) -> Response:
    _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return pages.failed(request, 500, "Something went wrong here. It is in the log of the server.")


# ── pages ──


def _room(request: Request) -> Room:
    room: Room = request.app.state.room
    return room


def _page(request: Request, name: str, make: Callable[[Shelf], Any], *also: object) -> Response:
    """The page of a context that `make` gives; 404 where it gives None."""
    with _room(request).library.shelf() as shelf:

        def made() -> Response:
            context = make(shelf)
            if context is None:
                return pages.failed(request, 404, "There is nothing of that name.")
            return pages.rendered(name, context, request)

        return pages.answer(request, shelf, made, *also)


def _home(request: Request) -> Response:
    since = pages.day_of(request, "since")
    seen = request.cookies.get(_SEEN, "")
    before = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else None
    response = _page(request, "home", lambda shelf: front.home(shelf, since, before), before)
    version = _room(request).library.shelf().info.version
    response.set_cookie(_SEEN, str(version), max_age=_YEAR, httponly=True, samesite="lax")
    return response


def _mediations(request: Request) -> Response:
    as_of = pages.day_of(request, "as_of")
    return _page(request, "mediations", lambda shelf: front.mediations(shelf, as_of))


def _mediation(request: Request) -> Response:
    by = pages.one(request, "by") or "kind"
    if by not in ("kind", "mediator"):
        raise ParameterError("by: it is kind or mediator")
    days = [pages.day_of(request, name) for name in ("as_of", "first", "last")]
    page = pages.page_of(request)
    identifier = request.path_params["id"]
    return _page(
        request, "mediation", lambda shelf: mediation.mediation(shelf, identifier, days[0], by, days[1], days[2], page)
    )


def _step(request: Request) -> Response:
    as_of, at = pages.day_of(request, "as_of"), request.path_params
    return _page(request, "step", lambda shelf: mediation.step(shelf, at["id"], at["step"], as_of))


def _brief(request: Request) -> Response:
    as_of, since = pages.day_of(request, "as_of"), pages.day_of(request, "since")
    identifier = request.path_params["id"]
    if pages.one(request, "format") == "markdown":
        with _room(request).library.shelf() as shelf:
            text = markdown(mediation.brief(shelf, identifier, as_of, since).brief)
        return PlainTextResponse(text, media_type="text/markdown; charset=utf-8")
    return _page(request, "brief", lambda shelf: mediation.brief(shelf, identifier, as_of, since))


def _steps_export(request: Request) -> Response:
    as_of, suffix = pages.day_of(request, "as_of"), request.path_params["suffix"]
    with _room(request).library.shelf() as shelf:
        file = shelf.file(request.path_params["id"], as_of)
    if suffix == "csv":
        return export.download(steps_csv(file).encode(), "text/csv; charset=utf-8", "steps.csv")
    if suffix == "json":
        return export.download(to_json(file).encode(), "application/json", "mediation.json")
    return pages.failed(request, 404, "Steps come as csv or json.")


def _feed(request: Request) -> Response:
    identifier, suffix = request.path_params.get("id"), request.path_params["suffix"]
    if suffix not in feeds.MEDIA_TYPES:
        return pages.failed(request, 404, "Feeds come as atom or rss.")
    base = str(request.base_url).rstrip("/")

    with _room(request).library.shelf() as shelf:

        def made() -> Response:
            return Response(feeds.feed(shelf, base, suffix, identifier), media_type=feeds.MEDIA_TYPES[suffix])

        return pages.answer(request, shelf, made)


def _articles(request: Request) -> Response:
    search, source = pages.one(request, "q"), pages.one(request, "source")
    since, until = pages.day_of(request, "since"), pages.day_of(request, "until")
    page = pages.page_of(request)
    return _page(request, "articles", lambda shelf: articles.articles(shelf, search, since, until, source, page))


def _article(request: Request) -> Response:
    return _page(request, "article", lambda shelf: articles.article(shelf, request.path_params["id"]))


def _tree(request: Request) -> Response:
    at = request.path_params
    return _page(request, "tree", lambda shelf: articles.tree(shelf, at["id"], at["number"]))


def _events(request: Request) -> Response:
    selection = Selection.read(pages.pairs(request))
    show = pages.one(request, "show") or "table"
    if show not in events.SHOWN:
        raise ParameterError(f"show: it is one of {', '.join(events.SHOWN)}")
    page = pages.page_of(request)
    return _page(request, "events", lambda shelf: events.events(shelf, selection, show, page))


def _events_export(request: Request) -> Response:
    selection = Selection.read(pages.pairs(request))
    # Not given back: the file is still on its way when this returns.
    return export.events(request, _room(request).library.shelf(), selection, request.path_params["suffix"])


def _actors(request: Request) -> Response:
    search, page = pages.one(request, "q"), pages.page_of(request)
    return _page(request, "actors", lambda shelf: actors.actors(shelf, search, page))


def _actor(request: Request) -> Response:
    return _page(request, "actor", lambda shelf: actors.actor(shelf, request.path_params["id"]))


def _codebook(request: Request) -> Response:
    return _page(request, "codebook", codebook.codebook)


def _type(request: Request) -> Response:
    return _page(request, "type", lambda shelf: codebook.type_(shelf, request.path_params["name"]))


def _reviews(request: Request) -> Response:
    library, page = _room(request).library, pages.page_of(request)
    return _page(request, "reviews", lambda shelf: reviews.reviews(shelf, library, page))


def _review(request: Request) -> Response:
    library, at = _room(request).library, request.path_params
    author = request.cookies.get(_AUTHOR, "")[:200]
    return _page(request, "review", lambda shelf: reviews.review(shelf, library, at["id"], at["event"], author), author)


async def _review_given(request: Request) -> Response:
    fields = await pages.form(request)
    return await run_in_threadpool(_take_review, request, dict(fields))


def _take_review(request: Request, fields: dict[str, str]) -> Response:
    library = _room(request).library
    with library.shelf() as shelf:
        return _reviewed(request, fields, library, shelf)


def _reviewed(request: Request, fields: dict[str, str], library: Library, shelf: Shelf) -> Response:
    at = request.path_params
    shown = reviews.review(shelf, library, at["id"], at["event"], fields.get("author", "")[:200])
    if shown is None:
        return pages.failed(request, 404, "There is nothing of that name.")
    try:
        verdict = api.verdict_of(fields.get("verdict", ""))
        correction = reviews.correction_of(fields, shown.event) if verdict == "correct" else Correction()
        library.reviews.add(
            shown.event, shown.article.id, shown.article.published, shown.sentence, verdict,
            fields.get("author", ""), correction, fields.get("note") or None,
        )  # fmt: skip
    except DragomanError as error:
        again = reviews.review(shelf, library, at["id"], at["event"], fields.get("author", "")[:200], str(error))
        return pages.rendered("review", again, request, 422)
    response = RedirectResponse(urls.article(shown.article.id, event=shown.event.id), 303)
    author = " ".join(fields.get("author", "").split())
    if author.isascii() and author.isprintable():
        response.set_cookie(_AUTHOR, author, max_age=_YEAR, httponly=True, samesite="lax")
    return response


def _sql(request: Request) -> Response:
    question = pages.one(request, "q", 8000)
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[object, ...], ...] = ()
    cut, error, seconds = False, None, None
    with _room(request).library.shelf() as shelf:
        if question:
            try:
                found = questions.ask(shelf.archive, question)
                columns, rows, cut, seconds = found.columns, found.rows, found.cut, found.seconds
            except questions.QuestionError as wrong:
                error = str(wrong)
        views = shelf.keep("views", lambda: questions.tables(shelf.archive))
    page = SqlPage(question, columns, rows, cut, error, seconds, views)
    return pages.rendered("sql", page, request, 422 if error else 200)


def _api(request: Request) -> Response:
    return _page(request, "api", lambda shelf: api.described(request.app.openapi()))


def _login(request: Request) -> Response:
    return pages.rendered("login", LoginPage(_local(pages.one(request, "then", 2000)), False), request)


async def _login_given(request: Request) -> Response:
    fields = await pages.form(request)
    token, then = _room(request).doors.token, _local(fields.get("then", ""))
    if token is not None and not security.same(fields.get("token", ""), token):
        return pages.rendered("login", LoginPage(then, True), request, 401)
    response = RedirectResponse(then, 303)
    if token is not None:
        secure = request.url.scheme == "https"
        response.set_cookie(security.COOKIE, security.pass_of(token), httponly=True, samesite="strict", secure=secure)
    return response


def _local(then: str) -> str:
    """An address of ours, or the front page: nobody is sent elsewhere."""
    return then if then.startswith("/") and not then.startswith(("//", "/\\")) and then.isprintable() else "/"


def _robots(request: Request) -> Response:
    return PlainTextResponse("User-agent: *\nDisallow: /\n")


_ROUTES = [
    Route("/", _home),
    Route("/mediations", _mediations),
    Route("/mediations/{id}", _mediation),
    Route("/mediations/{id}/brief", _brief),
    Route("/mediations/{id}/steps.{suffix}", _steps_export),
    Route("/mediations/{id}/feed.{suffix}", _feed),
    Route("/mediations/{id}/steps/{step}", _step),
    Route("/feed.{suffix}", _feed),
    Route("/articles", _articles),
    Route("/articles/{id}", _article),
    Route("/articles/{id}/sentences/{number:int}", _tree),
    Route("/articles/{id}/events/{event}/review", _review),
    Route("/articles/{id}/events/{event}/review", _review_given, methods=["POST"]),
    Route("/events", _events),
    Route("/events.{suffix}", _events_export),
    Route("/actors", _actors),
    Route("/actors/{id}", _actor),
    Route("/codebook", _codebook),
    Route("/codebook/{name}", _type),
    Route("/reviews", _reviews),
    Route("/sql", _sql),
    Route("/api", _api),
    Route("/login", _login),
    Route("/login", _login_given, methods=["POST"]),
    Route("/robots.txt", _robots),
    Route("/static/{version}/{name}", pages.static),
]
