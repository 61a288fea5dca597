"""An actor: who it is, the offices it held, whom it deals with and how."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

from dragoman.errors import ArchiveError
from dragoman.knowledge import load_knowledge
from dragoman.presentation import wording
from dragoman.web import urls
from dragoman.web.contexts import ActorPage, ActorsPage, Deal, Office, Saying
from dragoman.web.library import Shelf
from dragoman.web.selection import Selection
from dragoman.web.views.events import months, over_time, row_of
from dragoman.web.views.parts import paging, title

ACTORS_A_PAGE = 60
_RECENT = 12
_MOST_DEALS = 14
_SAYINGS = 6


def actor(shelf: Shelf, identifier: str) -> ActorPage:
    """One actor.

    Raises:
        ArchiveError: neither the archive nor the knowledge has it.
    """
    entity = load_knowledge().entity(identifier)
    seen = shelf.archive.actors(id=identifier).order("-published").first()
    if entity is None and seen is None:
        raise ArchiveError(f"nobody of the id {identifier!r} is known")
    country = seen.record.country if seen else entity.country if entity else None
    of = entity.of if entity else seen.record.of if seen else None
    part = Selection(with_=(identifier,))
    by_month = months(shelf, part)
    drawing = over_time(by_month, part)
    events = shelf.archive.events(**part.filters())
    deals = shelf.keep(("deals", identifier), lambda: _deals(shelf, identifier, country))
    years = [year for deal in deals for year, *_ in deal.years]
    return ActorPage(
        id=identifier,
        name=shelf.names[identifier],
        entity=entity,
        seen=seen.record if seen else None,
        country=(shelf.names[country], urls.actor(country)) if country and country != identifier else None,
        of=(shelf.names[of], urls.actor(of)) if of and of not in (identifier, country) else None,
        offices=_offices(shelf, identifier),
        events=sum(n for *_, n in by_month),
        articles=shelf.keep(("articles of", identifier), shelf.archive.actors(id=identifier).count),
        over_time=drawing.result() if drawing else None,
        deals=deals,
        deal_years=(min(years), max(years)) if years else None,
        most_in_a_year=max((n for deal in deals for _, *both in deal.years for n in both), default=1),
        mediations=_mediations(shelf, identifier),
        recent=tuple(row_of(found, shelf) for found in events.order("-day").limit(_RECENT)),
        statements=_sayings(shelf, identifier),
        names=shelf.names,
    )


def _offices(shelf: Shelf, person: str) -> tuple[Office, ...]:
    held = sorted(
        load_knowledge().offices(person), key=lambda t: (t.start or date.min, t.end or date.max), reverse=True
    )
    return tuple(
        Office(
            title=(tenure.title or tenure.office) + (" (acting)" if tenure.acting else ""),
            of=shelf.names[tenure.of],
            address=urls.actor(tenure.of),
            days=f"{wording.day(tenure.start) if tenure.start else '?'} – "
            f"{wording.day(tenure.end) if tenure.end else ''}".strip(),
        )
        for tenure in held
    )


def _deals(shelf: Shelf, identifier: str, country: str | None) -> tuple[Deal, ...]:
    """With whom it has to do most often, how, and in which years."""
    rows = shelf.archive.dealings(identifier, country, _MOST_DEALS)
    quads: dict[str, Counter[str]] = defaultdict(Counter)
    years: dict[str, dict[int, list[int]]] = defaultdict(dict)
    for other, year, quad, n in rows:
        quads[other][quad] += n
        years[other].setdefault(year, [0, 0])[quad.endswith("conflict")] += n
    return tuple(
        Deal(
            name=shelf.names[other],
            address=urls.actor(other),
            its_own=urls.events(actor=identifier, **{"with": other}),
            theirs=urls.events(actor=other, **{"with": identifier}),
            n=counted.total(),
            how=", ".join(f"{n:,} {quad}" for quad, n in counted.most_common()),
            years=tuple((year, both[0], both[1]) for year, both in sorted(years[other].items())),
        )
        for other, counted in sorted(quads.items(), key=lambda entry: (-entry[1].total(), entry[0]))
    )


def _sayings(shelf: Shelf, identifier: str) -> tuple[Saying, ...]:
    """What it said last."""
    found = shelf.archive.statements(speaker=identifier).order("-published").limit(_SAYINGS)
    return tuple(
        Saying(
            " ".join(row["text"].split()), row["quoted"], row["published"], row["source"] or row["title"],
            urls.article(row["article"], sentence=row["sentence"]),
        )
        for row in found.rows()
    )  # fmt: skip


def _mediations(shelf: Shelf, identifier: str) -> tuple[tuple[str, str, str], ...]:
    """The mediations that it has a part in, and which."""
    found = []
    for file in shelf.files():
        roles = next((m.roles for m in file.mediators if m.actor == identifier), None)
        if identifier in file.parties:
            found.append((title(file, shelf), urls.mediation(file.id), "party"))
        elif roles is not None:
            found.append((title(file, shelf), urls.mediation(file.id), ", ".join(roles) or "third party"))
    return tuple(found)


def actors(shelf: Shelf, search: str, page: int) -> ActorsPage:
    """Actors of the archive, those named in most articles first."""
    words = f"%{search.replace('!', '!!').replace('%', '!%').replace('_', '!_')}%"
    base = "SELECT id, mode(name) AS name, mode(kind) AS kind, count(*) AS n FROM actors GROUP BY id"
    chosen = f"SELECT * FROM ({base}) WHERE name ILIKE ? ESCAPE '!' OR id ILIKE ? ESCAPE '!'"
    total = shelf.keep(
        ("actors", search),
        lambda: shelf.archive.run(f"SELECT count(*) FROM ({chosen})", [words, words]).fetchall()[0][0],
    )
    pages = paging(page, ACTORS_A_PAGE, total, lambda n: urls.actors(q=search, page=n))
    rows = shelf.archive.run(
        f"{chosen} ORDER BY n DESC, id LIMIT {ACTORS_A_PAGE} OFFSET {(page - 1) * ACTORS_A_PAGE}", [words, words]
    ).fetchall()
    return ActorsPage(tuple((name, urls.actor(key), kind, n) for key, name, kind, n in rows), search, pages)
