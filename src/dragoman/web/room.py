"""What the routes stand in."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

from dragoman.web.library import Library
from dragoman.web.security import Doors


@dataclass(frozen=True, slots=True)
class Room:
    """What the routes stand in."""

    library: Library
    doors: Doors


def room_of(request: Request) -> Room:
    """What a request is answered from."""
    room: Room = request.app.state.room
    return room
