"""Pages, PDF files and archives made for the tests, in our own words."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterable

PARAGRAPHS = (
    "The foreign ministers of the two countries met for a second day in the lakeside town of Ohrid on Monday, and said "
    "that they had come closer on the release of prisoners.",
    "A spokesman for the host government told reporters that the envoys of both unions would stay until a date for "
    "another round is set, which he expects by the end of the week.",
    "“Nobody has walked out, and nobody will,” he said, and added that the roads to the border had been opened for "
    "convoys with food and medicine for the villages in the north.",
    "The rebels had asked for an amnesty before they lay down their arms; the government says that this is for the "
    "parliament to decide, and that the vote cannot be held before the talks have ended.",
)
_MENU = "".join(f"<li><a href='/{name}'>{name.title()}</a></li>" for name in ("world", "sport", "money", "weather"))


def page(*, head: str = "", body: str = "", paragraphs: Iterable[str] = PARAGRAPHS, charset: str = "utf-8") -> str:
    """A page of news with menus around the article."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!DOCTYPE html><html lang='en'><head><meta charset='{charset}'><title>Ministers meet again - The Lake Post"
        f"</title><meta property='og:site_name' content='The Lake Post'>{head}</head><body><nav><ul>{_MENU}</ul></nav>"
        f"<article><h1>Ministers meet again</h1>{body}{text}</article>"
        f"<aside><p>Subscribe to our letter!</p></aside><footer><p>© The Lake Post</p></footer></body></html>"
    )


PUBLISHED = "<meta property='article:published_time' content='2001-08-13T18:30:00+02:00'>"


def pdf(pages: Iterable[Iterable[str]]) -> bytes:
    """A PDF file with these lines on its pages."""
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    kids = []
    for lines in pages:
        shown = "".join(f"({line}) Tj T*\n".replace("“", '"').replace("”", '"') for line in lines)
        stream = f"BT /F1 11 Tf 14 TL 50 780 Td\n{shown}ET".encode("latin-1")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def record(
    body: bytes,
    *,
    kind: str = "response",
    url: str = "https://example.org/news",
    mime: str = "text/html; charset=utf-8",
    status: str = "200 OK",
    length: int | None = None,
    headers: str = "",
) -> bytes:
    """A WARC record of a page as a server sent it."""
    payload = (
        f"HTTP/1.1 {status}\r\nContent-Type: {mime}\r\n{headers}\r\n".encode() + body if kind == "response" else body
    )
    inner = "application/http; msgtype=response" if kind == "response" else mime
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2001-08-14T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\nContent-Type: {inner}\r\n"
        f"Content-Length: {len(payload) if length is None else length}\r\n\r\n"
    )
    return head.encode() + payload + b"\r\n\r\n"


INFO = record(b"software: test\r\n", kind="warcinfo", mime="application/warc-fields")


def warc(records: Iterable[bytes], *, packed: bool = False) -> bytes:
    """An archive of these records, after one about itself; packed record by record as CC-NEWS is."""
    return b"".join(gzip.compress(each) if packed else each for each in (INFO, *records))
