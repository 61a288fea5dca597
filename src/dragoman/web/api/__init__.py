"""The archive as JSON: all that the pages show, described by `/api/openapi.json`."""

from __future__ import annotations

from fastapi import APIRouter

from dragoman.web.api import archive, articles, events, mediations, records, reviews

router = APIRouter(prefix="/api")
for _room in (archive, articles, events, records, mediations, reviews):
    router.include_router(_room.router)
