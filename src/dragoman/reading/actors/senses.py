"""Whether the name of a country or a city acts or is a place: by relation, preposition and what governs it.

Settled here once; `where` and the coding of events read it from the mention.
"""

from __future__ import annotations

from dragoman.reading.actors.lexicon import Lexicon
from dragoman.reading.actors.model import Sense
from dragoman.reading.actors.phrases import OBJECTS, SUBJECTS, case_of, governor, noun_lemma, split_by_verb
from dragoman.reading.tree import Tree


def sense_of(tree: Tree, lexicon: Lexicon, head: int, *, city: bool) -> Sense:
    """The sense of a name at this head. A city needs a sign that its government is meant, a country that it is not."""
    dep, above = governor(tree, head)
    lemma = noun_lemma(tree.doc[above])
    if dep in ("compound", "amod", "nmod:desc"):
        if split_by_verb(tree, head + 1, above):
            return "actor"
        return _as_modifier(lexicon, lemma, city=city)
    if dep == "nmod:poss":
        return "place" if lemma in lexicon.place_nouns and lemma not in lexicon.venues else "actor"
    if dep in SUBJECTS:
        return _as_subject(tree, lexicon, above, dep, city=city)
    if dep in OBJECTS:
        if head > 0 and tree.doc[head - 1].lower_ in lexicon.place_prepositions:
            # "Signed in Abuja": no particle of the verb, whatever the tree says.
            return "place"
        return "place" if lemma in lexicon.located or (city and lemma in lexicon.striking) else "actor"
    if dep == "obl:agent":
        return "actor"
    case = case_of(tree, head)
    if case:
        if case == "to" and any(noun_lemma(tree.doc[kid]) in lexicon.sent for kid in tree.kids(above, "obj")):
            # Envoys are sent to where, a letter is sent to whom.
            return "place"
        return _after_preposition(lexicon, case, dep, lemma, city=city)
    if dep in ("vocative", "parataxis", "dislocated"):
        return "actor"
    # A bare name: a headline's or a list's, or a dateline's.
    return "place" if city else "actor"


def _as_modifier(lexicon: Lexicon, noun: str, *, city: bool) -> Sense:
    if noun in lexicon.government:
        return "actor"
    if noun in lexicon.venues:
        return "place" if city else "actor"
    if noun in lexicon.place_nouns or noun in lexicon.topics:
        return "place"
    if city and noun in lexicon.striking:
        return "place"
    return "actor"


def _as_subject(tree: Tree, lexicon: Lexicon, predicate: int, dep: str, *, city: bool) -> Sense:
    lemma = tree.doc[predicate].lemma_.lower()
    if lemma in lexicon.stretching:
        return "place"
    if not city:
        return "actor"
    if dep == "nsubj:pass":
        return "place" if lemma in lexicon.striking or lemma in lexicon.located else "actor"
    if tree.kids(predicate, "cop"):
        # "Damascus is a city", "Geneva is where …" – and "Moscow is ready to talk".
        prepositional = any(tree.deps[child] == "case" for child in tree.children[predicate])
        if tree.doc[predicate].pos_ in ("NOUN", "PROPN", "ADV") and not prepositional:
            return "place"
    return "actor"


def _after_preposition(lexicon: Lexicon, case: str, dep: str, above: str, *, city: bool) -> Sense:
    first = case.split()[0]
    if case in lexicon.place_prepositions or first in lexicon.place_prepositions:
        return "place"
    if case == "between" and above in lexicon.place_nouns and above not in lexicon.venues:
        return "place"
    if first in ("to", "toward", "towards"):
        return "actor" if above in lexicon.receiving else "place"
    if first == "from":
        return "actor" if above in lexicon.giving else "place"
    if first in lexicon.directional:
        return "place" if above in lexicon.motion or (city and above in lexicon.striking) else "actor"
    if case == "of":
        if above in lexicon.place_nouns and above not in lexicon.venues:
            return "place"
        return "place" if city and above not in lexicon.government else "actor"
    if case in ("on", "about", "over") and above in lexicon.subjects:
        # "Talks on Western Sahara", "a resolution on Syria": what they are about.
        return "place"
    if case in ("on", "against") and city:
        return "place" if above in lexicon.striking else "actor"
    if case in ("under", "during", "since", "until", "as", "like", "than", "including"):
        return "place" if city else "actor"
    return "actor"
