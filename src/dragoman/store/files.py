"""The files on mediations of an archive, folded from its records; the language model is not needed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dragoman.mediation.files import Files
from dragoman.records import Article, Mediation
from dragoman.store.relation import asking
from dragoman.store.rows import to_article

if TYPE_CHECKING:
    from dragoman.store.archive import Archive

# Articles that are in memory at once; of each only its reports, with a sentence a report, go into the files.
_AT_ONCE = 256


def fold(archive: Archive, conflict: str | None = None) -> Files:
    """What the archive's articles tell of one conflict, or of every one, merged."""
    files = Files()
    files.add_all(_told(archive, conflict))
    return files


def _told(archive: Archive, conflict: str | None) -> Iterator[tuple[Article, Sequence[Mediation]]]:
    wanted = "" if conflict is None else " WHERE id = ?"
    sql = f"""
        SELECT a.* EXCLUDE (records, bands, spans, notes), m.told
        FROM articles AS a
        JOIN (
            SELECT article, batch, list(record ORDER BY number) AS told FROM mediations{wanted} GROUP BY article, batch
        ) AS m USING (article, batch)
        ORDER BY a.published, a.article
    """
    with asking():
        for rows in archive.run(sql, [] if conflict is None else [conflict]).to_arrow_reader(_AT_ONCE):
            for row in rows.to_pylist():
                yield to_article(row), [Mediation.from_dict(json.loads(record)) for record in row["told"]]
