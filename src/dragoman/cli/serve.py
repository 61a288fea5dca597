"""`dragoman serve`: the reading room over an archive."""

from __future__ import annotations

import errno
import os
import socket
from pathlib import Path
from typing import Annotated

import typer

from dragoman.errors import DragomanError

_TOKEN, _SECRET = "DRAGOMAN_TOKEN", "DRAGOMAN_WEBHOOK_SECRET"
_SHORTEST_TOKEN = 16


def serve(
    archive: Annotated[str, typer.Argument(help="The archive: a folder, or an object store's address.")] = "archive",
    host: Annotated[
        str, typer.Option(help="The address to listen on. Any but loopback needs a token or a proxy before it.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on; 0 for one that is free.")] = 8383,
    token_file: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help=f"A file with the token that readers must show; or set {_TOKEN}."),
    ] = None,
    behind_proxy: Annotated[
        bool,
        typer.Option(
            "--behind-proxy",
            help="A reverse proxy stands before it, asks who comes, and tells the address of the client.",
        ),
    ] = False,
    name: Annotated[
        list[str] | None,
        typer.Option(metavar="HOST", help="A host name under which readers come; may be repeated."),
    ] = None,
    allow_origin: Annotated[
        list[str] | None,
        typer.Option(metavar="ORIGIN", help="A site whose pages may read the API (CORS); may be repeated."),
    ] = None,
    rate: Annotated[float, typer.Option(min=0, help="Requests a second and client, over time; 0 for no limit.")] = 30.0,
    hold: Annotated[
        int,
        typer.Option(min=0, metavar="EVENTS", help="Hold an archive of up to so many events in memory; 0 for none."),
    ] = 5_000_000,
    webhook: Annotated[
        str | None,
        typer.Option(metavar="URL", help=f"Where to POST new steps; signed if {_SECRET} is set."),
    ] = None,
) -> None:
    """Open the reading room over an archive: pages, a JSON API and feeds."""
    try:
        import uvicorn

        from dragoman.web.app import create_app
        from dragoman.web.library import Library
        from dragoman.web.security import Doors, is_loopback
        from dragoman.web.webhooks import Webhook
    except ImportError as error:
        raise DragomanError(f"the reading room needs {error.name}: pip install '.[web]' in the checkout") from error
    from dragoman.store import open_archive
    from dragoman.store.reviews import Reviews

    token = _token(token_file)
    local = is_loopback(host)
    if not local and token is None and not behind_proxy:
        raise DragomanError(
            f"listening on {host} lets everyone in who can reach it: give a token (--token-file, {_TOKEN}), or "
            "put a reverse proxy before it that asks who comes (--behind-proxy)"
        )
    if webhook is not None and not webhook.startswith(("https://", "http://")):
        raise DragomanError(f"{webhook!r} is no address that can be posted to")
    hosts = (*(name or ()), *(("localhost", "127.0.0.1", "[::1]") if local else ()))
    doors = Doors(
        token=token,
        hosts=() if not local and not name else hosts,
        rate=rate,
        burst=max(1, round(rate * 4)),
        origins=tuple(allow_origin or ()),
    )
    port = _free(host, port)
    opened = open_archive(archive)
    library = Library(opened, Reviews(opened.address), hold)
    app = create_app(library, doors, Webhook(webhook, os.environ.get(_SECRET)) if webhook else None)
    typer.echo(f"Reading room over {archive}: http://{f'[{host}]' if ':' in host else host}:{port}/  (Ctrl-C ends it)")
    uvicorn.run(
        app,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,  # addresses hold what readers look for
        server_header=False,
        proxy_headers=behind_proxy,
        forwarded_allow_ips="*" if behind_proxy else None,
        timeout_keep_alive=15,
        limit_concurrency=200,
    )


def _free(host: str, port: int) -> int:
    """The port, or of port 0 one that is free.

    Raises:
        DragomanError: nobody can listen there: it is taken, or not ours.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.create_server((host.strip("[]"), port), family=family) as door:
            return int(door.getsockname()[1])
    except OSError as error:
        taken = "it is taken; --port names another, and --port 0 takes one that is free"
        why = taken if error.errno == errno.EADDRINUSE else error.strerror or error
        raise DragomanError(f"nobody can listen on port {port} of {host}: {why}") from error


def _token(file: Path | None) -> str | None:
    """The token of the file, or of the environment: on the command line every user of the machine could read it."""
    if file is None:
        text = os.environ.get(_TOKEN, "").strip()
    else:
        try:
            text = file.read_text(encoding="utf-8").strip()
        except (OSError, ValueError) as error:
            raise DragomanError(f"{file}: the token cannot be read: {error}") from error
    if (text or file is not None) and len(text) < _SHORTEST_TOKEN:
        raise DragomanError(f"a token has {_SHORTEST_TOKEN} characters at least")
    return text or None
