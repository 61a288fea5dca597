"""Libraries that only some sources need, and what is said when one is not there."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from dragoman.errors import FormatError


@contextmanager
def extra(library: str, name: str = "sources") -> Iterator[None]:
    """Around the import of a library that comes with the extra `name`.

    Raises:
        FormatError: it is not installed; the message says how to get it.
    """
    # What it would write to the terminal of a file that it cannot read is said by us, with the name of the file.
    logging.getLogger(library).setLevel(logging.CRITICAL)
    try:
        yield
    except ImportError as error:
        raise FormatError(f"reading it needs {library}: pip install '.[{name}]' in the checkout") from error
