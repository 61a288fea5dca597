from __future__ import annotations

import bz2
import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from dragoman.sources import Options, RawArticle, Refusal, open_source
from dragoman.sources.source import Limits

TEXT = "The two parties signed an agreement in Ohrid on Monday, and the envoys of both unions praised it. This is {}."
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress, ".bz2": bz2.compress, ".zst": zstandard.ZstdCompressor(write_checksum=True).compress
}  # fmt: skip
packed = pytest.mark.parametrize("suffix", PACKERS)


def _lines(count: int) -> bytes:
    rows = ({"text": TEXT.format(hash_of(number)), "published": "2001-08-13"} for number in range(count))
    return "\n".join(map(json.dumps, rows)).encode()


def hash_of(number: int) -> str:
    """Something that does not compress."""
    return f"{number * 2654435761 % 2**32:x}"


@packed
def test_compressed_news_is_read_like_any_other(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"news.jsonl{suffix}").write_bytes(PACKERS[suffix](_lines(3)))
    (tmp_path / f"one.txt{suffix}").write_bytes(PACKERS[suffix](f"date 2001-08-13 {TEXT}".encode()))
    items = list(open_source(tmp_path))
    assert len(items) == 4
    assert all(isinstance(item.content, RawArticle) for item in items)
    assert items[1].origin.words.endswith(f"news.jsonl{suffix}, line 2")


@packed
def test_pieces_compressed_apart_and_joined_are_one_file(tmp_path: Path, suffix: str) -> None:
    pack = PACKERS[suffix]
    (tmp_path / f"news.jsonl{suffix}").write_bytes(pack(_lines(2) + b"\n") + pack(_lines(3)))
    assert len(list(open_source(tmp_path))) == 5


@packed
def test_a_file_that_breaks_off_gives_what_it_has_and_says_so(tmp_path: Path, suffix: str) -> None:
    data = PACKERS[suffix](_lines(16_000))
    (tmp_path / f"news.jsonl{suffix}").write_bytes(data[: len(data) // 2])
    *items, last = open_source(tmp_path)
    assert len(items) > 500
    assert all(isinstance(item.content, RawArticle) for item in items)
    assert isinstance(last.content, Refusal)
    assert f"news.jsonl{suffix}" in str(last.content)
    assert "break off" in str(last.content)


@packed
def test_a_bomb_is_not_unpacked(tmp_path: Path, suffix: str) -> None:
    piece = PACKERS[suffix](bytes(20_000_000))
    (tmp_path / f"bomb.jsonl{suffix}").write_bytes(piece * 10)
    (tmp_path / f"good.jsonl{suffix}").write_bytes(PACKERS[suffix](_lines(1)))
    bomb, good = open_source(tmp_path)
    assert "bomb" in str(bomb.content)
    assert "250 times" in str(bomb.content)
    assert isinstance(good.content, RawArticle)


@packed
def test_damaged_bytes_are_named(tmp_path: Path, suffix: str) -> None:
    data = bytearray(PACKERS[suffix](_lines(2000)))
    data[len(data) // 2 : len(data) // 2 + 200] = b"\xaa" * 200
    (tmp_path / f"news.jsonl{suffix}").write_bytes(data)
    *_, last = open_source(tmp_path)
    assert isinstance(last.content, Refusal)


def test_a_line_too_long_is_passed_over(tmp_path: Path) -> None:
    first, second = _lines(2).split(b"\n")
    file = tmp_path / "news.jsonl"
    file.write_bytes(first + b"\n" + b"x" * 5000 + b"\n" + second)
    items = list(open_source(file, Options(limits=Limits(document=1000))))
    assert [type(item.content) for item in items] == [RawArticle, Refusal, RawArticle]
    assert "line 2" in str(items[1].content)


def test_a_text_too_long_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    file.write_bytes(b"word " * 1000)
    (item,) = open_source(file, Options(limits=Limits(document=1000)))
    assert "1,000 bytes" in str(item.content)


def test_lines_in_utf16_are_read(tmp_path: Path) -> None:
    file = tmp_path / "news.jsonl"
    file.write_text(_lines(2).decode().replace("agreement", "agreement – “at last” –"), encoding="utf-16")
    first, second = (item.content for item in open_source(file))
    assert isinstance(first, RawArticle)
    assert isinstance(second, RawArticle)
    assert "“at last”" in first.text
