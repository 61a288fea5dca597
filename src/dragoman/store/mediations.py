"""The files on mediations of an archive, folded from its records; the language model is not needed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date

from dragoman.errors import DragomanError
from dragoman.mediation import Brief, Changes, Files, MediationFile, brief, changes
from dragoman.records import Article, Mediation
from dragoman.store.questions import Questions
from dragoman.store.relation import asking
from dragoman.store.rows import to_article
from dragoman.store.snapshot import Snapshot

# Articles that are in memory at once; of each only its reports, with a sentence a report, go into the files.
_AT_ONCE = 256
# So many reports of articles on mediations are folded all at once: some hundreds of megabytes.
_MANY = 20_000


class Mediations(Questions):
    """What an archive is asked about mediations, beside its records."""

    def _take(self, snapshot: Snapshot) -> None:
        super()._take(snapshot)
        self._files: Files | None = None
        self._file: tuple[str, Files] | None = None

    def conflicts(self) -> tuple[str, ...]:
        """The ids of the conflicts that there is a file on."""
        found = self._connection.execute("SELECT DISTINCT id FROM mediations ORDER BY id").fetchall()
        return tuple(id for (id,) in found)

    def mediations(self, as_of: date | None = None) -> tuple[MediationFile, ...]:
        """The file on every conflict, those with most steps first."""
        # All at once is one way through the archive; where it would be too much to hold, one a conflict.
        if self._connection.execute("SELECT count(*) FROM mediations").fetchall()[0][0] <= _MANY:
            self.files()
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
        return changes(self._folded(id), id, since, until)

    def brief(self, id: str, as_of: date | None = None, since: date | None = None, steps: int | None = None) -> Brief:
        """The file as a paper with footnotes, see `mediation.brief`."""
        changed = None if since is None else self.changes(id, since, as_of)
        return brief(self.mediation(id, as_of), as_of, self.name, changed, steps)

    def files(self) -> Files:
        """All files on mediations, merged once for a snapshot: from the stored records, without the model."""
        if self._files is None:
            self._files = fold(self)
        return self._files

    def _folded(self, conflict: str) -> Files:
        """The file on one conflict, in which it can be asked about any day; the last that was asked about is kept."""
        if self._files is not None:
            return self._files
        if self._file is None or self._file[0] != conflict:
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


def fold(archive: Questions, conflict: str | None = None) -> Files:
    """What the archive's articles tell of one conflict, or of every one, merged."""
    files = Files()
    files.add_all(_told(archive, conflict))
    return files


def _told(archive: Questions, conflict: str | None) -> Iterator[tuple[Article, Sequence[Mediation]]]:
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
