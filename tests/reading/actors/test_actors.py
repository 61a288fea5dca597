"""Who acts, on trees made by hand and in sentences read by the model, with the knowledge that ships."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.lang.en import English
from spacy.tokens import Doc, Span

import dragoman
from dragoman.knowledge import Knowledge, load_knowledge
from dragoman.reading.actors import Actors, find_actors
from dragoman.reading.actors.facts import FactFinder
from dragoman.reading.actors.lexicon import load_lexicon
from dragoman.reading.actors.names import NameFinder
from dragoman.reading.actors.quotes import Quotes
from dragoman.reading.tree import Tree
from dragoman.records import Actor

VOCAB = English().vocab

# A word a line: word, universal tag, fine tag, index of the head, relation; then features and entity label.
LAVROV = """\
Russian ADJ JJ 3 amod
Foreign ADJ NNP 2 amod
Minister PROPN NNP 3 nmod:desc
Sergey PROPN NNP 5 nsubj
Lavrov PROPN NNP 3 flat
said VERB VBD 5 root
that SCONJ IN 8 mark
Moscow PROPN NNP 8 nsubj
welcomed VERB VBD 5 ccomp
offers NOUN NNS 8 obj Number=Plur
from ADP IN 11 case
Ankara PROPN NNP 9 nmod
and CCONJ CC 13 cc
Israel PROPN NNP 11 conj
. PUNCT . 5 punct
He PRON PRP 16 nsubj
met VERB VBD 16 root
his PRON PRP$ 19 nmod:poss
Ukrainian ADJ JJ 19 amod
counterpart NOUN NN 16 obj
in ADP IN 21 case
Turkey PROPN NNP 16 obl
. PUNCT . 16 punct"""

SIDES = """\
Qatar PROPN NNP 1 nsubj
mediated VERB VBD 1 root
between ADP IN 3 case
Israel PROPN NNP 1 obl
and CCONJ CC 5 cc
Hamas PROPN NNP 3 conj
. PUNCT . 1 punct
The DET DT 9 det
two NUM CD 9 nummod
sides NOUN NNS 10 nsubj Number=Plur
met VERB VBD 10 root
in ADP IN 12 case
Doha PROPN NNP 10 obl
. PUNCT . 10 punct"""

UNKNOWN = """\
Zawadi PROPN NNP 9 nsubj PERSON
Mpenzwe PROPN NNP 0 flat PERSON
, PUNCT , 5 punct
Kenya PROPN NNP 5 nmod:poss
's PART POS 3 case
negotiator NOUN NN 0 appos Number=Sing
, PUNCT , 5 punct
has AUX VBZ 9 aux
not PART RB 9 advmod
agreed VERB VBN 9 root
. PUNCT . 9 punct
Mpenzwe PROPN NNP 12 nsubj PERSON
left VERB VBD 12 root
. PUNCT . 12 punct"""

MISSILES = """\
Russian ADJ JJ 1 amod
missiles NOUN NNS 2 nsubj Number=Plur
hit VERB VBD 2 root
Ukrainian ADJ JJ 4 amod
troops NOUN NNS 2 obj Number=Plur
near ADP IN 8 case
the DET DT 8 det
Turkish ADJ JJ 8 amod
border NOUN NN 2 obl
. PUNCT . 2 punct"""

UNITED = """\
The DET DT 2 det
United VERB NNP 2 amod
States PROPN NNP 3 nsubj
sent VERB VBD 3 root
troops NOUN NNS 3 obj Number=Plur
. PUNCT . 3 punct"""

# A line of a list: its first word is "number", its last one "opposite".
NUMBERED = """\
Number NOUN NN 4 nsubj Number=Sing
of ADP IN 3 case
the DET DT 3 det
house NOUN NN 0 nmod Number=Sing
is AUX VBZ 4 root
opposite ADV RB 4 advmod"""


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


def tree(rows: str) -> Doc:
    fields = [row.split() for row in rows.splitlines()]
    lemmas = [row[0].lower() if row[1] in ("VERB", "AUX") else row[0] for row in fields]
    lemmas = [
        {
            "said": "say",
            "met": "meet",
            "offers": "offer",
            "welcomed": "welcome",
            "troops": "troop",
            "missiles": "missile",
            "sides": "side",
            "left": "leave",
        }.get(x, x)
        for x in lemmas
    ]
    doc = Doc(
        VOCAB,
        words=[row[0] for row in fields],
        pos=[row[1] for row in fields],
        tags=[row[2] for row in fields],
        heads=[int(row[3]) for row in fields],
        deps=[row[4] for row in fields],
        morphs=[next((part for part in row[5:] if "=" in part), "") for row in fields],
        lemmas=lemmas,
    )
    people = [i for i, row in enumerate(fields) if "PERSON" in row]
    starts = [i for i in people if i - 1 not in people]
    doc.ents = [
        Span(doc, i, next(j for j in range(i, len(doc)) if j + 1 not in people) + 1, label="PERSON") for i in starts
    ]
    return doc


def ids(actors: Actors, index: int) -> list[tuple[str, str]]:
    return [(mention.actor, mention.sense) for mention in actors.at(index)]


def test_a_person_with_title_and_nationality_is_one_mention(knowledge: Knowledge) -> None:
    actors = find_actors(tree(LAVROV), date(2022, 3, 21), knowledge)
    mention = actors.at(3)[0]
    assert (mention.start, mention.end, mention.actor, mention.form) == (0, 5, "sergey-lavrov", "name")
    assert actors.covering(0) == mention
    record = actors.record("sergey-lavrov")
    assert (record.office, record.of, record.country, record.known) == ("foreign minister", "RUS", "RUS", True)


def test_a_capital_that_welcomes_is_its_government(knowledge: Knowledge) -> None:
    actors = find_actors(tree(LAVROV), date(2022, 3, 21), knowledge)
    assert ids(actors, 7) == [("RUS", "actor")]
    assert ids(actors, 11) == [("TUR", "actor")]
    assert ids(actors, 13) == [("ISR", "actor")]


def test_a_country_in_which_one_meets_is_a_place(knowledge: Knowledge) -> None:
    actors = find_actors(tree(LAVROV), date(2022, 3, 21), knowledge)
    assert ids(actors, 21) == [("TUR", "place")]


def test_he_and_his_counterpart_are_found(knowledge: Knowledge) -> None:
    actors = find_actors(tree(LAVROV), date(2022, 3, 21), knowledge)
    assert ids(actors, 15) == [("sergey-lavrov", "actor")]
    assert ids(actors, 19) == [("dmytro-kuleba", "actor")]


def test_the_counterpart_of_another_year_is_another_person(knowledge: Knowledge) -> None:
    actors = find_actors(tree(LAVROV), date(2016, 3, 21), knowledge)
    assert ids(actors, 19) == [("pavlo-klimkin", "actor")]


def test_the_two_sides_are_the_parties_and_not_the_mediator(knowledge: Knowledge) -> None:
    actors = find_actors(tree(SIDES), date(2024, 5, 1), knowledge)
    assert {mention.actor for mention in actors.at(9)} == {"ISR", "HAMAS"}
    assert len({(mention.start, mention.end) for mention in actors.at(9)}) == 1
    assert ids(actors, 12) == [("QAT", "place")]


def test_someone_unknown_is_an_actor_with_what_the_text_says(knowledge: Knowledge) -> None:
    actors = find_actors(tree(UNKNOWN), date(2020, 5, 1), knowledge)
    record = actors.record("zawadi-mpenzwe")
    assert (record.name, record.kind, record.country, record.known) == ("Zawadi Mpenzwe", "person", "KEN", False)
    assert ids(actors, 11) == [("zawadi-mpenzwe", "actor")]


def test_who_stands_behind_missiles_and_troops(knowledge: Knowledge) -> None:
    actors = find_actors(tree(MISSILES), date(2022, 5, 1), knowledge)
    assert [(m.actor, m.form) for m in actors.at(0)] == [("RUS", "modifier")]
    assert ids(actors, 4) == [("UKR:MIL", "actor")]
    assert ids(actors, 7) == [("TUR", "place")]


def test_a_name_is_whole_where_a_part_of_it_is_tagged_as_a_verb(knowledge: Knowledge) -> None:
    mention = find_actors(tree(UNITED), date(2004, 3, 1), knowledge).at(2)[0]
    assert (mention.start, mention.end, mention.actor) == (0, 3, "USA")


def test_given_spans_are_kept_to_the_letter(knowledge: Knowledge) -> None:
    doc = tree(MISSILES)
    start, end = 0, len("Russian missiles")
    target = doc.text.index("Ukrainian troops")
    actors = find_actors(doc, date(2022, 5, 1), knowledge, [(start, end), (target, target + 16)])
    given = [mention for mention in actors.mentions if mention.form == "given"]
    spans = {(span.start, span.end) for record in actors.records for span in record.mentions}
    assert {(start, end), (target, target + 16)} <= spans
    assert [mention.head for mention in given] == [1, 4]
    assert given[1].actor == "UKR:MIL"


def test_records_stand_in_order_and_every_mention_resolves(knowledge: Knowledge) -> None:
    doc = tree(LAVROV)
    actors = find_actors(doc, date(2022, 3, 21), knowledge)
    assert [record.id for record in actors.records][:3] == ["sergey-lavrov", "RUS", "TUR"]
    assert all(actors.record(mention.actor).id == mention.actor for mention in actors.mentions)
    assert list(actors.mentions) == sorted(actors.mentions, key=lambda m: (m.start, -m.end, m.head))
    for record in actors.records:
        assert record.mentions
        assert all(0 <= span.start < span.end <= len(doc.text) for span in record.mentions)


def test_an_empty_text_has_no_actors(knowledge: Knowledge) -> None:
    assert find_actors(Doc(VOCAB, words=[]), date(2020, 1, 1), knowledge).records == ()


def test_a_number_that_opens_a_text_is_nobodys_opposite_number(knowledge: Knowledge) -> None:
    doc_tree, day = Tree.of(tree(NUMBERED)), date(2020, 5, 1)
    names = NameFinder(doc_tree, day, knowledge, load_lexicon()).find()
    assert FactFinder(doc_tree, names, knowledge, load_lexicon()).described(0) is None


# ---------------------------------------------------------------- sentences, as the model that ships reads them

OVER_PARAGRAPHS = (
    '"The lake must be shared.\n\n"It feeds us all," Hage Geingob said.\n\nTalks opened in Gaborone. "I will wait for '
    'them," Hakainde Hichilema said.'
)


def records(text: str, published: str) -> tuple[Actor, ...]:
    return find_actors(dragoman.load()(text), date.fromisoformat(published), load_knowledge()).records


def called(text: str, published: str) -> dict[str, str]:
    """The id of whoever each stretch of the text means."""
    return {text[span.start : span.end]: actor.id for actor in records(text, published) for span in actor.mentions}


def speakers(text: str) -> tuple[Quotes, dict[str, int]]:
    """The quotations of a text, and its words by their first token."""
    doc = dragoman.load()(text)
    words: dict[str, int] = {}
    for token in doc:
        words.setdefault(token.text, token.i)
    return Quotes(Tree.of(doc), load_lexicon()), words


@pytest.mark.parametrize("country", ["Peru", "Kuwait"])
def test_an_ambassador_to_one_country_is_not_the_only_one_known_to_another(country: str) -> None:
    found = called(f"The Albanian ambassador to {country} met Bolivian officials.", "2010-06-10")
    assert found["The Albanian ambassador"] == "ALB:GOV"


def test_the_ambassador_of_a_country_is_nobody_by_name_where_it_is_not_told_to_which() -> None:
    found = called("The Albanian ambassador met Bolivian officials.", "2010-06-10")
    assert found["The Albanian ambassador"] == "ALB:GOV"


@pytest.mark.parametrize("post", ["to the US", "to the United States", "in Washington"])
def test_an_ambassador_is_found_by_the_post_however_it_is_called(post: str) -> None:
    found = called(f"The Albanian ambassador {post} met Bolivian officials.", "2010-06-10")
    assert found["The Albanian ambassador"] == "aleksander-sallabanda"


@pytest.mark.parametrize(
    ("text", "words", "actor"),
    [
        ("Troops fired on strikers after negotiations with Spain broke down in Lima.", "Troops", "PER:MIL"),
        ("Gunmen stormed a bank after a quarrel with Italy ended in Tripoli.", "Gunmen", "LBY:UAF"),
    ],
)
def test_soldiers_are_of_the_country_they_are_in_and_not_of_one_that_is_talked_to(
    text: str, words: str, actor: str
) -> None:
    assert called(text, "2018-05-01")[words] == actor


@pytest.mark.parametrize("words", ["hasn't resigned", "hasn’t resigned", "has not resigned", "wasn’t dismissed"])
def test_whoever_has_not_gone_is_in_office_still(words: str) -> None:
    found = records(f"Prime Minister Pedro Sánchez {words}, aides said.", "2021-05-01")[0]
    assert (found.office, found.of) == ("prime minister", "ESP")


def test_a_quotation_over_paragraphs_leaves_the_next_one_to_its_own_speaker() -> None:
    assert called(OVER_PARAGRAPHS, "2022-05-01")["I"] == "hakainde-hichilema"


def test_what_stands_between_two_quotations_is_nobodys_words() -> None:
    quotes, words = speakers(OVER_PARAGRAPHS)
    assert quotes.speaker(words["Talks"]) is None
    assert quotes.speaker(words["lake"]) == quotes.speaker(words["feeds"]) == words["Geingob"] - 1


def test_a_speaker_does_not_depend_on_which_quotation_is_asked_about_first() -> None:
    text = (
        '"The bridge is closed," Hage Geingob said. It was built by prisoners. "Nobody may cross." Rain fell. "Nobody '
        'will try."'
    )
    quotes, words = speakers(text)
    last = quotes.speaker(words["try"])
    assert last == words["Hage"]
    assert [quotes.speaker(words[word]) for word in ("bridge", "cross", "try")] == [last, last, last]


@pytest.mark.parametrize(
    ("rank", "office"),
    [
        ("Brig.", None),
        ("Brig. Gen.", "general"),
        ("Maj Gen", "general"),
        ("Maj.-Gen.", "general"),
        ("Lt. Gen.", "general"),
        ("Lt. Col.", "colonel"),
        ("Maj.", "major"),
        ("Capt.", "captain"),
        ("Adm.", "admiral"),
        ("Vice Adm.", "vice admiral"),
        ("Cmdr.", "commander"),
        ("Sgt.", None),
        ("Lt.", None),
    ],
)
def test_an_officer_with_a_shortened_rank_is_one_person_with_his_rank(rank: str, office: str | None) -> None:
    text = f"{rank} Rui Pedroza met Bolivian officials."
    found = records(text, "2019-05-01")[0]
    assert (found.id, found.name, found.kind, found.office) == ("rui-pedroza", "Rui Pedroza", "person", office)
    assert [text[span.start : span.end] for span in found.mentions] == [f"{rank} Rui Pedroza"]
    assert found.sector == "MIL"


def test_a_shortened_president_is_the_president() -> None:
    text = "Pres. Luis Arce met Chilean officials."
    found = records(text, "2022-05-01")[0]
    assert [text[span.start : span.end] for span in found.mentions] == ["Pres. Luis Arce"]
    assert found.id == "luis-arce"


@pytest.mark.parametrize("name", ["Mohamed ould Ghazouani", "Mohamed Ould Ghazouani"])
def test_a_name_with_a_particle_is_known_whichever_way_the_particle_is_written(name: str) -> None:
    assert called(f"{name} met Senegalese officials in Nouakchott.", "2021-05-01")[name] == "mohamed-ould-ghazouani"


@pytest.mark.parametrize("ministry", ["The Foreign Ministry", "The Ministry of Health", "the Interior Ministry"])
def test_a_ministry_with_a_capital_is_no_body_of_its_own_but_of_the_government(ministry: str) -> None:
    text = f"Peru will not send envoys to Bolivia. {ministry} said on Monday that it was too early."
    assert "PER:GOV" in [record.id for record in records(text, "2005-05-01")]


def test_a_ministry_that_speaks_in_a_capital_is_of_that_country() -> None:
    text = "Peru will not send envoys to Bolivia. In Quito, the Interior Ministry said that it was too early."
    assert "ECU:GOV" in [record.id for record in records(text, "2005-05-01")]
