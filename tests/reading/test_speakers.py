"""On whose word: who speaks where the text names nobody at the word of saying, or names more than one."""

from datetime import date

import pytest

import dragoman
from dragoman.knowledge import load_knowledge
from dragoman.reading.actors import find_actors
from dragoman.reading.statements import FoundStatement, find_statements


def statements(text: str) -> tuple[FoundStatement, ...]:
    doc = dragoman.load()(text)
    return find_statements(doc, find_actors(doc, date(1999, 5, 6), load_knowledge()))


def speakers(text: str, cue: str) -> list[str | None]:
    return [found.record.speaker for found in statements(text) if found.record.cue and found.record.cue.text == cue]


def contents(text: str, cue: str) -> list[str]:
    found = [each.record for each in statements(text)]
    return [text[each.start : each.end] for each in found if each.cue and each.cue.text == cue]


AFTER_GAMA = "The talks had ended early, said Jaime Gama, the Portuguese foreign minister."
AFTER_ALATAS = 'Xanana Gusmao was moved to a house in Jakarta. "He is not free," Ali Alatas told reporters.'


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        (f"{AFTER_ALATAS} He argued that the army had obeyed a court which had ruled otherwise.", "argued"),
        ("The army had obeyed what a court ordered, Jaime Gama said. He noted that it took its time.", "noted"),
        ("Jaime Gama said that it was what a court had ordered. He noted that it took its time.", "noted"),
        (f"{AFTER_GAMA} His claim that Jakarta had agreed could not be confirmed.", "claim"),
        (f"{AFTER_GAMA} He described them as a waste, and vowed to fly home.", "vowed"),
    ],
)
def test_whoever_spoke_last_goes_on_as_he(text: str, cue: str) -> None:
    named = "ali-alatas" if "Alatas" in text else "jaime-gama"
    assert speakers(text, cue) == [named]


def test_he_after_a_quotation_of_many_sentences_is_its_speaker() -> None:
    text = (
        "“We left early,” said Jaime Gama. “It was cold. It rained.” His two drivers, he noted, had slept in the car."
    )
    assert speakers(text, "noted") == ["jaime-gama"]
    assert contents(text, "noted") == ["His two drivers, he noted, had slept in the car"]


def test_whom_a_letter_goes_to_does_not_write_it() -> None:
    text = "Jaime Gama said that Lisbon was not asked. In a letter to Ali Alatas, he writes that this is new."
    assert speakers(text, "writes") == ["jaime-gama"]


def test_it_is_whom_the_article_has_according_to() -> None:
    text = "According to UNITA, the road is closed. It says the army mined it, and the bridge fell, it adds."
    assert speakers(text, "says") == ["UNITA"]


def test_words_in_marks_at_the_head_of_a_reported_clause_are_not_all_of_it() -> None:
    text = "Jaime Gama said that “strangers” had closed the road and that the army opened it."
    assert contents(text, "said") == ["“strangers” had closed the road and that the army opened it"]


def test_she_is_not_the_man_who_spoke_last() -> None:
    text = 'Madeleine Albright flew to Rome. "It is late," said Carlos Rivera. She said the plan would be kept.'
    assert speakers(text, "said") == ["carlos-rivera", "madeleine-albright"]


@pytest.mark.parametrize("one", ["Another", "Others"])
def test_another_is_one_more_of_those_who_spoke(one: str) -> None:
    text = f"An adviser to UNITA said the road was closed. {one} said that it had been mined."
    assert speakers(text, "said") == ["UNITA", "UNITA"]


@pytest.mark.parametrize(
    ("text", "cue", "speaker"),
    [
        ("It was, Jaime Gama said, a sad day for the region.", "said", "jaime-gama"),
        ("The delegation, said Jaime Gama, had been kept waiting and had left.", "said", "jaime-gama"),
        ("Kofi Annan's office said on Monday that the envoy had not resigned.", "said", "kofi-annan"),
        ("The radio quoted Jaime Gama as saying that the border was open.", "saying", "jaime-gama"),
        ("Jaime Gama was reported as saying that the border was open.", "saying", "jaime-gama"),
        ("Two members of UNITA said the road was closed.", "said", "UNITA"),
        ("The plan was backed by the Portuguese minister, Jaime Gama, who said: “It is late.”", "said", "jaime-gama"),
    ],
)
def test_the_speaker_is_whom_the_clause_of_saying_names(text: str, cue: str, speaker: str) -> None:
    assert speakers(text, cue) == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "Jaime Gama dismissed claims that Lisbon had paid the rebels.",
        "Jaime Gama responded to claims that Lisbon had paid the rebels.",
        "Lisbon has paid the rebels, according to press reports.",
    ],
)
def test_what_someone_only_answers_or_is_told_of_is_not_his_word(text: str) -> None:
    assert {found.record.speaker for found in statements(text)} == {None}


def test_sources_that_the_parse_takes_for_agents_are_sources() -> None:
    text = "A draft letter by Togo, which asked for aid, was turned down by Ghana, diplomats in Accra said."
    assert speakers(text, "said") == ["diplomats"]
    assert contents(text, "said") == ["A draft letter by Togo, which asked for aid, was turned down by Ghana"]


def test_it_is_the_office_that_spoke_last() -> None:
    text = "Jaime Gama's office said that he had called Ali Alatas. The time was not ripe, it added."
    assert speakers(text, "added") == ["jaime-gama"]


def test_a_warning_is_of_whoever_issues_it() -> None:
    assert speakers("Jaime Gama issued a warning that the road was mined.", "warning") == ["jaime-gama"]


def test_the_statement_is_the_one_that_was_told_of() -> None:
    text = "“The road is mined,” UNITA said in a statement. The statement warned that no convoy would be spared."
    assert speakers(text, "warned") == ["UNITA"]


def test_a_quotation_is_not_of_whoever_does_not_elaborate() -> None:
    text = "Jaime Gama spoke of “a sad mistake by others,” without elaborating."
    assert speakers(text, "elaborating") == []


def test_what_follows_a_full_stop_is_no_part_of_what_was_said() -> None:
    text = (
        "“We have lost a year,” Jaime Gama said in his speech. Ali Alatas, for his part, praised the mediators and "
        "promised to come back."
    )
    assert all("Alatas" not in text[each.record.start : each.record.end] for each in statements(text))


def test_a_clause_that_its_speaker_interrupts_is_whole() -> None:
    text = "The road was open; the army, he wrote, had cleared it of mines on Monday."
    assert contents(text, "wrote") == ["the army, he wrote, had cleared it of mines on Monday"]


def test_what_others_deny_of_it_is_no_part_of_what_was_said() -> None:
    text = "Jaime Gama said that the army had mined the road, which Jakarta denies."
    assert contents(text, "said") == ["the army had mined the road"]


@pytest.mark.parametrize("dateline", ["LISBON, 6 May 1999 (UN News) - ", "New York, 6 May 1999 (UN News) - "])
def test_a_dateline_is_nobodys_word(dateline: str) -> None:
    text = f"{dateline}Secretary-General Kofi Annan today urged the Security Council to impose an embargo on Angola."
    assert all(each.record.start >= len(dateline) for each in statements(text))


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        (
            "Jaime Gama told reporters that the road was open but that the bridge had gone.",
            "told",
            "the road was open but that the bridge had gone",
        ),
        (
            "UNITA announced that the road was open, and that its men would guard it.",
            "announced",
            "the road was open, and that its men would guard it",
        ),
        (
            "It was for Indonesians, Jaime Gama added, to look for a way out.",
            "added",
            "It was for Indonesians, Jaime Gama added, to look for a way out",
        ),
        (
            "They had come, Jaime Gama said, to open the road.",
            "said",
            "They had come, Jaime Gama said, to open the road",
        ),
        (
            "If the rebels stayed there, Jaime Gama said, the army would be sent.",
            "said",
            "If the rebels stayed there, Jaime Gama said, the army would be sent",
        ),
        (
            "Jaime Gama replied that he would never sign the paper, but was ready to read it.",
            "replied",
            "he would never sign the paper, but was ready to read it",
        ),
        (
            "The raid, named “Thunder”, will last two days, Jaime Gama said.",
            "said",
            "The raid, named “Thunder”, will last two days",
        ),
    ],
)
def test_all_that_one_word_of_saying_reports_is_one_statement(text: str, cue: str, content: str) -> None:
    assert contents(text, cue) == [content]


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("The road was open, Jaime Gama said, after the army had cleared it of mines.", "said", "The road was open"),
        ("Jaime Gama said that he was hopeful; his country buys gas from Algeria.", "said", "he was hopeful"),
        (
            "Jaime Gama said Lisbon had set a date for the talks, and denied having asked for money.",
            "said",
            "Lisbon had set a date for the talks",
        ),
        ("“The road is open,” Jaime Gama had said when he came back.", "said", "“The road is open,”"),
    ],
)
def test_what_the_article_tells_beside_it_is_no_part_of_what_was_said(text: str, cue: str, content: str) -> None:
    assert contents(text, cue) == [content]


@pytest.mark.parametrize(
    ("text", "cue", "speaker", "content"),
    [
        (
            "The talks, which Jaime Gama said had been agreed, have not begun.",
            "said",
            "jaime-gama",
            "had been agreed",
        ),
        (
            "Ali Alatas spoke of a “ray of light” but said big hurdles remained.",
            "said",
            "ali-alatas",
            "big hurdles remained",
        ),
        (
            "Jaime Gama demanded that the Security Council meet. He left.",
            "demanded",
            "jaime-gama",
            "the Security Council meet",
        ),
    ],
)
def test_a_clause_that_hangs_elsewhere_is_still_what_was_said(text: str, cue: str, speaker: str, content: str) -> None:
    assert speakers(text, cue) == [speaker]
    assert contents(text, cue) == [content]


def test_what_is_done_according_to_rules_is_nobodys_word() -> None:
    assert statements("Each side may choose its judges according to its own rules.") == ()


def test_a_promise_that_was_not_given_is_no_statement() -> None:
    text = "Jaime Gama left Jakarta with no promise that the army would go."
    assert contents(text, "promise") == []


def test_an_aide_speaks_for_the_country_not_in_the_name_of_whom_he_serves() -> None:
    text = "Indonesia is silent. An aide to President Suharto said that the army had been told."
    assert "suharto" not in str(speakers(text, "said"))


def test_a_statement_issued_by_a_body_is_its_word() -> None:
    text = "A statement issued by the United Nations said that the road was open."
    assert speakers(text, "said") == ["UN"]


@pytest.mark.parametrize(
    ("text", "cue", "speaker"),
    [
        ('Angelo Rossi met both presidents on Thursday. "It is over," the 73-year-old Italian said.', "said", "rossi"),
        ("Jan Eliasson flew to Sudan. The Swede said that the army would not help.", "said", "eliasson"),
        ('Lakhdar Brahimi left Syria on Friday. "I am not tired," said the Algerian.', "said", "brahimi"),
    ],
)
def test_one_called_by_his_nation_alone_speaks_for_himself(text: str, cue: str, speaker: str) -> None:
    assert [each and each.rpartition("-")[2] for each in speakers(text, cue)] == [speaker]


def test_a_nation_called_by_one_word_goes_on_speaking_for_itself() -> None:
    assert speakers("Jan Eliasson flew to Sudan. The British said that he had no illusions.", "said") == ["GBR"]


def test_the_nation_speaks_for_nobody_where_no_person_was_named() -> None:
    assert speakers("The 73-year-old Italian said that the war was over.", "said") == [None]


@pytest.mark.parametrize(
    "text",
    [
        "In the words of Jan Egeland, the UN envoy, the truce was “a fragile flower”.",
        "“The army will not help us,” in the words of Jan Egeland, the UN envoy.",
    ],
)
def test_what_is_so_in_somebodys_words_is_said_by_him(text: str) -> None:
    assert speakers(text, "words") == ["jan-egeland"]


def test_other_words_and_the_words_of_a_song_report_nothing() -> None:
    assert speakers("In other words, the deal was off. Jan Egeland forgot the words of the song.", "words") == []


def test_a_quotation_belongs_to_the_verb_behind_an_aside_on_its_speaker() -> None:
    found = statements("“The city opened the door,” Hikmet Hajiyev, who advises the president, told reporters.")
    assert [each.record.cue.text for each in found if each.record.cue] == ["told"]
