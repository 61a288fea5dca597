"""Archives of older schemas: how they are read, and how they are brought up to date when something is written.

A schema only grows: columns are added, and what an older archive lacks is null in it. So an older archive is read as it
is, without being touched, and its files need not be rewritten: before the first batch of a newer schema the columns are
added to the tables, by one commit for a table. A table that is new is made, empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from deltalake import Field, Schema

from dragoman.store.schema import SCHEMA, TABLES

if TYPE_CHECKING:
    from dragoman.store.tables import Tables


def migrate(tables: Tables, schema: int) -> None:
    """Bring the tables of an older archive up to date. Doing it twice, or two at once, does no harm.

    Args:
        schema: of the newest batch that is there.
    """
    if schema >= SCHEMA:
        return
    tables.create()
    for name, wanted in TABLES.items():
        table = tables.table(name)
        there = {field.name for field in table.schema().fields}
        missing = [field for field in Schema.from_arrow(wanted).fields if field.name not in there]
        if missing:
            table.alter.add_columns([Field(field.name, field.type, nullable=True) for field in missing])
