from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import ArticleError
from dragoman.sources import Item, RawArticle, Refusal, open_source
from dragoman.sources.feeds import entries
from tests.sources.pages import PARAGRAPHS

DAY = date(2001, 8, 13)
HTML = "&lt;p&gt;".join(paragraph.replace("&", "&amp;") for paragraph in PARAGRAPHS)


def rss(*items: str) -> str:
    return (
        "<?xml version='1.0' encoding='utf-8'?><rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel>"
        f"<title>The Lake Post &amp; Co</title>{''.join(f'<item>{item}</item>' for item in items)}</channel></rss>"
    )


ITEM = (
    "<title>Ministers &lt;b&gt;meet&lt;/b&gt;</title><link>https://lake.example/a</link><guid>a-1</guid>"
    f"<pubDate>Mon, 13 Aug 2001 18:30:00 +0200</pubDate><description>{HTML}</description>"
)
ATOM = (
    "<feed xmlns='http://www.w3.org/2005/Atom'><title>The Lake Post</title><entry><id>a-1</id><title>Ministers meet"
    "</title><link href='https://lake.example/a'/><published>2001-08-13T18:30:00Z</published><updated>2001-08-20T00:00:00Z"
    f"</updated><content type='html'>{HTML}</content></entry></feed>"
)


def _items(folder: Path, data: str | bytes) -> list[Item]:
    (folder / "feed.xml").write_bytes(data.encode() if isinstance(data, str) else data)
    return list(open_source(folder))


@pytest.mark.parametrize("feed", [rss(ITEM), ATOM])
def test_a_saved_feed_gives_what_its_entries_hold(tmp_path: Path, feed: str) -> None:
    (item,) = _items(tmp_path, feed)
    article = item.content
    assert isinstance(article, RawArticle)
    assert article.text == "\n".join(PARAGRAPHS)
    assert (article.title, article.published, article.external_id) == ("Ministers meet", DAY, "a-1")
    assert article.url == "https://lake.example/a"
    assert (article.source or "").startswith("The Lake Post")
    assert item.origin.words.endswith("feed.xml, entry 1")


def test_the_day_of_an_update_is_not_that_of_publication(tmp_path: Path) -> None:
    (item,) = _items(tmp_path, ATOM.replace("<published>2001-08-13T18:30:00Z</published>", ""))
    assert isinstance(item.content, Refusal)
    assert "no date" in str(item.content)


def test_a_bad_entry_does_not_stop_the_others(tmp_path: Path) -> None:
    bad = ITEM.replace("Mon, 13 Aug 2001 18:30:00 +0200", "a while ago")
    items = _items(tmp_path, rss(ITEM, bad, "<link>https://lake.example/b</link>", ITEM))
    assert [type(item.content) for item in items] == [RawArticle, Refusal, Refusal, RawArticle]
    assert "entry 3: it holds no text" in str(items[2].content)


def test_a_feed_that_breaks_off_gives_what_it_has(tmp_path: Path) -> None:
    data = rss(*[ITEM] * 20)
    items = _items(tmp_path, data[: len(data) // 2])
    assert sum(isinstance(item.content, RawArticle) for item in items) >= 8


@pytest.mark.parametrize(
    "data", ["", "<html><body>no feed</body></html>", "<?xml version='1.0'?><sitemap/>", rss(), "\0"]
)
def test_what_is_no_feed_is_refused(tmp_path: Path, data: str) -> None:
    (item,) = _items(tmp_path, data)
    assert isinstance(item.content, Refusal)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=60), st.integers(0, 600), st.integers(0, 60))
def test_any_damage_to_a_feed_is_read_or_refused(data: bytes, at: int, cut: int) -> None:
    whole = rss(ITEM).encode()
    for feed in (data, whole[:at] + data + whole[at + cut :]):
        try:
            list(entries(feed))
        except ArticleError:
            continue
