"""The reading room as an application: its routes, and what holds for all of them."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import AsyncIterator
from threading import Event as Flag
from threading import Thread
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Match

from dragoman.codebook import load_codebook
from dragoman.errors import DragomanError
from dragoman.knowledge import load_knowledge
from dragoman.version import VERSION
from dragoman.web import api, charts, pages, routes
from dragoman.web.api import described
from dragoman.web.library import Library
from dragoman.web.room import Room
from dragoman.web.security import Doors, Guard
from dragoman.web.webhooks import Webhook

_log = logging.getLogger("dragoman.web")
_WATCH = 2.0


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
        Thread(target=_warm, name="dragoman-warm", daemon=True).start()
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
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        return app.openapi_schema or described.named_as_in_the_contract(plain())

    app.openapi = openapi  # type: ignore[method-assign]
    app.state.room = Room(library, doors)
    app.state.printed = pages.Printed()
    app.router.routes.extend(routes.ROUTES)
    app.include_router(api.router)
    app.add_exception_handler(DragomanError, _refused)
    app.add_exception_handler(HTTPException, _missing)
    app.add_exception_handler(RequestValidationError, _unfit)
    app.add_exception_handler(Exception, _broken)
    return app


def _warm() -> None:
    """Load what is loaded once for all, before the first reader has to wait for it."""
    load_codebook()
    load_knowledge()
    charts.svg(charts.timeline([], [], ("2000-01-01", "2000-12-31"), "Nothing"))


# ── errors ──


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, DragomanError)
    if pages.status_of(error) == 500:
        return _broken(request, error)
    return pages.failed(request, pages.status_of(error), str(error))


def _missing(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404 and (address := _without_slash(request)) is not None:
        return RedirectResponse(address, 308)
    words = {404: "There is no such page.", 405: "That cannot be done here."}.get(error.status_code, str(error.detail))
    response = pages.failed(request, error.status_code, words)
    response.headers.update(error.headers or {})
    return response


def _without_slash(request: Request) -> str | None:
    """The address without the slashes at its end, where a page of ours is there."""
    path = request.url.path.rstrip("/")
    if path == request.url.path or request.method not in ("GET", "HEAD"):
        return None
    # Only where one of our own routes fits: of any other address a foreign site could make its own.
    scope = {**request.scope, "path": path}
    if not any(route.matches(scope)[0] is Match.FULL for route in request.app.router.routes):
        return None
    return quote(path, safe="/:@!$&'()*+,;=~") + (f"?{request.url.query}" if request.url.query else "")


def _unfit(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    return pages.failed(request, 422, f"{'.'.join(map(str, first['loc'][1:]))}: {first['msg']}")


def _broken(request: Request, error: Exception) -> Response:
    _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return pages.failed(request, 500, "Something went wrong here. It is in the log of the server.")
