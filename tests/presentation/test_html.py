from __future__ import annotations

import dataclasses
from html.parser import HTMLParser

import pytest
from sample_reading import sample_reading

from dragoman.presentation.html import article_html, page_html
from dragoman.records import Actor, Reading

EVIL = "<script>alert(1)</script>\"'&<img src=x onerror=alert(1)>"
_VOID = {"meta", "br", "input", "img", "link", "hr"}


class _Page(HTMLParser):
    """What a browser would see: elements, ids, links and text; unbalanced elements are errors."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(page)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        values = dict(attrs)
        self.ids += [values["id"]] if values.get("id") else []  # type: ignore[list-item]
        self.links += [values["href"]] if values.get("href") else []  # type: ignore[list-item]
        assert not any(name.startswith("on") for name in values)
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def _evil(reading: Reading) -> Reading:
    """The reading with markup in every string that comes from an article."""
    actor = reading.actors[0]
    return dataclasses.replace(
        reading,
        article=dataclasses.replace(reading.article, title=EVIL, source=EVIL, url=f"javascript:{EVIL}"),
        actors=(Actor(actor.id, EVIL, "country", EVIL, "GOV", EVIL, EVIL, True, actor.mentions), *reading.actors[1:]),
        events=tuple(
            dataclasses.replace(
                event, why=EVIL, said_by=EVIL, predicate=dataclasses.replace(event.predicate, text=EVIL)
            )
            for event in reading.events
        ),
        mediations=tuple(dataclasses.replace(mediation, id=EVIL) for mediation in reading.mediations),
    )


def test_the_article_stands_in_the_page_word_for_word() -> None:
    reading = sample_reading()
    page = _Page(article_html(reading))
    for words in ("Ethiopia", " a peace agreement in ", "“Today reason has won,”"):
        assert words in page.text


def test_every_link_in_a_page_leads_to_something_in_it() -> None:
    reading = sample_reading()
    page = _Page(page_html("Sample", [reading], reading.mediations))
    assert len(page.links) > 8
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


@pytest.mark.parametrize("show", [article_html, lambda reading: page_html(EVIL, [reading], reading.mediations)])
def test_markup_in_an_article_stays_text(show) -> None:  # type: ignore[no-untyped-def]
    page = _Page(show(_evil(sample_reading())))
    assert "script" not in page.tags
    assert "img" not in page.tags
    assert EVIL in page.text
    assert all(link.startswith("#") for link in page.links)


def test_a_web_address_becomes_a_link_and_nothing_is_fetched() -> None:
    reading = sample_reading()
    linked = dataclasses.replace(
        reading, article=dataclasses.replace(reading.article, url="https://example.org/a?b=1&c=2")
    )
    page = page_html("Sample", [linked], ())
    assert "https://example.org/a?b=1&c=2" in _Page(page).links
    assert "src=" not in page
    assert "@import" not in page
    assert "url(" not in page


def test_a_notebook_shows_a_reading_as_marked_text() -> None:
    assert "dragoman-actor" in sample_reading()._repr_html_()
