"""Who acts, on trees made by hand and on the knowledge that ships."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.lang.en import English
from spacy.tokens import Doc, Span

from dragoman.knowledge import Knowledge, load_knowledge
from dragoman.reading.actors import Actors, find_actors

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
