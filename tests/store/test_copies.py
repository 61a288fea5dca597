from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from archives import FIRST, fill
from hypothesis import given
from hypothesis import strategies as st

import dragoman
from dragoman.sources import RawArticle
from dragoman.store import copies
from dragoman.store.copies import BANDS, DAYS, LEAST, ROWS, bands, likeness, link

WIRE = (
    "NAIROBI (Example Wire) - Delegates of the two governments opened talks in the lakeside town of Naivasha on "
    "Tuesday, hoping to settle who will police the border markets that both claim. The chief mediator, a retired "
    "judge, asked the delegations to leave their press officers at home and to keep to the agenda agreed in May. "
    "Traders on both sides have lost two seasons to closures, and elders say that another would empty the villages. "
    "A joint patrol, first proposed by the regional bloc last year, is the point on which the sides are closest. "
    "The talks are expected to go on until Friday, when a second round is to be announced or given up for good."
)
OTHER = (
    "The central bank kept its main rate at nine per cent on Tuesday and said that prices would rise more slowly by "
    "the end of the year. Analysts had expected a cut of a quarter point after the shilling gained against the dollar "
    "for the third month in a row. The governor told reporters that the rains had been kind, but that the cost of fuel "
    "could still undo what the harvest had brought, and that the committee would meet again in eight weeks."
)


def _raw(text: str, days: int = 0, url: str | None = None) -> RawArticle:
    return RawArticle(text=text, published=FIRST + timedelta(days=days), url=url)


def _copied(text: str, source: str) -> str:
    return f"{source} reports: " + text.replace("NAIROBI (Example Wire) - ", "").replace("a retired judge", "a judge")


def test_a_text_is_like_itself_and_its_copies_and_like_nothing_else() -> None:
    assert likeness(bands(WIRE), bands(WIRE)) == 1.0
    assert likeness(bands(WIRE), bands(_copied(WIRE, "The Lake Post"))) > 0.8
    assert likeness(bands(WIRE), bands(OTHER)) < 0.1


def test_the_hashes_are_the_same_for_ever() -> None:
    # They are kept in archives: if this changes, copies of articles that are there are no longer found.
    assert bands(WIRE)[:3] == (28792215233033604, 43861395755459504, 159947051734548391)


@given(st.text(alphabet="abc ", max_size=60))
def test_very_short_texts_are_copies_of_nothing(text: str) -> None:
    assert bands(text) == ()


def test_copies_are_one_story_whatever_came_first(tmp_path: Path) -> None:
    copies = [_raw(_copied(WIRE, name), days) for days, name in enumerate(("Lake Post", "Valley Mirror"))]
    given = [_raw(WIRE), *copies, _raw(OTHER)]
    for name, order in (("a", given), ("b", list(reversed(given)))):
        folder = tmp_path / name
        fill(folder, order, batch=1)
        archive = dragoman.open(folder)
        first = min(given[:3], key=lambda raw: (raw.published, raw.id))
        assert {head.id for head in archive.copies(first.id)} == {raw.id for raw in given[:3]} - {first.id}
        assert archive.copies(_raw(OTHER).id) == ()
        assert {item.article.id for item in archive.articles(one_story=True)} == {first.id, _raw(OTHER).id}
        assert archive.events(type="AGREE").count() == 4
        assert archive.events(type="AGREE", one_story=True).count() == 2
        assert archive.counts(("type",), type="AGREE", one_story=True).list() == [{"type": "AGREE", "n": 2}]
        stories = archive.sql("SELECT DISTINCT story FROM stories").list()
        assert stories == [{"story": first.id}]


def test_a_copy_that_comes_in_later_joins_the_story(tmp_path: Path) -> None:
    fill(tmp_path, [_raw(WIRE)])
    fill(tmp_path, [_raw(_copied(WIRE, "Lake Post"), 1)])
    fill(tmp_path, [_raw(_copied(WIRE, "Valley Mirror"), 2)])
    archive = dragoman.open(tmp_path)
    assert len(archive.copies(_raw(WIRE).id)) == 2
    assert archive.info().copies == 3


def test_the_same_words_of_another_month_and_revisions_are_no_copies(tmp_path: Path) -> None:
    page = "https://example.org/talks"
    fill(tmp_path, [_raw(WIRE), _raw(WIRE, 60), _raw(_copied(OTHER, "A"), url=page), _raw(OTHER, url=page)])
    assert dragoman.open(tmp_path).info().copies == 0


class _Drawn:
    """Articles with drawn signatures, as a snapshot shows them: some are near-copies of others."""

    def __init__(self, seed: int, number: int = 120) -> None:
        draw = np.random.default_rng(seed)
        half = draw.integers(0, 2**31 - 1, (number, BANDS * ROWS))
        for one in range(0, number - 1, 3):  # a copy with some hashes of its own
            own = draw.random(BANDS * ROWS) < draw.choice([0.1, 0.35, 0.45])
            half[one + 1] = np.where(own, half[one + 1], half[one])
        packed = ((half[:, 0::2] << 32) | half[:, 1::2]).astype(np.int64)
        days = draw.integers(0, 40, number)
        self.rows = [
            {
                "article": f"a{draw.integers(10**9)}-{n}",
                "document": f"d{n // draw.integers(1, 4)}",
                "published": FIRST + timedelta(days=int(days[n])),
                "batch": f"b{n % 4}",
                "bands": packed[n].tolist() if n % 7 else [],
            }
            for n in range(number)
        ]
        self._base = duckdb.connect()
        found = pa.Table.from_pylist(self.rows)
        known = pa.table({"article": pa.array([], pa.string()), "other": pa.array([], pa.string())})
        for name, table in (("articles", found), ("copies", known)):
            self._base.register("given", table)
            self._base.execute(f"CREATE TABLE {name} AS FROM given")

    def connect(self) -> duckdb.DuckDBPyConnection:
        return self._base.cursor()


@pytest.mark.parametrize("seed", range(6))
def test_copies_found_in_a_stream_are_those_of_a_comparison_of_all_with_all(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "_AT_ONCE", 17)
    drawn = _Drawn(seed)
    fresh = ["b1", "b3"]
    wanted = {}
    for one in drawn.rows:
        for two in drawn.rows:
            if not (one["article"] < two["article"] and one["bands"] and two["bands"]):
                continue
            near = abs((one["published"] - two["published"]).days) <= DAYS
            new = one["batch"] in fresh or two["batch"] in fresh
            width = ROWS // 2
            parts = [[row["bands"][n : n + width] for n in range(0, BANDS * width, width)] for row in (one, two)]
            shared = any(left == right for left, right in zip(*parts, strict=True))
            alike = likeness(one["bands"], two["bands"])
            if near and new and shared and one["document"] != two["document"] and alike >= LEAST:
                wanted[one["article"], two["article"]] = alike
    found = link(drawn, fresh, "1").to_pylist()  # type: ignore[arg-type]
    assert wanted
    assert {(row["article"], row["other"]): row["likeness"] for row in found} == wanted
    assert len(found) == len(wanted)
