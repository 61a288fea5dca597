"""Another pipeline with Universal Dependencies labels may stand in for ours: it need not link pronouns."""

from __future__ import annotations

import dataclasses

import spacy
from spacy.language import Language
from spacy.tokens import Doc

import dragoman

TEXT = "Kenya's president hosted talks between Sudan and Ethiopia on Monday. Khartoum rejected his plan."


@Language.component("dragoman_test_annotations")
def annotations(doc: Doc) -> Doc:
    """Somebody else's annotations: words, tags, trees and names, and nothing of what is ours alone."""
    words = [token.text for token in doc]
    ours = dragoman.default_reader().nlp
    done = ours(Doc(ours.vocab, words, [bool(token.whitespace_) for token in doc]))
    return Doc(
        doc.vocab,
        words,
        [bool(token.whitespace_) for token in done],
        tags=[token.tag_ for token in done],
        pos=[token.pos_ for token in done],
        morphs=[str(token.morph) for token in done],
        lemmas=[token.lemma_ for token in done],
        heads=[token.head.i for token in done],
        deps=[token.dep_ for token in done],
        sent_starts=[bool(token.is_sent_start) for token in done],
        ents=[f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O" for token in done],
    )


def test_events_are_read_with_a_pipeline_that_was_handed_over() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("dragoman_test_annotations")
    reader = dataclasses.replace(dragoman.default_reader(), nlp=nlp)
    found = dragoman.read(TEXT, published="2021-03-05", reader=reader)
    ours = dragoman.read(TEXT, published="2021-03-05")
    # Whom "his" means is known to ours alone.
    assert [(event.type, event.actors) for event in found.events] == [
        (event.type, event.actors) for event in ours.events
    ]
    assert len(found.events) == 2
    assert found.events[0].recipients == ("SDN", "ETH")
