from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from archives import FIRST, fill
from hypothesis import given
from hypothesis import strategies as st

import dragoman
from dragoman.sources import RawArticle
from dragoman.store.copies import bands, likeness

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
