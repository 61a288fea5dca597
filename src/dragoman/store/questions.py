"""What can be asked of an archive: each kind of record by its filters, counts, and SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import duckdb

from dragoman.errors import ArchiveError
from dragoman.records import Actor, Event, Place, Statement, Step, Tie
from dragoman.store import dealings, queries, rows, sums
from dragoman.store.answers import ArchivedArticle, ArticleHead, Found, Problem, Row
from dragoman.store.dealings import Dealing
from dragoman.store.facets import FACETS, KEYED, Facets, Pair, divided, question
from dragoman.store.queries import Condition, Wanted
from dragoman.store.relation import Relation, asking
from dragoman.store.schema import TABLES
from dragoman.store.snapshot import Snapshot

Day = str | date | None

_ORDER = "published, article, number"


class Questions:
    """One snapshot, and the connection that it is asked through."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._take(snapshot)

    def _take(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._connection = snapshot.connect()
        self._locked: duckdb.DuckDBPyConnection | None = None
        self._with_stories = False

    def run(self, sql: str, parameters: Sequence[Any] = (), *, locked: bool = False) -> duckdb.DuckDBPyRelation:
        """A question as a DuckDB relation; see `sql` for one that a user wrote.

        Raises:
            ArchiveError: DuckDB cannot answer it; the message is DuckDB's.
        """
        connection = self.guarded() if locked else self._connection
        with asking():
            return connection.sql(sql, params=list(parameters)) if parameters else connection.sql(sql)

    def events(
        self,
        *,
        actor: Wanted = None,
        recipient: Wanted = None,
        with_: Wanted = None,
        type: Wanted = None,
        mode: Wanted = None,
        quad: Wanted = None,
        cameo: Wanted = None,
        context: Wanted = None,
        topic: Wanted = None,
        status: Wanted = None,
        country: Wanted = None,
        said_by: Wanted = None,
        source: Wanted = None,
        article: Wanted = None,
        since: Day = None,
        until: Day = None,
        min_confidence: float | None = None,
        one_story: bool = False,
        history: bool = False,
    ) -> Relation[Found[Event]]:
        """Who did what to whom.

        Each filter takes one value or several, of which any will do.

        Args:
            actor: who did it, by id or by the country that is acted for: TUR finds Turkey, its ministers, its army.
            recipient: to whom, likewise.
            with_: who took part besides, on either side.
            cameo: a code, which stands for those below it: 05 for 051 and 057.
            country: where it happened.
            since: the first day; `until` the last. The day is that of the event, or else of publication.
            one_story: of near-copies, only the first.
            history: also what newer readings stand in for.
        """
        filters: dict[str, Any] = {
            "actor": actor, "recipient": recipient, "with_": with_, "type": type, "mode": mode, "quad": quad,
            "cameo": cameo, "context": context, "topic": topic, "status": status, "country": country,
            "said_by": said_by, "source": source, "article": article, "since": since, "until": until,
            "min_confidence": min_confidence,
        }  # fmt: skip
        return self.event_rows(one_story=one_story, history=history, **filters).each(_found_by(rows.to_event))

    def event_rows(self, *, one_story: bool = False, history: bool = False, **filters: Any) -> Relation[Row]:
        """The same as plain rows of the table `events`; filters as `events`."""
        found = self._rows("events", queries.events(filters), f"day, {_ORDER}", one_story=one_story, history=history)
        if self._snapshot.memory is None:
            return found
        conditions = queries.events(filters, keyed=True)
        quicker = self._rows("events_keyed", conditions, found.by, one_story=one_story, history=history)
        return replace(found, instead=(quicker.sql, quicker.parameters))

    def table(self, name: str) -> Relation[Row]:
        """All rows of a table as it stands.

        Raises:
            ArchiveError: there is no such table.
        """
        if name not in TABLES:
            raise ArchiveError(f"there is no table {name!r}; there are {', '.join(TABLES)}")
        return self._ask(f"SELECT * FROM {name}", (), same, _ORDER if "number" in TABLES[name].names else "article")

    def statements(
        self,
        *,
        speaker: Wanted = None,
        source: Wanted = None,
        article: Wanted = None,
        since: Day = None,
        until: Day = None,
        one_story: bool = False,
        history: bool = False,
    ) -> Relation[Found[Statement]]:
        """What is said, on whose word; `speaker` by id or country. Days are those of publication."""
        conditions = [*self._articles_of(source, article, since, until)]
        if speaker is not None:
            conditions.append(queries.either(("speaker", "speaker_country"), queries.values(speaker)))
        return self._found("statements", conditions, rows.to_statement, one_story=one_story, history=history)

    def actors(
        self,
        *,
        id: Wanted = None,
        country: Wanted = None,
        sector: Wanted = None,
        kind: Wanted = None,
        source: Wanted = None,
        article: Wanted = None,
        since: Day = None,
        until: Day = None,
        history: bool = False,
    ) -> Relation[Found[Actor]]:
        """Who acts: one record an actor and article, with the office of that day."""
        conditions = [
            *self._articles_of(source, article, since, until), *queries.any_of("id", id),
            *queries.any_of("country", country), *queries.any_of("sector", sector), *queries.any_of("kind", kind),
        ]  # fmt: skip
        return self._found("actors", conditions, rows.to_actor, history=history)

    def ties(
        self,
        *,
        actor: Wanted = None,
        kind: Wanted = None,
        article: Wanted = None,
        since: Day = None,
        until: Day = None,
        history: bool = False,
    ) -> Relation[Found[Tie]]:
        """Standing relations; `actor` on either end."""
        conditions = [*self._articles_of(None, article, since, until), *queries.any_of("kind", kind)]
        if actor is not None:
            conditions.append(queries.either(("from", "to"), queries.values(actor)))
        return self._found("ties", conditions, rows.to_tie, history=history)

    def places(
        self,
        *,
        country: Wanted = None,
        geonames: Wanted = None,
        article: Wanted = None,
        since: Day = None,
        until: Day = None,
        history: bool = False,
    ) -> Relation[Found[Place]]:
        """Places that are meant as places."""
        conditions = [
            *self._articles_of(None, article, since, until), *queries.any_of("country", country),
            *queries.any_of("geonames", geonames),
        ]  # fmt: skip
        return self._found("places", conditions, rows.to_place, history=history)

    def steps(
        self,
        *,
        mediation: Wanted = None,
        kind: Wanted = None,
        actor: Wanted = None,
        article: Wanted = None,
        since: Day = None,
        until: Day = None,
        history: bool = False,
    ) -> Relation[Found[Step]]:
        """Steps of mediations as single articles tell them; `mediation` merges them."""
        conditions = [
            *self._articles_of(None, article, since, until), *queries.any_of("mediation", mediation),
            *queries.any_of("kind", kind),
        ]  # fmt: skip
        if actor is not None:
            wanted = queries.values(actor)
            lists = ("actors", "recipients", "third_parties")
            conditions.append((
                "(" + " OR ".join(f"list_has_any({name}, ?)" for name in lists) + ")", [wanted] * len(lists)
            ))  # fmt: skip
        return self._found("steps", conditions, rows.to_step, history=history)

    def articles(
        self,
        *,
        id: Wanted = None,
        source: Wanted = None,
        since: Day = None,
        until: Day = None,
        search: str | None = None,
        one_story: bool = False,
        history: bool = False,
    ) -> Relation[ArchivedArticle]:
        """The articles, by day; `search` for words that stand in the text or title, whatever their case."""
        conditions = [*self._articles_of(source, id, since, until)]
        if search is not None:
            conditions.append(("(contains(lower(text), lower(?)) OR contains(lower(title), lower(?)))", [search] * 2))
        if one_story:
            conditions.append((self._firsts(), []))
        condition, parameters = queries.where(conditions)
        return self._ask(
            f"SELECT * EXCLUDE (records, bands) FROM articles{'_history' * history}{condition}", parameters,
            _archived, "published, article, batch",
        )  # fmt: skip

    def problems(self, *, kind: Wanted = None) -> Relation[Problem]:
        """What could not be read."""
        condition, parameters = queries.where(queries.any_of("kind", kind))
        return self._ask(
            f"SELECT origin, kind, message, article, versions, batch FROM problems{condition}", parameters,
            lambda row: Problem(**{name: row[name] for name in Problem.__dataclass_fields__}),
            "origin, message",
        )  # fmt: skip

    def counts(
        self, by: Sequence[str] = ("month", "dyad"), *, one_story: bool = False, history: bool = False, **filters: Any
    ) -> Relation[Row]:
        """How many events by day, week, month or year, dyad (actor, recipient), type and so on; filters as `events`.

        A dyad is a pair of countries, or of ids where somebody acts for none. Those who meet as equals make a dyad in
        either direction, as in CAMEO data.

        Raises:
            ArchiveError: there is nothing of that name to count by.
        """
        firsts = self._firsts() if one_story else ""
        suffix = "_history" * history
        sql, parameters, order = queries.counts(by, filters, suffix=suffix, firsts=firsts)
        found = self._ask(sql, parameters, same, order)
        if self._snapshot.memory is None:
            return found
        summed = None if one_story or history else sums.counts(by, filters)
        if summed is None:
            sql, parameters, _ = queries.counts(by, filters, suffix=suffix, firsts=firsts, keyed=True)
            summed = sql, tuple(parameters)
        return replace(found, instead=summed)

    def facets(
        self,
        names: Sequence[str] = FACETS,
        *,
        crossed: Sequence[Pair] = (),
        one_story: bool = False,
        history: bool = False,
        **filters: Any,
    ) -> Facets:
        """How a selection of events divides by type, status, country, source, year, confidence, actor and recipient.

        Filters as `events`.

        Args:
            crossed: pairs to be counted together, such as month and quad category.

        Raises:
            ArchiveError: there is no facet of that name.
        """
        firsts = self._firsts() if one_story else ""
        given = {name: value for name, value in filters.items() if value is not None}
        sql, parameters = question(names, given, "_history" * history, firsts, crossed)
        with asking():
            return divided(names, self.run(sql, parameters).fetchall(), crossed)

    def dealings(self, actor: str, own: str | None = None, most: int = 14) -> list[Dealing]:
        """With whom an actor takes part in events: partner, year, quad category and number, of the `most` frequent.

        Partners are countries, and ids of those who act for none; `own`, the country of the actor, is none of them.
        """
        with asking():
            return self.run(*dealings.question(actor, own, most, self._snapshot.memory is not None)).fetchall()

    def sql(self, question: str, parameters: Sequence[Any] = ()) -> Relation[Row]:
        """Any question in SQL (DuckDB's), over the views that docs/archive.md describes.

        It can read what is in the archive and nothing else: no other file, no address, and it changes nothing.

        Raises:
            ArchiveError: DuckDB cannot answer it; the message is DuckDB's.
        """
        with asking():
            statements = self._connection.extract_statements(question)
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            raise ArchiveError("a question is one SELECT; nothing else can be done to an archive")
        question = question.strip().rstrip("; \n\t")
        return Relation(self, question, tuple(parameters), lambda row: row, locked=True)

    # ── inside ──

    def _articles_of(self, source: Wanted, article: Wanted, since: Day, until: Day) -> Iterator[Condition]:
        yield from queries.any_of("source", source)
        yield from queries.any_of("article", article)
        yield from queries.between("published", since, until)

    def _found(
        self,
        table: str,
        conditions: list[Condition],
        convert: Callable[[Row], Any],
        *,
        one_story: bool = False,
        history: bool = False,
    ) -> Relation[Found[Any]]:
        return self._rows(table, conditions, _ORDER, one_story=one_story, history=history).each(_found_by(convert))

    def _rows(
        self, table: str, conditions: list[Condition], order: str, *, one_story: bool, history: bool
    ) -> Relation[Row]:
        if one_story:
            conditions = [*conditions, (self._firsts(), [])]
        condition, parameters = queries.where(conditions)
        order += ", batch" * history  # of an article that was read again there are several
        columns = f"* EXCLUDE ({', '.join(KEYED)})" if table == "events_keyed" else "*"
        return self._ask(f"SELECT {columns} FROM {table}{'_history' * history}{condition}", parameters, same, order)

    def _ask(self, sql: str, parameters: Sequence[Any], convert: Any, order: str) -> Relation[Any]:
        return Relation(self, sql, tuple(parameters), convert, order)

    def _firsts(self) -> str:
        """A condition that leaves of each story its first article."""
        self._add_stories(self._connection)
        return "article NOT IN (SELECT article FROM stories WHERE article <> story)"

    def _add_stories(self, connection: duckdb.DuckDBPyConnection) -> None:
        if not self._with_stories:
            connection.register("stories", self._snapshot.stories.table())
            self._with_stories = True

    def guarded(self) -> duckdb.DuckDBPyConnection:
        """The connection for questions of users: it reads this archive alone."""
        if self._locked is None:
            self._locked = self._snapshot.connect(locked=True)
        return self._locked


def same(row: Row) -> Row:
    """The row as it is."""
    return row


def head(row: Row) -> ArticleHead:
    """The article of a row."""
    return ArticleHead(row["article"], row["title"], row["published"], row["source"], row["url"])


def _found_by(convert: Callable[[Row], Any]) -> Callable[[Row], Found[Any]]:
    return lambda row: Found(convert(row), head(row), row["versions"], dict(rows.names(row)))


def _archived(row: Row) -> ArchivedArticle:
    return ArchivedArticle(
        rows.to_article(row), row["origin"], row["document"], row["batch"], row["versions"], row["events"],
        tuple(row["notes"]),
    )  # fmt: skip
