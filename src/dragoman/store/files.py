"""The files on mediations of a whole archive, folded from its records; the language model is not needed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dragoman.mediation.files import Files
from dragoman.records import Mediation
from dragoman.store.rows import to_article

if TYPE_CHECKING:
    from dragoman.store.archive import Archive

_SQL = """
    SELECT a.* EXCLUDE (records, bands, spans, notes), m.records AS mediations
    FROM articles AS a
    JOIN (SELECT article, batch, list(record ORDER BY number) AS records FROM mediations GROUP BY article, batch) AS m
    USING (article, batch)
    ORDER BY a.published, a.article
"""


def fold(archive: Archive) -> Files:
    """Every mediation that the archive's articles tell of, merged."""
    files = Files()
    for row in archive.run(_SQL).to_arrow_table().to_pylist():
        files.add(to_article(row), [Mediation.from_dict(json.loads(record)) for record in row["mediations"]])
    return files
