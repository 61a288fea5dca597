"""The archive as users meet it: open it, ask it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import duckdb

from dragoman.errors import ArchiveError, DragomanError
from dragoman.records import Actor, Article, Event, Place, Reading, Statement, Step, Tie
from dragoman.store import dealings, queries, rows
from dragoman.store.dealings import Dealing
from dragoman.store.facets import FACETS, KEYED, Facets, divided, question
from dragoman.store.memory import MOST_EVENTS, Memory
from dragoman.store.queries import Condition, Wanted
from dragoman.store.relation import Relation, Row, asking
from dragoman.store.schema import TABLES
from dragoman.store.snapshot import Snapshot
from dragoman.store.tables import Batch, Tables

if TYPE_CHECKING:
    from dragoman.mediation import Brief, Changes, Files, MediationFile

R_co = TypeVar("R_co", covariant=True)
Day = str | date | None

_ORDER = "published, article, number"


@dataclass(frozen=True, slots=True)
class ArticleHead:
    """An article without its text."""

    id: str
    title: str | None
    published: date
    source: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Found(Generic[R_co]):
    """A record that was found, with the article that says so.

    Attributes:
        versions: what made the record, see `provenance.Versions.parse`.
        names: the usual names of those who take part, by id.
    """

    record: R_co
    article: ArticleHead
    versions: str
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ArchivedArticle:
    """An article as the archive keeps it.

    Attributes:
        origin: the file, line or address that it came from.
        document: what all its revisions share.
        events: how many events were found in it.
        notes: what was mended when it came in.
    """

    article: Article
    origin: str
    document: str
    batch: str
    versions: str
    events: int
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Revision:
    """One reading of a document: which text, when it came in, what made it, and whether it stands."""

    article: ArticleHead
    batch: str
    sequence: int
    versions: str
    current: bool


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read, and why."""

    origin: str
    kind: str
    message: str
    article: str | None
    versions: str
    batch: str


@dataclass(frozen=True, slots=True)
class Info:
    """What an archive holds."""

    address: str
    version: int
    schema: int
    articles: int
    events: int
    actors: int
    problems: int
    mediations: int
    replaced: int
    copies: int
    first: date | None
    last: date | None
    versions: tuple[str, ...]
    bytes: int


class Archive:
    """An archive as it was when it was opened, or after the last `refresh`. For one thread at a time (`cursor`)."""

    def __init__(self, tables: Tables, snapshot: Snapshot) -> None:
        self._tables = tables
        self._take(snapshot)

    @classmethod
    def open(
        cls, address: str | Path, *, version: int | None = None, storage_options: Mapping[str, str] | None = None
    ) -> Archive:
        """Open an archive that is there.

        Args:
            address: a folder, or an object store's address.
            version: as it was after so many batches; None for now.
            storage_options: keys and regions of the object store, as `deltalake` takes them.

        Raises:
            ArchiveError: there is none, it is of a newer schema, or it never had this version.
        """
        tables = Tables(address, storage_options)
        if not tables.exists():
            raise ArchiveError(f"{address} is no archive; `dragoman ingest SOURCE --archive {address}` makes one")
        return cls(tables, Snapshot(tables, version))

    def _take(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._connection = snapshot.connect()
        self._locked: duckdb.DuckDBPyConnection | None = None
        self._files: Files | None = None
        self._file: tuple[str, Files] | None = None
        self._with_stories = False

    def refresh(self) -> bool:
        """Take in what has come since; whether anything has. An archive opened at a version stays there."""
        if self._snapshot.upto is not None or self._tables.version() == self._snapshot.version:
            return False
        self._take(Snapshot(self._tables, memory=self._snapshot.memory))
        return True

    def hold(self, most: int = MOST_EVENTS) -> bool:
        """Hold events and actors in memory from now on, for a program that asks many questions; whether it does.

        Args:
            most: an archive of more events is left in its files.
        """
        if self._snapshot.upto is not None or sum(batch.events for batch in self.batches()) > most:
            return False
        self._take(Snapshot(self._tables, memory=Memory()))
        return True

    def cursor(self) -> Archive:
        """The same snapshot for another thread."""
        return Archive(self._tables, self._snapshot)

    @property
    def version(self) -> int:
        """How many batches are in it: what `open(version=…)` takes to come back to this state."""
        return len(self._snapshot.batches)

    @property
    def address(self) -> str:
        """Where it lies."""
        return self._tables.address

    # ── questions ──

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
        return self._ask(f"SELECT * FROM {name}", (), _same, _ORDER if "number" in TABLES[name].names else "article")

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
        found = self._ask(sql, parameters, _same, order)
        if self._snapshot.memory is None:
            return found
        sql, parameters, _ = queries.counts(by, filters, suffix=suffix, firsts=firsts, keyed=True)
        return replace(found, instead=(sql, tuple(parameters)))

    def facets(
        self, names: Sequence[str] = FACETS, *, one_story: bool = False, history: bool = False, **filters: Any
    ) -> Facets:
        """How a selection of events divides by type, status, country, source, year, confidence, actor and recipient.

        Filters as `events`.

        Raises:
            ArchiveError: there is no facet of that name.
        """
        firsts = self._firsts() if one_story else ""
        given = {name: value for name, value in filters.items() if value is not None}
        sql, parameters = question(names, given, "_history" * history, firsts)
        with asking():
            return divided(names, self.run(sql, parameters).fetchall())

    def dealings(self, actor: str, own: str | None = None, most: int = 14) -> list[Dealing]:
        """With whom an actor takes part in events: partner, year, quad category and number, of the `most` frequent.

        Partners are countries, and ids of those who act for none; `own`, the country of the actor, is none of them.
        """
        with asking():
            return self.run(*dealings.question(actor, own, most)).fetchall()

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

    # ── whole records ──

    def reading(self, article: str, versions: str | None = None) -> Reading:
        """All that one article says, exactly as reading gave it.

        Args:
            versions: the reading that these versions made; the one that stands, if None.

        Raises:
            ArchiveError: there is none.
        """
        table, conditions = "articles", [*queries.any_of("article", article)]
        if versions is not None:
            table, conditions = "articles_history", [*conditions, *queries.any_of("versions", versions)]
        condition, parameters = queries.where(conditions)
        for row in self._ask(f"SELECT * FROM {table}{condition}", parameters, _same, "batch").rows():
            return rows.to_reading(row)
        raise ArchiveError(f"there is no article {article!r}{f' read with {versions}' if versions else ''}")

    def readings(
        self, *, since: Day = None, until: Day = None, article: Wanted = None, mediations: bool = False
    ) -> Iterator[Reading]:
        """All that the articles of some days say, streamed; with `mediations`, only of those that tell of one."""
        conditions = [*self._articles_of(None, article, since, until)]
        if mediations:
            conditions.append(("(article, batch) IN (SELECT article, batch FROM mediations)", []))
        condition, parameters = queries.where(conditions)
        yield from self._ask(f"SELECT * FROM articles{condition}", parameters, rows.to_reading, "published, article")

    def revisions(self, article: str) -> tuple[Revision, ...]:
        """Every reading of the article's document: older texts, older versions; the oldest first."""
        if not self._snapshot.any_replaced:
            sql = (
                "SELECT article, title, published, source, url, batch, sequence, a.versions, true AS current "
                "FROM articles AS a JOIN batches USING (batch) WHERE article = ?"
            )
            return tuple(self._ask(sql, [article], _revision, "sequence"))
        sql = """
            SELECT a.article, a.title, a.published, a.source, a.url, a.batch, b.sequence, a.versions,
                   now.article IS NOT NULL AS current
            FROM articles_history AS a JOIN batches AS b USING (batch)
            LEFT JOIN articles AS now ON now.article = a.article AND now.batch = a.batch
            WHERE a.document IN (SELECT document FROM articles_history WHERE article = ?)
        """
        return tuple(self._ask(sql, [article], _revision, "sequence, article"))

    def copies(self, article: str) -> tuple[ArticleHead, ...]:
        """The near-copies of an article, the first of the story first; empty if it has none."""
        others = [key for key in self._snapshot.stories.articles(article) if key != article]
        condition, parameters = queries.where(queries.any_of("article", others))
        sql = f"SELECT article, title, published, source, url FROM articles{condition}"
        return tuple(_head(row) for row in self._ask(sql, parameters, _same, "published, article").rows())

    # ── mediations ──

    def conflicts(self) -> tuple[str, ...]:
        """The ids of the conflicts that there is a file on."""
        found = self._connection.execute("SELECT DISTINCT id FROM mediations ORDER BY id").fetchall()
        return tuple(id for (id,) in found)

    def mediations(self, as_of: date | None = None) -> tuple[MediationFile, ...]:
        """The file on every conflict, those with most steps first."""
        found = [self._folded(conflict).file(conflict, as_of) for conflict in self.conflicts()]
        return tuple(sorted((file for file in found if file.reports), key=lambda file: (-len(file.steps), file.id)))

    def mediation(self, id: str, as_of: date | None = None) -> MediationFile:
        """The file on one conflict, as of the end of a day.

        Raises:
            DragomanError: there is no such file.
        """
        return self._folded(id).file(id, as_of)

    def changes(self, id: str, since: date, until: date | None = None) -> Changes:
        """What is new in a file since a day."""
        from dragoman.mediation import changes

        return changes(self._folded(id), id, since, until)

    def brief(self, id: str, as_of: date | None = None, since: date | None = None, steps: int | None = None) -> Brief:
        """The file as a paper with footnotes, see `mediation.brief`."""
        from dragoman.mediation import brief

        changed = None if since is None else self.changes(id, since, as_of)
        return brief(self.mediation(id, as_of), as_of, self.name, changed, steps)

    def files(self) -> Files:
        """All files on mediations, merged once for a snapshot: from the stored records, without the model."""
        if self._files is None:
            from dragoman.store.files import fold

            self._files = fold(self)
        return self._files

    def _folded(self, conflict: str) -> Files:
        """The file on one conflict, in which it can be asked about any day; the last that was asked about is kept."""
        if self._files is not None:
            return self._files
        if self._file is None or self._file[0] != conflict:
            from dragoman.store.files import fold

            files = fold(self, conflict)
            if not len(files):
                raise DragomanError(f"no mediation {conflict!r}; there are: {', '.join(self.conflicts()) or 'none'}")
            self._file = (conflict, files)
        return self._file[1]

    def name(self, actor: str) -> str:
        """The usual name of an actor; the id itself where nobody knows it."""
        found = self._connection.execute(
            "SELECT name FROM actors WHERE id = ? GROUP BY name ORDER BY count(*) DESC, name LIMIT 1", [actor]
        ).fetchall()  # to the end: an answer half taken would be in the way of the next question
        return str(found[0][0]) if found else actor

    # ── about it ──

    def batches(self) -> tuple[Batch, ...]:
        """What came in, in order."""
        return self._snapshot.batches

    def compact(self) -> int:
        """Rewrite small files into large ones, take away what killed runs left; gives how many files went.

        Readers and writers need not stop for it. Files that are no longer named are deleted a week later.
        """
        batches = Snapshot(self._tables).batches
        self._tables.sweep(batches)
        gone = self._tables.compact(batches)
        self._tables.vacuum()
        return gone

    def info(self) -> Info:
        """What it holds."""
        numbers = self._connection.execute(
            "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM events), "
            "(SELECT count(DISTINCT id) FROM actors), (SELECT count(*) FROM problems), "
            "(SELECT count(DISTINCT id) FROM mediations), (SELECT count(*) FROM replaced_history), "
            "(SELECT count(*) FROM copies), "
            "(SELECT min(published) FROM articles), (SELECT max(published) FROM articles)"
        ).fetchall()[0]
        versions = self._connection.execute("SELECT DISTINCT versions FROM articles ORDER BY 1").fetchall()
        articles, events, actors, problems, mediations, replaced, copies, first, last = numbers
        return Info(
            address=self.address,
            version=self.version,
            schema=self._snapshot.schema,
            articles=articles,
            events=events,
            actors=actors,
            problems=problems,
            mediations=mediations,
            replaced=replaced,
            copies=copies,
            first=first,
            last=last,
            versions=tuple(text for (text,) in versions),
            bytes=self._tables.bytes(self._snapshot.batches),
        )

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
        return self._ask(f"SELECT {columns} FROM {table}{'_history' * history}{condition}", parameters, _same, order)

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


def _same(row: Row) -> Row:
    return row


def _head(row: Row) -> ArticleHead:
    return ArticleHead(row["article"], row["title"], row["published"], row["source"], row["url"])


def _found_by(convert: Callable[[Row], Any]) -> Callable[[Row], Found[Any]]:
    return lambda row: Found(convert(row), _head(row), row["versions"], dict(rows.names(row)))


def _revision(row: Row) -> Revision:
    return Revision(_head(row), row["batch"], row["sequence"], row["versions"], row["current"])


def _archived(row: Row) -> ArchivedArticle:
    return ArchivedArticle(
        rows.to_article(row), row["origin"], row["document"], row["batch"], row["versions"], row["events"],
        tuple(row["notes"]),
    )  # fmt: skip
