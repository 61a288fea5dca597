from __future__ import annotations

import io
import textwrap
from datetime import date
from pathlib import Path

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.sources import Document, Options, Origin, RawArticle, Refusal, open_source, read_document
from tests.sources.pages import PARAGRAPHS, pdf

DAY = date(2001, 8, 13)
PLAIN = [paragraph.replace("“", '"').replace("”", '"') for paragraph in PARAGRAPHS]


def _read(data: bytes, published: date | None = DAY) -> RawArticle | Refusal:
    document = Document(Origin("paper.pdf"), "pdf", data, alone=True)
    return read_document(document, Options(published=published)).content


def test_lines_become_paragraphs_again_without_running_heads(tmp_path: Path) -> None:
    pages = [
        ["The Lake Post", *textwrap.wrap(paragraph, 70), f"Page {number} of 4"]
        for number, paragraph in enumerate(PLAIN, start=1)
    ]
    (tmp_path / "paper.pdf").write_bytes(pdf(pages))
    (item,) = open_source(tmp_path, Options(published=DAY))
    assert isinstance(item.content, RawArticle)
    assert item.content.text.split() == " ".join(PLAIN).split()
    assert item.content.text.startswith(PLAIN[0] + "\n")


def test_broken_words_are_mended_and_others_keep_their_hyphen() -> None:
    found = _read(pdf([["The ministers of both countries agreed that their govern-", "ments would meet the Franco-",
                        "German envoys, who had been waiting for them in the town."]]))  # fmt: skip
    assert isinstance(found, RawArticle)
    assert "their governments would" in found.text
    assert "Franco- German" in found.text


def test_the_day_comes_from_the_text_and_not_from_the_program_that_made_the_file() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([textwrap.wrap(" ".join(PLAIN), 70)])))
    writer.add_metadata({"/CreationDate": "D:20010813103000Z"})
    out = io.BytesIO()
    writer.write(out)
    refused = _read(out.getvalue(), None)
    assert isinstance(refused, Refusal)
    assert "no date" in str(refused)
    dated = _read(
        pdf([["OHRID, Aug. 13, 2001 (LP) - The second day began.", *textwrap.wrap(" ".join(PLAIN), 70)]]), None
    )
    assert isinstance(dated, RawArticle)
    assert dated.published == DAY


def test_a_locked_file_a_scan_and_a_damaged_one_are_named() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([PLAIN])))
    writer.encrypt("secret", algorithm="RC4-128")
    locked = io.BytesIO()
    writer.write(locked)
    for data, words in ((locked.getvalue(), "password"), (pdf([[]]), "scan"), (pdf([PLAIN])[:200], "damaged")):
        found = _read(data)
        assert isinstance(found, Refusal)
        assert words in str(found)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"%PDF-1.4\n1 0 obj << /A 1 0 R >>", bytes(range(256))])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    assert isinstance(_read(data), Refusal)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=40), st.floats(0, 1), st.integers(0, 40))
def test_any_damage_is_read_or_refused(data: bytes, where: float, cut: int) -> None:
    whole = pdf([PLAIN])
    at = int(where * len(whole))
    assert isinstance(_read(whole[:at] + data + whole[at + cut :]), RawArticle | Refusal)
