from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.sources.normalization import article_id, decode, normalize


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("One\r\nTwo\rThree", "One\nTwo\nThree"),
        ("Erdog\u0306an", "Erdo\u011fan"),
        ("a\u00a0b\u2009c\td", "a b c d"),
        ("cease\u00adfire, un\u200bseen, \ufeffmark, \u202eturned\u202c", "ceasefire, unseen, mark, turned"),
        ("bell\x07 and nul\x00", "bell and nul"),
        ("â€œYes,â€\x9d he said. Itâ€™s over.", "“Yes,” he said. It’s over."),
        ("\x93Yes,\x94 he said. It\x92s over.", "“Yes,” he said. It’s over."),
        ("``Yes,'' he said.", "“Yes,” he said."),
        ("AT&amp;T &quot;won&quot; it&#39;s", 'AT&T "won" it\'s'),
        ("  \n\n text \n ", "text"),
    ],
)
def test_text_is_made_uniform(given_text: str, expected: str) -> None:
    assert normalize(given_text).text == expected


@pytest.mark.parametrize(
    "text", ["“Yes,” he said.", '"Yes," he said.', "‘Yes,’ he said. It's his.", "US and us; May and may"]
)
def test_quotation_marks_and_case_of_the_author_stay(text: str) -> None:
    assert normalize(text).text == text


def test_lines_wrapped_at_a_width_are_joined_without_moving_anything() -> None:
    wrapped = (
        "The foreign ministers of the two countries met for a second\n"
        "day in the lakeside town and said that they had come closer\n"
        "on the release of prisoners.\n\n"
        "No date was set for another round, and neither side would\n"
        "say what stands between them."
    )
    text = normalize(wrapped).text
    assert len(text) == len(wrapped)
    assert "a second day in the lakeside town" in text
    assert text.count("\n") == 2


@pytest.mark.parametrize(
    "text",
    [
        "Who was there:\nthe minister of foreign affairs of the host country\nthe envoy\na scribe",
        "First paragraph in one line, as long as it likes to be, for so are most files kept today.\nSecond one.",
    ],
)
def test_lists_and_one_paragraph_a_line_stay_as_they_are(text: str) -> None:
    assert normalize(text).text == text


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalize(text).text
    assert normalize(once).text == once
    assert unicodedata.is_normalized("NFC", once)


@given(st.text(max_size=40), st.text("abc\u00e9", min_size=1, max_size=8), st.text(max_size=40))
def test_positions_move_with_their_words(before: str, word: str, after: str) -> None:
    # Marks around the word keep it from composing with its neighbours.
    text = f"{before}|{word}|{after}"
    start = len(before) + 1
    normal = normalize(text, [start, start + len(word)])
    first, last = normal.positions
    assert normal.text[first:last] == word


def test_utf8_and_byte_order_marks_are_understood() -> None:
    text = "Erdoğan “said”"
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert decode(text.encode(encoding)) == (text, ())


def test_old_windows_files_are_read_and_it_is_said() -> None:
    text, notes = decode("“It’s over,” said Müller – finally.".encode("cp1252"))
    assert text == "“It’s over,” said Müller – finally."
    assert "Windows-1252" in notes[0]


def test_broken_utf8_is_replaced_and_it_is_said() -> None:
    text, notes = decode("Erdoğan met ".encode() + b"\xff\xfe" + b" Putin " + "ğ".encode()[:1] + b" in Sochi")
    assert text == "Erdoğan met \ufffd\ufffd Putin \ufffd in Sochi"
    assert "broken UTF-8 in 3 places" in notes[0]


@given(st.binary())
def test_any_bytes_become_text_that_can_be_written_again(data: bytes) -> None:
    text, _ = decode(data)
    normalize(text).text.encode("utf-8")


def test_the_id_depends_on_text_and_day_alone() -> None:
    day = date(2022, 3, 21)
    assert article_id("A text.", day) == article_id("A text.", day)
    assert len({article_id("A text.", day), article_id("A text!", day), article_id("A text.", date(2022, 3, 22))}) == 3
