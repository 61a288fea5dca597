from __future__ import annotations

import gzip
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.sources import Item, Options, RawArticle, Refusal, open_source
from dragoman.sources.source import Limits
from tests.sources.pages import INFO, PARAGRAPHS, PUBLISHED, page, record, warc

both = pytest.mark.parametrize("packed", [False, True])


def _news(number: int) -> bytes:
    return page(head=PUBLISHED, paragraphs=[*PARAGRAPHS, f"That was page {number} of the series."]).encode()


def _items(folder: Path, data: bytes, *, packed: bool = True, options: Options | None = None) -> list[Item]:
    file = folder / f"news.warc{'.gz' if packed else ''}"
    file.write_bytes(data)
    return list(open_source(file, options))


def _pages(items: list[Item]) -> list[int]:
    """The numbers of the pages that came through."""
    texts = [item.content.text for item in items if isinstance(item.content, RawArticle)]
    return [int(text.rsplit(" of the series", 1)[0].rsplit(" ", 1)[1]) for text in texts]


def _refusals(items: list[Item]) -> list[str]:
    return [str(item.content) for item in items if isinstance(item.content, Refusal)]


@both
def test_an_archive_gives_its_pages_with_their_addresses(tmp_path: Path, packed: bool) -> None:
    records = [
        record(b"GET / HTTP/1.1\r\n\r\n", kind="request"),
        *(record(_news(number), url=f"https://lake.example/{number}") for number in range(3)),
    ]
    items = _items(tmp_path, warc(records, packed=packed), packed=packed)
    assert _pages(items) == [0, 1, 2]
    assert not _refusals(items)
    assert [item.content.url for item in items if isinstance(item.content, RawArticle)][2] == "https://lake.example/2"
    assert ", record 3 at byte " in items[0].origin.words


@both
def test_answers_that_are_no_pages_are_named(tmp_path: Path, packed: bool) -> None:
    records = [
        record(_news(0)),
        record(b"gone", status="404 Not Found"),
        record(b"\x89PNG", mime="image/png"),
        record(b"", kind="revisit"),
        record(b"\x8b\x02\x80", headers="Content-Encoding: br\r\n"),
        record(_news(1)),
    ]
    items = _items(tmp_path, warc(records, packed=packed), packed=packed)
    assert _pages(items) == [0, 1]
    said = _refusals(items)
    for words, refusal in zip(("404", "image/png", "unchanged", "“br”"), said, strict=True):
        assert words in refusal


def test_pages_that_were_sent_compressed_and_in_chunks_are_read(tmp_path: Path) -> None:
    squeezed = gzip.compress(_news(1))
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(squeezed), squeezed)
    records = [
        record(gzip.compress(_news(0)), headers="Content-Encoding: gzip\r\n"),
        record(chunked, headers="Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"),
    ]
    assert _pages(_items(tmp_path, warc(records, packed=True))) == [0, 1]


@both
def test_bad_records_cost_themselves_alone(tmp_path: Path, packed: bool) -> None:
    bad = [
        b"this is no record at all\r\n\r\nand goes on\r\n\r\n",
        record(_news(90)).replace(b"Content-Length", b"Content-Girth", 1),
        record(_news(91), length=10**12),
        record(_news(92), length=40),
        record(_news(93), length=len(_news(93)) + 300),
        record(_news(94)).replace(b"WARC/1.0", b"WORC/1.0", 1),
        record(b"\xff\xfe" * 100, status="abc"),
    ]
    records = [record(_news(0))]
    for number, each in enumerate(bad, start=1):
        records += [each, record(_news(number))]
    items = _items(tmp_path, warc(records, packed=packed), packed=packed)
    assert [number for number in _pages(items) if number < 90] == list(range(8))
    assert len(_refusals(items)) >= len(bad) - 2


def test_damaged_bytes_cost_their_record_alone(tmp_path: Path) -> None:
    packs = [gzip.compress(record(_news(number))) for number in range(10)]
    for number in (3, 4, 7):
        middle = len(packs[number]) // 2
        packs[number] = packs[number][:middle] + b"\xaa" * 50 + packs[number][middle + 50 :]
    packs[5] = packs[5][: len(packs[5]) // 2]  # and one that breaks off
    items = _items(tmp_path, b"".join(packs))
    assert _pages(items) == [0, 1, 2, 6, 8, 9]
    assert len(_refusals(items)) == 4
    assert len({item.origin for item in items}) == len(items)


def test_a_bomb_among_the_records_is_passed_over(tmp_path: Path) -> None:
    options = Options(limits=Limits(page=1_000_000))
    inner = gzip.compress(bytes(50_000_000))
    records = [
        record(_news(0)),
        record(bytes(50_000_000)),
        record(_news(1)),
        record(inner, headers="Content-Encoding: gzip\r\n"),
        record(_news(2)),
    ]
    items = _items(tmp_path, warc(records, packed=True), options=options)
    assert _pages(items) == [0, 1, 2]
    assert len(_refusals(items)) == 2


@both
def test_an_archive_that_breaks_off_says_so(tmp_path: Path, packed: bool) -> None:
    data = warc([record(_news(number)) for number in range(4)], packed=packed)
    items = _items(tmp_path, data[:-300], packed=packed)
    assert _pages(items) == [0, 1, 2]
    assert "breaks off" in _refusals(items)[0]


def test_an_archive_compressed_as_a_whole_is_read(tmp_path: Path) -> None:
    items = _items(tmp_path, gzip.compress(warc([record(_news(number)) for number in range(4)])))
    assert _pages(items) == [0, 1, 2, 3]


def test_a_run_goes_on_within_an_archive(tmp_path: Path) -> None:
    items = _items(tmp_path, warc([record(_news(number)) for number in range(4)], packed=True))
    rest = list(open_source(tmp_path / "news.warc.gz", after=items[1].origin))
    assert _pages(rest) == [2, 3]


def test_memory_stays_small_however_large_the_archive(tmp_path: Path) -> None:
    import tracemalloc

    noise = random.Random(7).randbytes(400_000)  # a picture, say
    one = gzip.compress(record(noise, mime="image/png"))
    (tmp_path / "news.warc.gz").write_bytes(one * 60)
    tracemalloc.start()
    for _ in open_source(tmp_path / "news.warc.gz"):
        pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8_000_000  # of 24 MB


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=60), st.floats(0, 1), st.integers(0, 60), st.booleans())
def test_any_damage_to_an_archive_costs_no_more_than_what_it_touches(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, where: float, cut: int, packed: bool
) -> None:
    records = [INFO, *(record(_news(number)) for number in range(3))]
    parts = [gzip.compress(each) if packed else each for each in records]
    whole = b"".join(parts)
    at = 8 + int(where * (len(whole) - 8))  # by its first bytes an archive is known as one
    starts = [sum(map(len, parts[:number])) for number in range(len(parts))]
    ends = [start + len(part) for start, part in zip(starts, parts, strict=True)]
    if not packed and not data:
        ends = [end - len(b"\r\n\r\n") for end in ends]  # may be lost
    # What is put in right before a record touches it too: it takes its first line away.
    safe = sum(end <= at or at + cut + bool(data) <= start for start, end in zip(starts[1:], ends[1:], strict=True))
    folder = tmp_path_factory.mktemp("warc")
    for damaged in (data, whole[:at] + data + whole[at + cut :]):
        items = _items(folder, damaged, packed=packed)
        assert all(isinstance(item.content, RawArticle | Refusal) for item in items)
    assert sum(isinstance(item.content, RawArticle) for item in items) >= safe


@pytest.mark.parametrize("lost", range(1, 60))
def test_a_record_whose_end_is_lost_with_the_beginning_of_the_next_is_kept(tmp_path: Path, lost: int) -> None:
    first, second, third = (record(_news(number)) for number in range(3))
    items = _items(
        tmp_path, (first[:-4] + second[lost - 4 :] if lost > 4 else first[:-lost] + second) + third, packed=False
    )
    assert _pages(items) == ([0, 2] if lost > 4 else [0, 1, 2])
    assert len(_refusals(items)) == (lost > 4)


def test_a_record_that_is_longer_than_it_says_is_no_page(tmp_path: Path) -> None:
    records = [record(_news(0)), record(_news(1), length=len(_news(1)) // 2), record(_news(2))]
    items = _items(tmp_path, warc(records), packed=False)
    assert _pages(items) == [0, 2]
    assert "its length is not what its header says" in _refusals(items)[0]


@pytest.mark.parametrize("by", [10, 3000, 1_000_000])
def test_a_record_that_is_shorter_than_it_says_takes_no_other_with_it(tmp_path: Path, by: int) -> None:
    long = record(_news(1), length=len(_news(1)) + by)
    items = _items(tmp_path, warc([record(_news(0)), long, record(_news(2)), record(_news(3))]), packed=False)
    assert _pages(items) == [0, 2, 3]
    assert "its length is not what its header says" in _refusals(items)[0]
