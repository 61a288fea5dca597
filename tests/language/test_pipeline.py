"""What a user of `dragoman.load()` gets."""

from pathlib import Path

import pytest
import spacy
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc

import dragoman
from dragoman.errors import ModelError
from dragoman.language.encoder import EVENTS, MODEL, session


@pytest.fixture(scope="module")
def nlp() -> Language:
    return dragoman.load()


def test_it_is_a_normal_spacy_pipeline(nlp: Language) -> None:
    doc = nlp("Norway hosted the talks. The rebels did not come to Oslo.")
    assert isinstance(nlp, Language)
    assert [sentence.text for sentence in doc.sents] == ["Norway hosted the talks.", "The rebels did not come to Oslo."]
    assert [(token.text, token.pos_, token.dep_, token.head.text) for token in next(doc.sents)][:4] == [
        ("Norway", "PROPN", "nsubj", "hosted"),
        ("hosted", "VERB", "root", "hosted"),
        ("the", "DET", "det", "talks"),
        ("talks", "NOUN", "obj", "hosted"),
    ]
    assert doc[1].lemma_ == "host"
    assert doc[1].morph.get("Tense") == ["Past"]
    assert {(entity.text, entity.label_) for entity in doc.ents} == {("Norway", "GPE"), ("Oslo", "GPE")}


@pytest.mark.parametrize(
    ("text", "index", "tag"),
    [
        ("The US signed.", 1, "PROPN"),
        ("They told us to leave.", 2, "PRON"),
        ("Theresa May left in May.", 1, "PROPN"),
        ("They may sign today.", 1, "AUX"),
    ],
)
def test_case_tells_words_apart_that_the_vocabulary_does_not(nlp: Language, text: str, index: int, tag: str) -> None:
    assert nlp(text)[index].pos_ == tag


def test_passives_and_agents_are_told(nlp: Language) -> None:
    doc = nlp("The convoy was attacked by the militia.")
    assert {token.text: token.dep_ for token in doc if token.dep_ in ("nsubj:pass", "obl:agent")} == {
        "convoy": "nsubj:pass",
        "militia": "obl:agent",
    }


def test_events_and_who_takes_part_are_told_of_every_word(nlp: Language) -> None:
    doc = nlp("Togo accused Chad of theft on Monday. It rained.")
    assert doc._.events.shape == (len(doc), len(EVENTS))
    assert EVENTS[doc._.events[1].argmax()] == "ACCUSE"
    acting, suffering = zip(*(doc._.participants[1].get(i, (0.0, 0.0)) for i in (0, 2)), strict=True)
    assert acting[0] > 0.5 > acting[1]
    assert suffering[1] > 0.5 > suffering[0]
    assert doc._.events[8:, 0].min() > 0.5


def test_sentences_that_are_given_are_kept(nlp: Language) -> None:
    words = ["The", "talks", "failed", "The", "war", "went", "on"]
    doc = nlp(Doc(nlp.vocab, words=words, sent_starts=[True, False, False, True, False, False, False]))
    assert [len(sentence) for sentence in doc.sents] == [3, 4]
    assert [len(s) for s in nlp(Doc(nlp.vocab, words=words, sent_starts=[True] + [False] * 6)).sents] == [7]


def test_paragraphs_end_sentences(nlp: Language) -> None:
    doc = nlp("Talks in Geneva\n\nThe two sides met on Monday")
    assert [sentence.text.strip() for sentence in doc.sents] == ["Talks in Geneva", "The two sides met on Monday"]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("OSLO, Norway - Sudan's army and the rebels agreed on Monday to stop fighting.", "army"),
        ("CAIRO/TRIPOLI, Jan 14 (Agency) — Khalifa Haftar left Moscow on Tuesday.", "Khalifa"),
        ("GENEVA: The second round of talks ended yesterday.", "round"),
        ("NATO - the alliance of thirty states - said on Monday that it would help.", "NATO"),
    ],
)
def test_a_dateline_is_not_the_subject_of_the_news(nlp: Language, text: str, subject: str) -> None:
    doc = nlp(text)
    root = next(token for token in doc if token.dep_ == "root")
    assert [token.text for token in root.children if token.dep_ == "nsubj"] == [subject]
    assert len(list(doc.sents)) == 1


def test_many_texts_are_annotated_as_one_by_one(nlp: Language) -> None:
    texts = ["Kenya sent troops.", "", "The president, who had been ill, met the envoy in Geneva on Tuesday.", " \n "]
    for one, many in zip(map(nlp, texts), nlp.pipe(texts), strict=True):
        assert [(t.text, t.tag_, t.dep_, t.head.i) for t in one] == [(t.text, t.tag_, t.dep_, t.head.i) for t in many]


def test_a_mark_alone_is_no_sentence(nlp: Language) -> None:
    doc = nlp("The envoy left on Monday.\n\n“We met twice. Nobody signed.” Then he flew home.")
    assert all(any(token.is_alpha for token in sentence) for sentence in doc.sents)


@pytest.mark.parametrize("speaker", ["Annan said", "the envoy told reporters in Lusaka", "said Mandela"])
def test_the_clause_of_the_speaker_belongs_to_the_quotation_before_it(nlp: Language, speaker: str) -> None:
    quoted = (
        "I went to Lusaka a few days ago, saw the president, and Zambia is doing real work, talks with rebels and all"
    )
    doc = nlp(f"It rained. “{quoted},” {speaker}, adding that it was too early to say more.")
    assert [sentence.text for sentence in doc.sents][1:] == [doc.text.removeprefix("It rained. ")]


def test_a_pronoun_points_back_to_whom_it_means(nlp: Language) -> None:
    doc = nlp("Kofi Annan flew to Nairobi. He met the president.")
    he = next(token for token in doc if token.text == "He")
    assert doc[he._.antecedent].text in ("Kofi", "Annan")


def test_displacy_draws_the_tree(nlp: Language) -> None:
    assert "<svg" in displacy.render(nlp("Oman mediated."), style="dep", page=False, jupyter=False)


def test_a_folder_without_weights_is_a_clear_error(tmp_path) -> None:
    broken = spacy.blank("en")
    broken.add_pipe("dragoman", config={"model": str(tmp_path)})
    with pytest.raises(ModelError, match="cannot be loaded"):
        broken("Text.")


@pytest.mark.parametrize("name", ["network.onnx", "relations.onnx"])
def test_the_weights_name_no_folder_of_the_machine_that_made_them(name: str) -> None:
    home = Path(dragoman.__file__).parent / "language" / "model"
    assert b"/training/" not in (home / name).read_bytes()


@pytest.mark.parametrize(
    "text",
    [
        "No date was set. U.N. envoys will try again.",
        "Each side blames the other. U.S. officials were not surprised.",
        "They met from May 13 to May 18. Mr. Gama called it a success.",
        "He would fly to Harare. Zambian officials said nothing.",
    ],
)
def test_a_sentence_may_begin_with_an_abbreviation(nlp: Language, text: str) -> None:
    first = text[: text.index(". ") + 1]
    assert [sentence.text for sentence in nlp(text).sents] == [first, text.removeprefix(first + " ")]


def test_a_name_has_one_type_throughout_a_text(nlp: Language) -> None:
    text = (
        "Envoys of Frelimo and Renamo met in Rome. Renamo wants a seat in the army. Under Renamo lies Gorongosa. "
        "Frelimo offered Renamo nothing, Dhlakama of Renamo said. In May Theresa May came. May left."
    )
    doc = nlp(text)
    types = {name: {entity.label_ for entity in doc.ents if entity.text == name} for name in ("Renamo", "Frelimo")}
    assert all(len(found) == 1 for found in types.values())
    # … but a month is a date, whoever else is called so.
    assert "DATE" in {entity.label_ for entity in doc.ents if entity.text == "May"}


def test_eight_bit_sums_do_not_overflow_on_processors_without_vnni() -> None:
    options = session(MODEL / "network.onnx").get_session_options()
    assert options.get_session_config_entry("session.x64quantprecision") == "1"
