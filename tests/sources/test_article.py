from __future__ import annotations

import re
from datetime import date, datetime

import pytest

from dragoman.errors import DateError, FormatError, LanguageError
from dragoman.sources import from_text, prepare
from dragoman.sources.article import MAX_CHARACTERS

DAY = date(2001, 8, 13)
TEXT = "The two parties signed an agreement in Ohrid on Monday, and the envoys of both unions praised it."


def test_without_a_day_the_error_says_every_way_to_give_one() -> None:
    with pytest.raises(DateError) as refused:
        prepare(TEXT)
    for way in ("--published", "first line", "front matter", "dateline", "JSON Lines"):
        assert way in str(refused.value)


def test_today_is_never_assumed() -> None:
    with pytest.raises(DateError):
        prepare(TEXT, published="today")


def test_the_day_may_be_a_date_a_time_or_words() -> None:
    for published in (DAY, datetime(2001, 8, 13, 12), "2001-08-13", "13 August 2001"):
        assert prepare(TEXT, published=published).published == DAY


def test_the_given_day_goes_before_that_of_the_text_and_it_is_said() -> None:
    article = prepare(f"date 2001-08-14 {TEXT}", published=DAY)
    assert (article.published, article.text) == (DAY, TEXT)
    assert "2001-08-14" in article.notes[0]


def test_the_dateline_stays_in_the_text() -> None:
    text = f"SKOPJE, August 13, 2001 (MIA) - {TEXT}"
    article = prepare(text)
    assert (article.published, article.text) == (DAY, text)


@pytest.mark.parametrize("text", ["", " \n\t ", "\x00\u200b", "date 2001-08-13"])
def test_an_empty_text_is_refused(text: str) -> None:
    with pytest.raises(FormatError, match="empty"):
        prepare(text, published=DAY)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Les deux parties ont signé un accord lundi à Ohrid, selon le ministre des Affaires étrangères.", "French"),
        (
            "Der Außenminister traf am Montag seinen Amtskollegen in Berlin und sprach über den Frieden.",
            "German",
        ),
        ("Dışişleri Bakanı, Antalya'da Rus ve Ukraynalı mevkidaşlarıyla görüştü.", "Turkish"),
        ("Министр иностранных дел встретился в понедельник со своим коллегой.", "Russian"),
        ("El ministro se reunió el lunes con su homólogo en Bogotá para hablar de la paz.", "Spanish"),
        ("وقع الطرفان اتفاق السلام يوم الاثنين في الدوحة", "Arabic"),
    ],
)
def test_another_language_is_named_and_refused(text: str, language: str) -> None:
    with pytest.raises(LanguageError, match=language):
        prepare(text, published=DAY)


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "Foreign Minister Sergey Lavrov met Recep Tayyip Erdogan in Ankara.",
        "Pierre Dupont, président du conseil, met envoys from Abidjan in Ouagadougou on Monday.",
        "Talks fail.",
    ],
)
def test_short_english_full_of_names_is_english(text: str) -> None:
    assert prepare(text, published=DAY).text == text


def test_a_web_page_by_mistake_is_named() -> None:
    with pytest.raises(FormatError, match="HTML"):
        prepare(f"<!DOCTYPE html><html><head><title>x</title></head><body><p>{TEXT}</p></body></html>", published=DAY)


def test_stray_tags_are_taken_out_and_it_is_said() -> None:
    article = prepare(f"<p>{TEXT}</p><p>It was <b>late</b>, and 3 < 4.</p>", published=DAY)
    assert "<p>" not in article.text
    assert article.text.startswith(TEXT)
    assert "late, and 3 < 4" in article.text
    assert "6 HTML tags" in article.notes[0]


def test_a_book_by_mistake_is_refused() -> None:
    with pytest.raises(FormatError, match="at most"):
        prepare("word " * (MAX_CHARACTERS // 5 + 1), published=DAY)


def test_five_megabytes_of_text_are_taken() -> None:
    text = (TEXT + "\n\n") * (5_000_000 // (len(TEXT) + 2))
    assert len(prepare(text, published=DAY).text) == len(text.strip())


def test_one_line_of_a_hundred_thousand_characters_is_taken() -> None:
    text = (TEXT + " ") * (100_000 // (len(TEXT) + 1))
    assert "\n" not in prepare(text, published=DAY).text


def test_spans_of_known_actors_move_with_the_text() -> None:
    text = "date 2001-08-13 \r\n  The two\u00ad parties met\x07 Javier Solana in the “Villa”.\r\nIt was late."
    spans = [(text.index("Javier"), text.index("Solana") + 6), (text.index("The"), text.index("parties") + 7)]
    article = prepare(text, spans=spans)
    assert [article.text[start:end] for start, end in article.spans] == ["The two parties", "Javier Solana"]


@pytest.mark.parametrize("span", [(-1, 4), (4, 4), (5, 2), (0, 10_000)])
def test_a_span_outside_of_the_text_is_refused(span: tuple[int, int]) -> None:
    with pytest.raises(FormatError, match=re.escape(f"{span[0]}–{span[1]}")):
        prepare(TEXT, published=DAY, spans=[span])


def test_the_same_article_has_the_same_id_however_it_comes() -> None:
    first, second = prepare(TEXT, published=DAY), prepare(f"\ufeff  {TEXT}\r\n", published="2001-08-13", source="wire")
    assert first.id == second.id


HEAD = "---\ntitle: An accord in Ohrid\ndate: 2001-08-13\n---\n\n"


def test_front_matter_of_a_text_gives_day_and_title() -> None:
    article = from_text(HEAD + TEXT)
    assert (article.title, article.published, article.text) == ("An accord in Ohrid", DAY, TEXT)


def test_what_is_given_goes_before_the_front_matter() -> None:
    article = from_text(HEAD + TEXT, published="2001-08-14", title="Ohrid")
    assert (article.title, article.published) == ("Ohrid", date(2001, 8, 14))


def test_known_actors_are_counted_from_the_front_matter_on() -> None:
    start = len(HEAD)
    article = from_text(HEAD + TEXT, spans=[(start, start + 15)])
    assert [article.text[first:last] for first, last in article.spans] == ["The two parties"]
    with pytest.raises(FormatError):
        from_text(HEAD + TEXT, spans=[(0, 10)])
