"""An actor: who it is, the offices it held, whom it deals with and how."""

from __future__ import annotations

from collections import Counter
from datetime import date

from dragoman.errors import ArchiveError
from dragoman.knowledge import load_knowledge
from dragoman.presentation import wording
from dragoman.web import charts, urls
from dragoman.web.contexts import ActorPage, ActorsPage, Office
from dragoman.web.library import Shelf
from dragoman.web.selection import Selection
from dragoman.web.views.events import months, over_time, row_of
from dragoman.web.views.parts import paging, title

ACTORS_A_PAGE = 60
_RECENT = 12
_MOST_DEALS = 14


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
    events = shelf.archive.events(**part.filters())
    deals = shelf.keep(("deals", identifier), lambda: _deals(shelf, identifier))
    return ActorPage(
        id=identifier,
        name=shelf.names[identifier],
        entity=entity,
        seen=seen.record if seen else None,
        country=(shelf.names[country], urls.actor(country)) if country and country != identifier else None,
        of=(shelf.names[of], urls.actor(of)) if of and of not in (identifier, country) else None,
        offices=_offices(shelf, identifier),
        events=sum(row["n"] for row in months(shelf, part)),
        articles=shelf.keep(("articles of", identifier), shelf.archive.actors(id=identifier).count),
        over_time=over_time(shelf, part),
        deals=deals,
        deals_chart=_chart(deals, identifier) if deals else None,
        mediations=_mediations(shelf, identifier),
        recent=tuple(row_of(found, shelf) for found in events.order("-day").limit(_RECENT)),
        statements=tuple(
            (found, urls.article(found.article.id, sentence=found.record.sentence))
            for found in shelf.archive.statements(speaker=identifier).order("-published").limit(6)
        ),
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


def _deals(shelf: Shelf, identifier: str) -> tuple[tuple[str, str, int, str], ...]:
    """With whom it has to do: name, address of the events between them, how many, and in which quad categories."""
    relation = shelf.archive.events(with_=identifier)
    rows = shelf.archive.run(
        "WITH chosen AS (SELECT id, quad, list_distinct(list_concat(actors, recipients)) AS all_of "
        f"FROM ({relation.sql})), pairs AS (SELECT id, quad, unnest(all_of) AS other FROM chosen) "
        "SELECT other, quad, count(*) AS n FROM pairs WHERE other <> ? GROUP BY ALL",
        [*relation.parameters, identifier],
    ).fetchall()
    numbers: Counter[str] = Counter()
    by_quad: dict[str, Counter[str]] = {}
    for other, quad, n in rows:
        numbers[other] += n
        by_quad.setdefault(other, Counter())[quad] += n
    return tuple(
        (
            shelf.names[other],
            urls.events(actor=identifier, **{"with": other}),
            n,
            ", ".join(f"{count} {quad}" for quad, count in by_quad[other].most_common()),
        )
        for other, n in sorted(numbers.items(), key=lambda entry: (-entry[1], entry[0]))[:_MOST_DEALS]
    )


def _chart(deals: tuple[tuple[str, str, int, str], ...], identifier: str) -> str:
    rows = [{"name": name, "n": n, "href": address, "says": f"{name}: {how}"} for name, address, n, how in deals]
    return charts.svg(charts.bars(rows, "Whom it deals with"))


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
