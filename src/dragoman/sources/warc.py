"""WARC archives of the web, CC-NEWS among them: an article a page that was kept.

What is in a record, HTTP included, is told by warcio; where it begins and ends, by `warc_framing`.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator

from dragoman.errors import FormatError
from dragoman.sources.extras import extra
from dragoman.sources.source import Document, Form, Hints, Item, Limits, Options, Origin
from dragoman.sources.warc_framing import records

# Records about the crawl rather than of it.
_NO_PAGES = {"warcinfo", "request", "metadata", "continuation"}
_FORMS: dict[str, Form] = {
    "text/html": "html", "application/xhtml+xml": "html", "application/pdf": "pdf", "text/plain": "text",
}  # fmt: skip
_ENCODINGS = {"", "identity", "gzip", "x-gzip", "deflate"}


def find_records(
    stream: io.BufferedReader, packed: str | None, origin: Origin, options: Options
) -> Iterator[Document | Item]:
    """The pages of an archive, each with its address; answers that are no pages are refused.

    Args:
        packed: how the archive is compressed (see `compression`); gzip record by record, as is usual, lets a bad record
            be passed over.

    Raises:
        FormatError: the archive breaks off or cannot be unpacked any further.
    """
    with extra("warcio"):
        import warcio  # noqa: F401
    for number, (offset, record) in enumerate(records(stream, packed, options.limits), start=1):
        place = origin.at(number, f"record {number} at byte {offset}")
        try:
            if isinstance(record, FormatError):
                raise record
            document = _page(record, place, options.limits)
        except FormatError as error:
            yield Item.refused(place, error)
            continue
        if document is not None:
            yield document


def _page(record: bytes, place: Origin, limits: Limits) -> Document | None:
    """The page in a record, or None if it is about something else."""
    from warcio.exceptions import ArchiveLoadFailed
    from warcio.recordloader import ArcWarcRecordLoader

    try:
        loader = ArcWarcRecordLoader(verify_http=False, arc2warc=False)
        found = loader.parse_record_stream(io.BytesIO(record), known_format="warc")
        if found.rec_type in _NO_PAGES:
            return None
        if found.rec_type == "revisit":
            raise FormatError("it only says that a page was found unchanged; the page is kept elsewhere")
        headers = found.http_headers or found.rec_headers
        if found.http_headers and (status := found.http_headers.get_statuscode()) != "200":
            raise FormatError(f"the server had answered {status[:20]}")
        encoding = (headers.get_header("Content-Encoding") or "").strip().lower()
        if encoding not in _ENCODINGS:
            raise FormatError(f"its content is encoded as “{encoding[:20]}”, which cannot be read")
        kind = (headers.get_header("Content-Type") or "").lower()
        data = found.content_stream().read(limits.page + 1)
        if len(data) > limits.page:
            raise FormatError(f"it has more than {limits.page:,} bytes, too many for a page")
        url = found.rec_headers.get_header("WARC-Target-URI")
    except (ArchiveLoadFailed, EOFError, AttributeError, LookupError, TypeError, ValueError, zlib.error) as error:
        raise FormatError(f"it is no WARC record that can be read: {str(error)[:100]}") from error
    mime = kind.partition(";")[0].strip()
    form = _FORMS.get(mime) or ("html" if not mime and data.lstrip()[:1] == b"<" else None)
    if form is None:
        raise FormatError(f"it is “{mime[:60]}”, no page of text")
    charset = re.search(r"charset\s*=\s*[\"']?([\w:.-]{2,40})", kind)
    return Document(place, form, data, Hints(url=url, charset=charset[1] if charset else None))
