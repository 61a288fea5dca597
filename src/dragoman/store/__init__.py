"""The archive: Delta Lake tables in one folder or object store, asked through DuckDB."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from dragoman.errors import ArchiveError

if TYPE_CHECKING:
    from dragoman.store.answers import ArchivedArticle, ArticleHead, Found, Info, Problem, Revision
    from dragoman.store.archive import Archive
    from dragoman.store.protocol import ArchiveLike
    from dragoman.store.relation import Relation
    from dragoman.store.tables import Batch

_HOMES = {
    **dict.fromkeys(("ArchivedArticle", "ArticleHead", "Found", "Info", "Problem", "Revision"), "answers"),
    "Archive": "archive",
    "ArchiveLike": "protocol",
    "Relation": "relation",
    "Batch": "tables",
}

__all__ = [
    "Archive",
    "ArchiveLike",
    "ArchivedArticle",
    "ArticleHead",
    "Batch",
    "Found",
    "Info",
    "Problem",
    "Relation",
    "Revision",
    "needed",
    "open_archive",
]


def needed() -> None:
    """See that what the archive stands on is installed.

    Raises:
        ArchiveError: it is not; the message names the extra.
    """
    for library in ("deltalake", "duckdb", "pyarrow"):
        try:
            import_module(library)
        except ImportError as error:
            raise ArchiveError(f"the archive needs {library}: pip install '.[archive]' in the checkout") from error


def open_archive(
    address: str | Path, *, version: int | None = None, storage_options: Mapping[str, str] | None = None
) -> Archive:
    """Open an archive: `dragoman.open`.

    >>> archive = dragoman.open("archive")  # doctest: +SKIP
    >>> archive.events(actor="TUR", with_="RUS", type="CONSULT", since="2022-03-01").pandas()  # doctest: +SKIP

    Args:
        address: a folder, an object store's address such as ``s3://bucket/archive``, or that of a reading room
            (``http://…``), which is asked with the same methods and may want a token (``DRAGOMAN_TOKEN``).
        version: as it was after so many batches; None for now.
        storage_options: keys and regions of the object store, as `deltalake` takes them.

    Raises:
        ArchiveError: there is none, it cannot be read, or the extra `archive` is not installed.
    """
    if str(address).startswith(("http://", "https://")):
        from dragoman.client import open_remote

        if version is not None:
            raise ArchiveError(
                "a reading room shows its archive as it is now; versions are to be had of the archive itself"
            )
        return cast("Archive", open_remote(str(address)))  # not one, but it answers to the same questions
    needed()
    from dragoman.store.archive import Archive

    return Archive.open(address, version=version, storage_options=storage_options)


def __getattr__(name: str) -> Any:
    """Found when first asked for: Arrow, Delta Lake and DuckDB are an extra."""
    if name in _HOMES:
        needed()
        return getattr(import_module(f"dragoman.store.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
