"""Forms that are sent: a review, and the token at the door."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dragoman.errors import DragomanError
from dragoman.store.reviews import Correction
from dragoman.web import corrections, pages, security, urls
from dragoman.web.contexts import LoginPage
from dragoman.web.library import Library, Shelf
from dragoman.web.room import room_of
from dragoman.web.views import reviews

AUTHOR = "dragoman_author"
YEAR = 365 * 86400


async def review_given(request: Request) -> Response:
    """Keep a review, and go back to its event."""
    fields = await pages.form(request)
    return await run_in_threadpool(_take_review, request, dict(fields))


def _take_review(request: Request, fields: dict[str, str]) -> Response:
    library = room_of(request).library
    with library.shelf() as shelf:
        return _reviewed(request, fields, library, shelf)


def _reviewed(request: Request, fields: dict[str, str], library: Library, shelf: Shelf) -> Response:
    at = request.path_params
    shown = reviews.review(shelf, library, at["id"], at["event"], fields.get("author", "")[:200])
    if shown is None:
        return pages.failed(request, 404, "There is nothing of that name.")
    try:
        verdict = corrections.verdict_of(fields.get("verdict", ""))
        correction = corrections.of_form(fields, shown.event) if verdict == "correct" else Correction()
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
        response.set_cookie(AUTHOR, author, max_age=YEAR, httponly=True, samesite="lax")
    return response


def login(request: Request) -> Response:
    """Where the token is asked for."""
    return pages.rendered("login", LoginPage(_local(pages.one(request, "then", 2000)), False), request)


async def login_given(request: Request) -> Response:
    """Let in who knows the token."""
    fields = await pages.form(request)
    token, then = room_of(request).doors.token, _local(fields.get("then", ""))
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
