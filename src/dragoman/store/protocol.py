"""What every archive can be asked, wherever it is: here, or behind an address of the web."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from dragoman.mediation import MediationFile
    from dragoman.records import Actor, Event, Reading, Statement, Tie
    from dragoman.store.answers import ArchivedArticle, Found, Info, Row
    from dragoman.store.relation import Relation


class ArchiveLike(Protocol):
    """The questions that pages, notebooks and programs ask; see `archive.Archive` for what each takes and gives."""

    def articles(self, **filters: Any) -> Relation[ArchivedArticle]: ...  # noqa: D102

    def events(self, **filters: Any) -> Relation[Found[Event]]: ...  # noqa: D102

    def actors(self, **filters: Any) -> Relation[Found[Actor]]: ...  # noqa: D102

    def statements(self, **filters: Any) -> Relation[Found[Statement]]: ...  # noqa: D102

    def ties(self, **filters: Any) -> Relation[Found[Tie]]: ...  # noqa: D102

    def counts(self, by: Sequence[str] = ..., **filters: Any) -> Relation[Row]: ...  # noqa: D102

    def sql(self, question: str, parameters: Sequence[Any] = ()) -> Relation[Row]: ...  # noqa: D102

    def reading(self, article: str, versions: str | None = None) -> Reading: ...  # noqa: D102

    def readings(self, **filters: Any) -> Iterator[Reading]: ...  # noqa: D102

    def conflicts(self) -> tuple[str, ...]: ...  # noqa: D102

    def mediations(self, as_of: date | None = None) -> tuple[MediationFile, ...]: ...  # noqa: D102

    def mediation(self, id: str, as_of: date | None = None) -> MediationFile: ...  # noqa: D102

    def info(self) -> Info: ...  # noqa: D102
