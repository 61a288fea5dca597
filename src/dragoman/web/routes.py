"""The pages: what each address is answered with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dragoman.mediation import steps_csv, to_json
from dragoman.mediation.brief import markdown
from dragoman.web import export, feeds, pages, posts, questions
from dragoman.web.api import described
from dragoman.web.contexts import SqlPage
from dragoman.web.lessons import lessons
from dragoman.web.library import Shelf
from dragoman.web.room import room_of
from dragoman.web.selection import ParameterError, Selection
from dragoman.web.views import actors, articles, codebook, events, front, mediation, reviews

SEEN = "dragoman_seen"


def _page(request: Request, name: str, make: Callable[[Shelf], Any], *also: object) -> Response:
    """The page of a context that `make` gives; 404 where it gives None."""
    with room_of(request).library.shelf() as shelf:

        def made() -> Response:
            context = make(shelf)
            if context is None:
                return pages.failed(request, 404, "There is nothing of that name.")
            return pages.rendered(name, context, request)

        return pages.answer(request, shelf, made, *also)


def _home(request: Request) -> Response:
    since = pages.day_of(request, "since")
    seen = request.cookies.get(SEEN, "")
    before = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else None
    response = _page(request, "home", lambda shelf: front.home(shelf, since, before), before)
    version = room_of(request).library.shelf().info.version
    response.set_cookie(SEEN, str(version), max_age=posts.YEAR, httponly=True, samesite="lax")
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
        with room_of(request).library.shelf() as shelf:
            text = markdown(mediation.brief(shelf, identifier, as_of, since).brief)
        return PlainTextResponse(text, media_type="text/markdown; charset=utf-8")
    return _page(request, "brief", lambda shelf: mediation.brief(shelf, identifier, as_of, since))


def _steps_export(request: Request) -> Response:
    as_of, suffix = pages.day_of(request, "as_of"), request.path_params["suffix"]
    with room_of(request).library.shelf() as shelf:
        file = shelf.file(request.path_params["id"], as_of)
    if suffix == "csv":
        name = export.file_name(file.id, "steps.csv")
        return export.download(steps_csv(file).encode(), "text/csv; charset=utf-8", name)
    if suffix == "json":
        name = export.file_name(file.id, "mediation.json")
        return export.download(to_json(file).encode(), "application/json", name)
    return pages.failed(request, 404, "Steps come as csv or json.")


def _feed(request: Request) -> Response:
    identifier, suffix = request.path_params.get("id"), request.path_params["suffix"]
    if suffix not in feeds.MEDIA_TYPES:
        return pages.failed(request, 404, "Feeds come as atom or rss.")
    base = str(request.base_url).rstrip("/")

    with room_of(request).library.shelf() as shelf:

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
    return export.events(request, room_of(request).library.shelf(), selection, request.path_params["suffix"])


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
    library, page = room_of(request).library, pages.page_of(request)
    return _page(request, "reviews", lambda shelf: reviews.reviews(shelf, library, page))


def _lessons(request: Request) -> Response:
    with room_of(request).library.shelf() as shelf:
        lines = "".join(f"{line}\n" for line in lessons(shelf))
    return export.download(lines.encode("utf-8", "replace"), "text/tab-separated-values; charset=utf-8", "reviews.tsv")


def _review(request: Request) -> Response:
    library, at = room_of(request).library, request.path_params
    author = request.cookies.get(posts.AUTHOR, "")[:200]
    return _page(request, "review", lambda shelf: reviews.review(shelf, library, at["id"], at["event"], author), author)


def _sql(request: Request) -> Response:
    question = pages.one(request, "q", 8000)
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[object, ...], ...] = ()
    cut, error, seconds = False, None, None
    with room_of(request).library.shelf() as shelf:
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
    return _page(request, "api", lambda shelf: described.described(request.app.openapi()))


def _robots(request: Request) -> Response:
    return PlainTextResponse("User-agent: *\nDisallow: /\n")


ROUTES = [
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
    Route("/articles/{id}/events/{event}/review", posts.review_given, methods=["POST"]),
    Route("/events", _events),
    Route("/events.{suffix}", _events_export),
    Route("/actors", _actors),
    Route("/actors/{id}", _actor),
    Route("/codebook", _codebook),
    Route("/codebook/{name}", _type),
    Route("/reviews", _reviews),
    Route("/reviews.tsv", _lessons),
    Route("/sql", _sql),
    Route("/api", _api),
    Route("/login", posts.login),
    Route("/login", posts.login_given, methods=["POST"]),
    Route("/robots.txt", _robots),
    Route("/static/{version}/{name}", pages.static),
]
