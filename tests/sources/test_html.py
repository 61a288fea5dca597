from __future__ import annotations

import contextlib
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import ArticleError, DateError, FormatError, LanguageError
from dragoman.sources import Document, Options, Origin, RawArticle, Refusal, open_source, read_document
from dragoman.sources.html import decode_page
from dragoman.sources.source import Limits
from tests.sources.pages import PARAGRAPHS, PUBLISHED, page

DAY = date(2001, 8, 13)


def _read(data: str | bytes, options: Options | None = None) -> RawArticle:
    content = data.encode() if isinstance(data, str) else data
    found = read_document(Document(Origin("page.html"), "html", content, alone=True), options).content
    if isinstance(found, Refusal):
        raise found.error
    return found


def test_a_saved_page_gives_its_article_and_not_its_menus(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(page(head=PUBLISHED + "<link rel='canonical' href='https://lake.example/a'>"))
    (item,) = open_source(tmp_path)
    article = item.content
    assert isinstance(article, RawArticle)
    assert article.text == "\n".join(PARAGRAPHS)
    assert (article.title, article.source, article.published) == ("Ministers meet again", "The Lake Post", DAY)
    assert article.url == "https://lake.example/a"


def _script(data: object) -> str:
    return f"<script type='application/ld+json'>{json.dumps(data)}</script>"


_DATA = {"@context": "https://schema.org", "@type": "NewsArticle", "datePublished": "2001-08-13T18:30:00Z"}


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (PUBLISHED, ""),
        ("<meta name='dc.date.issued' content='2001-08-13'>", ""),
        ("<meta itemprop='datePublished' content='13 August 2001'>", ""),
        (_script(_DATA), ""),
        (_script({"@graph": [{"@type": "WebSite"}, _DATA]}), ""),
        (f"<script type='application/ld+json'>{{ broken</script>{PUBLISHED}", ""),
        ("", "<span itemprop='datePublished' content='2001-08-13'>Monday</span>"),
        ("", "<time pubdate datetime='2001-08-13T10:00'>Monday</time>"),
        ("", "<p class='when'>Published: 13 August 2001 at 10:30 GMT</p>"),
        ("", "<p>Published on <time datetime='2001-08-13T10:30:00Z'>Monday</time></p>"),
        ("", "<p>OHRID, Aug. 13, 2001 (LP) - The second day began.</p>"),
    ],
)
def test_the_day_that_a_page_states_is_taken(head: str, body: str) -> None:
    assert _read(page(head=head, body=body)).published == DAY


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("<meta property='article:modified_time' content='2001-08-13'>", ""),
        ("<meta http-equiv='last-modified' content='Mon, 13 Aug 2001 10:00:00 GMT'>", ""),
        ("<link rel='canonical' href='https://lake.example/2001/08/13/ministers'>", ""),
        ("<meta property='article:published_time' content='13/08/2001'>", ""),
        ("", "<time datetime='2001-08-13'>the day of the battle</time>"),
        ("", "<p>Last updated: 13 August 2001</p>"),
        ("", "<p>© 2001 The Lake Post, 13 August 2001 edition</p>"),
        (_script([_DATA, {**_DATA, "datePublished": "2001-08-10"}]), ""),
    ],
)
def test_no_other_day_is_taken_for_that_of_publication(head: str, body: str) -> None:
    with pytest.raises(DateError):
        _read(page(head=head, body=body))


def test_a_page_at_odds_with_itself_says_so() -> None:
    head = (
        f"{PUBLISHED}<script type='application/ld+json'>{json.dumps({**_DATA, 'datePublished': '2001-08-03'})}</script>"
    )
    article = _read(page(head=head))
    assert article.published == date(2001, 8, 3)
    assert "several days" in article.notes[0]


def test_a_given_day_goes_before_that_of_the_page() -> None:
    assert _read(page(head=PUBLISHED), Options(published=date(2001, 8, 15))).published == date(2001, 8, 15)


_GERMAN = [
    "Die Außenminister der beiden Länder trafen sich am Montag erneut, und es wurde viel geredet.",
    "Der Sprecher der Regierung sagte, dass niemand gegangen sei und dass auch niemand gehen werde.",
]


@pytest.mark.parametrize(
    ("html", "error", "words"),
    [
        ("", FormatError, "no main text"),
        ("<html><body></body></html>", FormatError, "no main text"),
        (page(head=PUBLISHED, paragraphs=_GERMAN), LanguageError, "German"),
        (page(paragraphs=_GERMAN), LanguageError, "German"),  # and that it is not dated does not matter
        (page(head=PUBLISHED, paragraphs=["Home", "World", "Sport and leisure"]), FormatError, "no main text"),
    ],
)
def test_a_page_without_an_english_article_is_refused(html: str, error: type[ArticleError], words: str) -> None:
    with pytest.raises(error, match=words):
        _read(html)


def test_a_page_cut_off_anywhere_is_read_or_refused() -> None:
    data = page(head=PUBLISHED).encode()
    kinds = set()
    for end in range(0, len(data), 97):
        try:
            kinds.add(type(_read(data[:end])))
        except ArticleError as error:
            kinds.add(type(error))
    assert RawArticle in kinds
    assert kinds <= {RawArticle, FormatError, DateError, LanguageError}


def test_a_page_nested_without_end_is_read_or_refused() -> None:
    for inner in ("div", "b", "table><tr><td", "ul><li"):
        html = page(head=PUBLISHED, body=f"<{inner}>" * 20_000)
        with contextlib.suppress(FormatError):
            _read(html)


def test_a_page_too_large_is_refused() -> None:
    with pytest.raises(FormatError, match="10,000 bytes"):
        _read(page(body="x" * 20_000), Options(limits=Limits(page=10_000)))


@pytest.mark.parametrize(
    ("stated", "written", "header"),
    [
        ("utf-8", "utf-8", None),
        ("iso-8859-1", "utf-8", None),
        ("no-such-charset", "utf-8", "latin-1"),
        ("utf-8", "cp1252", "iso-8859-1"),
        ("iso-8859-1", "cp1252", None),
        ("koi8-r", "koi8-r", None),
        ("utf-8", "cp1252", None),
        ("rot13", "utf-8", "base64"),
        ("utf-8", "utf-16", None),
    ],
)
def test_what_a_page_says_of_its_encoding_is_checked(stated: str, written: str, header: str | None) -> None:
    words = "Мир" if written == "koi8-r" else "“Müller” – café"
    data = f"<html><head><meta charset={stated}></head><body>{words}</body></html>".encode(written)
    text, _ = decode_page(data, header)
    assert words in text


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 500))
def test_any_bytes_in_a_page_are_read_or_refused(data: bytes, at: int) -> None:
    whole = page(head=PUBLISHED).encode()
    for html in (data, whole[:at] + data + whole[at:]):
        found = read_document(Document(Origin("page.html"), "html", html, alone=True)).content
        assert isinstance(found, RawArticle | Refusal)
