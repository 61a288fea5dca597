"""Dragoman reads dated news and records who did what to whom, when, where and on whose word.

>>> import dragoman
>>> reading = dragoman.read("Kenya hosted talks between Sudan and Ethiopia on Monday.", published="2021-03-05")
>>> [event.type for event in reading.events]
['CONSULT']
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from dragoman.version import VERSION as __version__

if TYPE_CHECKING:
    from dragoman.language import load
    from dragoman.presentation.tables import to_arrow, to_pandas
    from dragoman.reader import Reader, default_reader, read
    from dragoman.readers import Readers
    from dragoman.records import Reading
    from dragoman.store import open_archive as open

# Found when first asked for: `import dragoman` and `dragoman --help` need not wait for the language libraries.
_HOMES = {
    "Reader": "dragoman.reader",
    "Readers": "dragoman.readers",
    "Reading": "dragoman.records",
    "default_reader": "dragoman.reader",
    "load": "dragoman.language",
    "open": "dragoman.store",
    "read": "dragoman.reader",
    "to_arrow": "dragoman.presentation.tables",
    "to_pandas": "dragoman.presentation.tables",
}
# Names that would hide a builtin in a module of their own.
_NAMES = {"open": "open_archive"}

__all__ = [
    "Reader",
    "Readers",
    "Reading",
    "__version__",
    "default_reader",
    "load",
    "open",
    "read",
    "to_arrow",
    "to_pandas",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), _NAMES.get(name, name))
    raise AttributeError(f"module 'dragoman' has no attribute {name!r}")
