"""A thousand damaged inputs of all kinds, with good articles between and within them; the same at every run.

    python -m tests.sources.damage

makes them, reads them, and shows for each kind how many were named and what was said.
"""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import random
import re
import sys
import tempfile
import textwrap
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pypdf
import zstandard
from pyarrow import parquet

from dragoman.sources import Item, Limits, Options, RawArticle, Refusal, Web, open_source
from dragoman.sources.compression import compression
from tests.sources.pages import PARAGRAPHS, PUBLISHED, page, pdf, record, warc
from tests.sources.server import Handler, Server, running
from tests.sources.test_feeds import rss

COUNT = 1000
_GOOD = re.compile(r"good article number (\d+)")
_DAY = "2001-08-13"
_PNG = b"\x89PNG\r\n\x1a\n"
_NOWHERE = ("file:///etc/passwd", "gopher://example.org/", "//[")
_PACKERS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress, ".bz2": bz2.compress, ".zst": zstandard.ZstdCompressor().compress
}  # fmt: skip
_WEB = 0.12  # of all inputs

Random = random.Random


@dataclass(slots=True)
class Corpus:
    """The damaged inputs, by where they lie, with their kinds; and how many good articles are among them."""

    kinds: dict[str, str] = field(default_factory=dict)
    good: int = 0

    def text(self) -> str:
        """The text of another good article."""
        self.good += 1
        return f"{PARAGRAPHS[self.good % 4]} This is good article number {self.good - 1} of the series."

    def row(self) -> dict[str, str]:
        return {"published": _DAY, "text": self.text()}

    def line(self) -> bytes:
        return json.dumps(self.row()).encode()

    def page(self) -> bytes:
        return page(head=PUBLISHED, paragraphs=[*PARAGRAPHS, self.text()]).encode()


# Each makes the bytes of one damaged file under the name's ending.
Maker = Callable[[Random, Corpus], bytes]
_MAKERS: dict[tuple[str, str], Maker] = {}


def _kind(name: str, *suffixes: str) -> Callable[[Maker], Maker]:
    def keep(maker: Maker) -> Maker:
        _MAKERS.update({(name, suffix): maker for suffix in suffixes})
        return maker

    return keep


def _news() -> bytes:
    return page(head=PUBLISHED).encode()


def _lines(random: Random, corpus: Corpus, bad: bytes) -> bytes:
    before, after = random.randint(0, 3), random.randint(1, 3)
    lines = [*(corpus.line() for _ in range(before)), bad, *(corpus.line() for _ in range(after))]
    return b"\n".join(lines)


@_kind("page cut off", ".html", ".htm.gz")
def _cut_page(random: Random, corpus: Corpus) -> bytes:
    data = _news()
    return data[: random.randrange(len(data) - 20)]


@_kind("page of broken HTML", ".html")
def _broken_page(random: Random, corpus: Corpus) -> bytes:
    data = bytearray(_news().replace(b"</p>", b"").replace(b"article:published_time", b"article:modified_time"))
    for _ in range(30):
        data[random.randrange(len(data))] = random.choice(b"<>\"'&/\0")
    return bytes(data)


@_kind("page nested too deeply", ".html")
def _nested_page(random: Random, corpus: Corpus) -> bytes:
    tag = random.choice(["div", "b", "ul><li", "table><tr><td", "blockquote"])
    return page(body=f"<{tag}>" * random.randint(5_000, 20_000)).encode()


@_kind("page without text", ".html")
def _empty_page(random: Random, corpus: Corpus) -> bytes:
    return random.choice(
        [b"<html></html>", b"<html><body><script>var a = 1;</script></body></html>", b"<!doctype html>"]
    )


@_kind("text that is a page", ".txt", ".md")
def _page_as_text(random: Random, corpus: Corpus) -> bytes:
    return _news()


@_kind("wrong encoding", ".txt", ".html", ".txt.bz2")
def _encoding(random: Random, corpus: Corpus) -> bytes:
    text = f"date {_DAY} The café’s envoys – “both” of them – said: {' '.join(PARAGRAPHS)}"
    shape = random.randrange(5)
    if shape == 0:
        return text.encode("utf-16-le")  # and no byte order mark
    if shape == 1:
        return text.encode("cp1252")
    if shape == 2:
        data = bytearray(text.encode())
        for _ in range(5):
            data[random.randrange(len(data))] = random.randrange(0x80, 0xC0)
        return bytes(data)
    if shape == 3:
        return text.encode("cp500", "replace")  # of a mainframe
    return "date 2001-08-13 Министры двух стран снова встретились в городе у озера и обсудили обмен.".encode("cp1251")


@_kind("another language", ".txt", ".html")
def _language(random: Random, corpus: Corpus) -> bytes:
    texts = [
        "Die Außenminister der beiden Länder trafen sich am Montag erneut, und der Sprecher der Regierung lobte sie.",
        "Les ministres des deux pays se sont rencontrés lundi, et le porte-parole du gouvernement les a félicités.",
        "Los ministros de los dos países se reunieron el lunes, y el portavoz del gobierno los felicitó por ello.",
        "İki ülkenin dışişleri bakanları pazartesi günü yeniden bir araya geldi ve hükümet sözcüsü onları kutladı.",
    ]
    return f"date {_DAY} {random.choice(texts)}".encode()


@_kind("no day, or none that can be told", ".txt", ".html", ".md")
def _undated(random: Random, corpus: Corpus) -> bytes:
    if random.random() < 0.5:
        return page(body="<time datetime='2001-08-13'>then</time>").encode().replace(b"<html", b"<!-- -->", 1)
    head = random.choice(["", "published: 03/04/2001\n\n", "date: 2001-02-30\n\n", "---\nnothing here\n---\n"])
    return (head + PARAGRAPHS[0]).encode()


@_kind("empty", ".txt", ".html", ".jsonl.gz", ".csv", ".parquet", ".pdf", ".xml", ".warc.gz", ".txt.zst", ".json")
def _empty(random: Random, corpus: Corpus) -> bytes:
    return random.choice([b"", b"\0" * random.randint(1, 3000)])


@_kind(
    "binary", ".txt", ".html", ".json", ".jsonl", ".csv", ".parquet", ".pdf", ".xml", ".warc", ".warc.gz", ".txt.zst"
)
def _binary(random: Random, corpus: Corpus) -> bytes:
    magic = random.choice([b"", _PNG, b"PK\x03\x04", b"\x7fELF", b"%PDF-1.7\n", b"PAR1"])
    return magic + random.randbytes(random.randint(200, 5000))


@_kind("bomb", ".jsonl.gz", ".txt.bz2", ".csv.zst", ".html.gz", ".warc.bz2", ".xml.gz")
def _bomb(random: Random, corpus: Corpus) -> bytes:
    data = bytes([random.choice(b"\0 a")]) * 20_000_000
    packed = random.choice([lambda all: gzip.compress(all, 1), zstandard.ZstdCompressor().compress])(data)
    return packed * random.choice([1, 5]) if random.random() < 0.8 else gzip.compress(packed)


@_kind("compressed file cut off or damaged", ".jsonl.gz", ".jsonl.bz2", ".jsonl.zst")
def _cut_pack(random: Random, corpus: Corpus) -> bytes:
    rows = [json.dumps({"published": _DAY, "text": f"{PARAGRAPHS[0]} {random.random()}"}) for _ in range(20)]
    pack = random.choice([gzip.compress, bz2.compress, zstandard.ZstdCompressor(write_checksum=True).compress])
    data = bytearray(pack("\n".join(rows).encode()))
    at = random.randrange(20, len(data) - 10)
    if random.random() < 0.5:
        return bytes(data[:at])
    data[at] ^= 0xFF
    return bytes(data)


@_kind("bad line of JSON", ".jsonl", ".ndjson", ".jsonl.gz", ".json")
def _bad_line(random: Random, corpus: Corpus) -> bytes:
    good = json.dumps({"published": _DAY, "text": PARAGRAPHS[0]})
    bad = random.choice(
        [
            good[: random.randrange(1, len(good))],
            '{"text": ' + "[" * 50_000,
            '["a", "b"]',
            '{"published": "2001-08-13"}',
            '{"text": 7, "published": "2001-08-13"}',
            '{"text": "The envoys met.", "published": "13/08/01"}',
            '{"text": "The envoys met.", "published": "2001-08-13", "spans": [[5, 99]]}',
            "9" * 5000,
            "\x00\x01\x02",
        ]
    )
    data = _lines(random, corpus, bad.encode())
    return gzip.compress(data) if random.random() < 0.3 else data


@_kind("line of fifty megabytes", ".jsonl")
def _long_line(random: Random, corpus: Corpus) -> bytes:
    return _lines(random, corpus, b'{"text": "' + b"word " * 10_000_000 + b'"}')


@_kind("bad row of a table", ".csv", ".tsv", ".csv.gz")
def _bad_row(random: Random, corpus: Corpus) -> bytes:
    def row(values: Iterable[str]) -> str:
        out = io.StringIO()
        csv.writer(out, lineterminator="").writerow(values)
        return out.getvalue()

    bad = random.choice(
        [
            f'{_DAY},"{PARAGRAPHS[0]} and no end',
            f'{_DAY},"{PARAGRAPHS[0]}" and more',
            f"{_DAY},too,many,fields",
            "only one",
            row(["a while ago", PARAGRAPHS[0]]),
            row([_DAY, ""]),
        ]
    )
    rows = [row(corpus.row().values()) for _ in range(random.randint(1, 3))]
    rows.insert(random.randrange(len(rows) + 1), bad)
    return "\n".join(["published,text", *rows]).encode()


@_kind("damaged Parquet", ".parquet")
def _bad_parquet(random: Random, corpus: Corpus) -> bytes:
    out = io.BytesIO()
    parquet.write_table(pa.table({"published": [_DAY] * 50, "text": [f"{PARAGRAPHS[0]} {n}" for n in range(50)]}), out)
    data = out.getvalue()
    if random.random() < 0.5:
        return data[: random.randrange(len(data))]
    table = pa.table({"published": [_DAY, None], "text": [corpus.text(), PARAGRAPHS[0]]})
    parquet.write_table(table, out := io.BytesIO())
    return out.getvalue()


@_kind("damaged PDF", ".pdf")
def _bad_pdf(random: Random, corpus: Corpus) -> bytes:
    data = pdf([textwrap.wrap(PARAGRAPHS[0], 70)])
    shape = random.randrange(3)
    if shape == 0:
        return data[: random.randrange(len(data) // 2)]
    if shape == 1:
        return pdf([[]] * random.randint(1, 5))
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt(str(random.random()), algorithm="RC4-128")
    writer.write(out := io.BytesIO())
    return out.getvalue()


@_kind("bad entry of a feed", ".xml", ".rss", ".atom.gz")
def _bad_feed(random: Random, corpus: Corpus) -> bytes:
    def entry(text: str, day: str) -> str:
        return f"<title>News</title><pubDate>{day}</pubDate><description>&lt;p&gt;{text}</description>"

    stated = "Mon, 13 Aug 2001 10:00:00 GMT"
    bad = random.choice(
        [entry(PARAGRAPHS[0], "yesterday"), entry("", stated), entry("Zut alors, dit le ministre.", stated)]
    )
    entries = [entry(corpus.text(), stated) for _ in range(random.randint(1, 3))]
    entries.insert(random.randrange(len(entries) + 1), bad)
    return rss(*entries).encode()


@_kind("bad record of an archive", ".warc", ".warc.gz")
def _bad_record(random: Random, corpus: Corpus) -> bytes:
    news = _news()
    bad = random.choice(
        [
            b"this is no record\r\n\r\nand goes on\r\n",
            record(news).replace(b"Content-Length", b"Content-Girth", 1),
            record(news, length=10**12),
            record(news, length=random.randrange(300)),
            record(news, length=len(news) + random.randint(250, 600)),
            record(news).replace(b"WARC/1.0", b"WORC/1.0", 1),
            record(b"gone", status="404 Not Found"),
            record(random.randbytes(300), mime="image/jpeg"),
            record(news[:200]),
            record(b"", kind="revisit"),
            record(gzip.compress(bytes(15_000_000)), headers="Content-Encoding: gzip\r\n"),
        ]
    )
    packed = random.random() < 0.7
    parts = [
        warc([record(corpus.page())], packed=packed),
        warc([bad], packed=packed),
        warc([record(corpus.page())], packed=packed),
    ]
    if packed and random.random() < 0.4:
        middle = bytearray(gzip.compress(bad))
        middle[len(middle) // 2 :] = random.randbytes(20)
        parts[1] = bytes(middle)
    return b"".join(parts)


def _web(server: Server, random: Random, corpus: Corpus, number: int) -> tuple[str, str]:
    """An address where something is wrong, and what."""
    path = f"/{number}"
    news = _news()

    def endless(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/rss+xml" if "feed" in kind else "text/html")
        handler.end_headers()
        handler.wfile.write(b"<rss version='2.0'><channel>" if "feed" in kind else b"<html><body>")
        while True:
            handler.wfile.write(b"<item><title>more</title></item>" * 500)

    def trickle(handler: Handler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(40):
            handler.wfile.write(b"<p>")
            time.sleep(0.05)

    def feed(handler: Handler) -> None:
        links = "".join(f"<item><link>{server.url}{link}</link></item>" for link in (f"{path}/gone", f"{path}/good"))
        handler.send(f"<rss version='2.0'><channel>{links}</channel></rss>", Content_Type="application/rss+xml")

    kinds: dict[str, Callable[[], object]] = {
        "endless feed": lambda: server.pages.update({path: endless}),
        "endless page": lambda: server.pages.update({path: endless}),
        "page that trickles": lambda: server.pages.update({path: trickle}),
        "redirects in a circle": lambda: (
            server.add(path, "", 302, Location=f"{path}/b"),
            server.add(f"{path}/b", "", 301, Location=path),
        ),
        "redirects without end": lambda: [
            server.add(path + "/x" * n, "", 302, Location=path + "/x" * (n + 1)) for n in range(10)
        ],
        "redirect to nowhere": lambda: server.add(
            path, "", 302, Location=random.choice(["file:///etc/passwd", "http://", "//["])
        ),
        "bomb from the web": lambda: server.add(path, gzip.compress(bytes(9_000_000), 1), Content_Encoding="gzip"),
        "answer that breaks off": lambda: server.add(path, news[:600], Content_Length="9000"),
        "answer in no known encoding": lambda: server.add(path, news, Content_Encoding="br"),
        "answer of an error": lambda: server.add(path, news, random.choice([400, 403, 404, 410, 500, 503])),
        "picture from the web": lambda: server.add(
            path, b"\x89PNG\r\n\x1a\n" + random.randbytes(99), Content_Type="image/png"
        ),
        "feed with a dead link": lambda: (server.pages.update({path: feed}), server.add(f"{path}/good", corpus.page())),
    }
    kind = list(kinds)[number % len(kinds)]
    kinds[kind]()
    return server.url + path, kind


def fill(folder: Path, count: int = COUNT, *, large: bool = True) -> Corpus:
    """Write so many damaged files, and about as many good ones between them; without large ones, sooner read."""
    random = Random(2001)
    corpus = Corpus()
    makers = list(_MAKERS.items())
    for number in range(count):
        (kind, suffix), maker = makers[number % len(makers)]
        enough = kind == "line of fifty megabytes" and number > 4 * len(makers)  # for a disk
        if enough or (not large and kind in ("line of fifty megabytes", "bomb")):
            (kind, suffix), maker = ("bad line of JSON", ".jsonl"), _bad_line
        data = maker(random, corpus)
        file = folder / f"{number:04}{suffix}"
        if file.suffix in _PACKERS and not compression(data) and ".warc" not in suffix and random.random() < 0.9:
            data = {".gz": gzip.compress, ".bz2": bz2.compress, ".zst": zstandard.ZstdCompressor().compress}[
                file.suffix
            ](data)
        file.write_bytes(data)
        corpus.kinds[str(file)] = kind
        (folder / f"{number:04}-good.txt").write_text(f"date {_DAY} {corpus.text()}")
    return corpus


def read_all(folder: Path, count: int = COUNT) -> tuple[Corpus, list[Item]]:
    """Make the corpus, read all of it, and give the items."""
    web = int(_WEB * count)
    corpus = fill(folder, count - web)
    items = list(open_source(folder))
    random = Random(2002)
    options = Options(
        web=Web(delay=0, timeout=0.2, private=True, tries=1, longest_wait=1), limits=Limits(page=1_000_000)
    )
    with running() as server:
        for number in range(web):
            url, kind = _web(server, random, corpus, number)
            corpus.kinds[url] = kind
            items += open_source(url, options)
    return corpus, items


def unnamed(corpus: Corpus, items: Iterable[Item]) -> list[str]:
    """The damaged inputs of which nothing was said."""
    said = {found for item in items for found in _places(item) if _words(item)}
    return [f"{kind}: {place}" for place, kind in corpus.kinds.items() if place not in said]


def lost(corpus: Corpus, items: Iterable[Item]) -> set[int]:
    """The numbers of the good articles that did not arrive."""
    texts = (item.content.text for item in items if isinstance(item.content, RawArticle))
    return set(range(corpus.good)) - {int(found[1]) for text in texts if (found := _GOOD.search(text))}


def _places(item: Item) -> Iterator[str]:
    yield item.origin.file
    if found := re.search(r"\(entry \d+ of (.+)\)", item.origin.words):
        yield found[1]


def _words(item: Item) -> str:
    if isinstance(item.content, Refusal):
        return str(item.content.error)
    return "note: " + "; ".join(item.content.notes) if item.content.notes else ""


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        start = time.perf_counter()
        corpus, items = read_all(Path(name))
        seconds = time.perf_counter() - start
    said: dict[str, Counter[str]] = defaultdict(Counter)
    for item in items:
        for place in _places(item):
            if place in corpus.kinds and (words := _words(item)):
                said[corpus.kinds[place]][re.sub(r"[\d,]+", "#", words)[:90]] += 1
    missing = Counter(line.split(":")[0] for line in unnamed(corpus, items))
    for kind, count in sorted(Counter(corpus.kinds.values()).items()):
        sys.stdout.write(f"{count - missing[kind]:4} of {count:3} named  {kind}\n")
        for words, times in said[kind].most_common(3):
            sys.stdout.write(f"{'':20}{times:4} × {words}\n")
    named = len(corpus.kinds) - missing.total()
    arrived = corpus.good - len(lost(corpus, items))
    sys.stdout.write(
        f"{named} of {len(corpus.kinds)} damaged inputs named, {arrived} of {corpus.good} good articles arrived, "
        f"in {seconds:.0f} seconds (making the corpus included)\n"
    )


if __name__ == "__main__":
    main()
