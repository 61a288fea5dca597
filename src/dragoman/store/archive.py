"""The archive as users meet it: open it, ask it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from dragoman.errors import ArchiveError
from dragoman.records import Reading
from dragoman.store import queries, rows
from dragoman.store.answers import ArticleHead, Info, Revision, Row
from dragoman.store.mediations import Mediations
from dragoman.store.memory import MOST_EVENTS, Memory
from dragoman.store.queries import Wanted
from dragoman.store.questions import Day, head, same
from dragoman.store.snapshot import Snapshot
from dragoman.store.tables import Batch, Tables


class Archive(Mediations):
    """An archive as it was when it was opened, or after the last `refresh`. For one thread at a time (`cursor`)."""

    def __init__(self, tables: Tables, snapshot: Snapshot) -> None:
        self._tables = tables
        super().__init__(snapshot)

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
        for row in self._ask(f"SELECT * FROM {table}{condition}", parameters, same, "batch").rows():
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
        return tuple(head(row) for row in self._ask(sql, parameters, same, "published, article").rows())

    # ── about it ──

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


def _revision(row: Row) -> Revision:
    return Revision(head(row), row["batch"], row["sequence"], row["versions"], row["current"])
