import csv
import io
import json
import re
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

from benchmarks.merging import STORIES, load_story
from dragoman.mediation import Files, MediationFile, brief, changes, events_csv, markdown, page, steps_csv, to_json
from dragoman.mediation.exports import EVENT_COLUMNS, STEP_COLUMNS

STORY = load_story(STORIES / "antalya-2022.json")
NAMES = {"RUS": "Russia", "UKR": "Ukraine", "TUR": "Türkiye"}


def file():
    return files().file("RUS-UKR")


def files():
    found = Files()
    for article, mediation in STORY.articles:
        found.add(article, (mediation,))
    return found


def name(actor):
    return NAMES.get(actor, actor)


def test_every_sentence_of_a_brief_has_a_footnote_that_is_there():
    made = brief(file(), name=name)
    numbers = {note.number for note in made.footnotes}
    for section in made.sections:
        for line in section.lines:
            assert line.notes, line.text
            assert set(line.notes) <= numbers


def test_footnotes_quote_the_sentence_of_the_article():
    text = {article.id: article.text for article, _ in STORY.articles}
    made = brief(file())
    assert made.footnotes
    for note in made.footnotes:
        assert note.quote in text[note.article]


def test_markdown_resolves_every_mark_once():
    text = markdown(brief(file(), name=name))
    used = set(re.findall(r"\[\^(\d+)\](?!:)", text))
    defined = re.findall(r"^\[\^(\d+)\]:", text, re.MULTILINE)
    assert used == set(defined)
    assert len(defined) == len(set(defined))
    assert "Mediation Russia – Ukraine" in text


def test_contradictions_are_told_in_words():
    assert "2 reports say inconclusive, 1 report says failure" in markdown(brief(file()))


def test_what_is_new_stands_first():
    since = STORY.articles[0][0].published
    made = brief(file(), changed=changes(files(), "RUS-UKR", since))
    assert made.sections[0].heading == f"New since {since.day} March 2022"
    assert any("status was future, is actual" in line.text for line in made.sections[0].lines)


class Collector(HTMLParser):
    def __init__(self):
        super().__init__()
        self.ids, self.links, self.tags = [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        values = dict(attrs)
        if "id" in values:
            self.ids.append(values["id"])
        if values.get("href", "").startswith("#"):
            self.links.append(values["href"][1:])


def test_the_page_links_marks_and_notes_both_ways():
    collector = Collector()
    collector.feed(page(brief(file(), name=name)))
    assert len(collector.ids) == len(set(collector.ids))
    assert set(collector.links) == set(collector.ids)


def test_markup_in_names_and_quotes_is_shown_not_obeyed():
    evil = '<script>alert("x")</script>'
    collector = Collector()
    collector.feed(page(brief(file(), name=lambda actor: evil)))
    assert "script" not in collector.tags


def test_a_link_of_another_scheme_is_not_made_a_link():
    article, mediation = STORY.articles[0]
    found = Files()
    found.add(replace(article, url="javascript:alert(1)"), (mediation,))
    assert "javascript:" not in page(brief(found.file("RUS-UKR")))


def test_the_json_export_reads_back_to_the_same_file():
    assert MediationFile.from_dict(json.loads(to_json(file()))) == file()


def test_the_step_export_has_a_row_for_each_step():
    rows = list(csv.DictReader(io.StringIO(steps_csv(file()))))
    assert tuple(rows[0]) == STEP_COLUMNS
    assert len(rows) == len(file().steps)
    assert any("inconclusive (2) / failure (1)" in row["contradictions"] for row in rows)


def test_the_event_export_has_a_row_for_each_mediation_event_that_took_place():
    rows = list(csv.DictReader(io.StringIO(events_csv(file(), name))))
    assert tuple(rows[0]) == EVENT_COLUMNS
    antalya = next(row for row in rows if row["location"] == "Antalya")
    assert antalya["start_date"] == antalya["end_date"] == "2022-03-10"
    assert (antalya["third_parties"], antalya["local_actors"]) == ("Türkiye", "Russia; Ukraine")
    assert antalya["n_sources"] == "4"
    assert antalya["outcome"] == "inconclusive"
    assert {row["kind"] for row in rows} == {"offer", "talks"}


def test_a_cell_never_starts_a_formula():
    rows = list(csv.DictReader(io.StringIO(events_csv(file(), lambda actor: f"={actor}"))))
    assert all(not row["third_parties"].startswith("=") for row in rows)


def test_days_are_written_as_a_memo_has_them():
    text = markdown(brief(file(), name=name))
    body = text.split("[^1]: ")[0]
    assert re.search(r"\*\*\d{1,2} March 2022\*\*", body)
    assert not re.search(r"\d{4}-\d\d-\d\d", text)


def test_on_one_page_nothing_new_is_told_twice():
    since = STORY.articles[0][0].published
    made = brief(file(), changed=changes(files(), "RUS-UKR", since), limit=3)
    told = [line.text for section in made.sections[:2] for line in section.lines]
    assert made.sections[1].heading == "Earlier steps"
    assert len(told) == len(set(told))


def test_a_condition_that_an_agreement_covers_is_no_open_question():
    for story in sorted(STORIES.glob("*.json")):
        found = Files()
        for article, mediation in load_story(story).articles:
            found.add(article, (mediation,))
        for conflict in found:
            for section in brief(found.file(conflict)).sections:
                covered = [line for line in section.lines if "a later agreement covers it" in line.text]
                assert not covered or section.heading == "Conditions that a later agreement covers"


def test_what_is_settled_or_overdue_is_never_told_as_settled_and_open():
    found = changes(files(), "RUS-UKR", STORY.articles[0][0].published)
    for section in brief(file(), changed=found).sections:
        for line in section.lines:
            if line.lead == "No longer open:":
                assert "nothing shows that it was met" not in line.text
                assert "no known answer" not in line.text


def test_a_brief_of_a_day_before_the_first_report_says_so():
    early = files().file("RUS-UKR", min(article.published for article, _ in STORY.articles) - timedelta(days=1))
    made = brief(early, early.latest)
    assert made.summary == "Nothing is reported."
    assert made.sections == ()


def test_two_footnotes_of_one_sentence_are_two_numbers_and_not_one():
    made = brief(file(), name=name)
    first, second, *_ = next(line.notes for section in made.sections for line in section.lines if len(line.notes) > 1)
    assert f"[^{first}] [^{second}]" in markdown(made)
    assert re.search(rf"{first}</a></sup><sup>, </sup><sup[^>]*><a[^>]*>{second}</a>", page(made))


def test_the_page_fits_a_telephone_and_its_way_back_has_words_for_who_cannot_see_the_arrow():
    text = page(brief(file()))
    assert 'name="viewport"' in text
    assert 'aria-label="back to the text"' in text
