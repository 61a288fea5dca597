"""Every error that Dragoman raises on purpose, in one tree:

DragomanError
├── ArticleError        an article cannot be read
│   ├── DateError       it has no date, or one that is none
│   ├── LanguageError   it is not in English
│   ├── FormatError     its bytes, lines or fields are not what they should be
│   └── FetchError      it cannot be fetched from the web, or may not be
├── DataError           a knowledge, codebook, frames or actor file is malformed; names file and line
├── ModelError          the language model's files are missing or are not what the package expects
├── RecordError         a record read back from JSON breaks the contract
└── ArchiveError        an archive cannot be opened, written or asked so
    └── IngestError     nothing can be read into it
"""


class DragomanError(Exception):
    """The root: whatever goes wrong for a reason that a user can mend."""


class ArticleError(DragomanError):
    """An article cannot be read."""


class DateError(ArticleError):
    """The article has no date, or one that is none."""


class LanguageError(ArticleError):
    """The article is not in English.

    `language` is the one it seems to be in, by its ISO 639-1 code, if it is one.
    """

    def __init__(self, message: str, language: str | None = None) -> None:
        super().__init__(message)
        self.language = language


class FormatError(ArticleError):
    """Bytes, lines or fields are not what they should be."""


class FetchError(ArticleError):
    """A page cannot be fetched from the web, or may not be."""


class DataError(DragomanError):
    """A data file is malformed; the message names the file and the line."""


class ModelError(DragomanError):
    """The language model's files are missing or not what the package expects."""


class RecordError(DragomanError):
    """A record read back from JSON breaks the contract."""


class ArchiveError(DragomanError):
    """An archive cannot be opened or written, or a question to it makes no sense."""


class IngestError(ArchiveError):
    """Articles cannot be taken in at all: no worker can be started, no engine is there."""
