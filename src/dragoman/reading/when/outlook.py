"""Whether a sentence looks back or ahead: what "on Tuesday" and "in March" hang on."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

from spacy.tokens import Doc, Token

Outlook = Literal["past", "present", "future", "unknown"]

_CLAUSES = ("root", "ccomp", "xcomp", "advcl", "acl", "parataxis", "csubj", "conj")
_REACH = 14  # tokens to either side that are looked at where there is no tree


@cache
def _cues() -> dict[str, frozenset[str]]:
    data = tomllib.loads(files(__package__).joinpath("data/outlook.toml").read_text(encoding="utf-8"))
    return {name: frozenset(words) for name, words in data.items()}


def outlook(doc: Doc, start: int, end: int) -> Outlook:
    """Where the words from start to end (exclusive) lie in time, seen from the article."""
    before = doc[start - 1].text.lower() if start else ""
    if before == "for":
        # "A strike for Monday" lies ahead, "a vote had been set for March" may not.
        recent = {token.text.lower() for token in doc[max(start - 7, 0) : start]}
        return "unknown" if "had" in recent else "future"
    if before in _cues()["ahead"]:
        return "future"
    if before == "since":
        return "past"  # "would be the first since August": whatever is to come, that August is over
    if start > 1 and before == "of" and doc[start - 2].text.lower() in ("ahead", "run-up"):
        return "future"
    if doc.has_annotation("DEP"):
        if speech_before(doc, start) is not None:
            return "past"
        return _by_tree(doc, start, end)
    return _by_words(doc, start, end)


def plans(doc: Doc, start: int) -> bool:
    """Whether a time stands in the clause of a verb whose object lies ahead: "invited them to talks on March 3"."""
    token = doc[start]
    for _ in range(8):
        if token.pos_ == "VERB" and (token.tag_ != "VB" or token.lemma_.lower() in _cues()["plans"]):
            return token.lemma_.lower() in _cues()["plans"]
        if token.head.i == token.i:
            return False
        token = token.head
    return False


def announces(doc: Doc, start: int) -> bool:
    """Whether a verb tells of something set for a time to come: "announced elections in November", "fears the vote".

    An attack in November is none, nor is a vote in November that was rigged, and nothing that came after it.
    """
    cues = _cues()
    if _is_set(doc[start]):
        return True
    noun = _dated_noun(doc, start)
    if noun is None or noun.lemma_.lower() not in cues["scheduled"]:
        return False
    case = next((child.text.lower() for child in noun.children if child.dep_ == "case"), "")
    above = noun.head
    if _is_present(noun):
        return case not in cues["after"]
    verbal = above.pos_ == "VERB"
    if case == "for":
        return not verbal or above.lemma_.lower() in cues["plans"]  # preparations for it; thanks for it look back
    if case:
        return case in cues["before"]
    return verbal and noun.dep_ == "obj" and above.lemma_.lower() in cues["plans"] | cues["fixing"]


def _is_set(token: Token) -> bool:
    """Whether it is what a verb of planning sets something for: "fixed for the first week of December"."""
    cues = _cues()
    while token.head.i != token.i and token.head.lemma_.lower() in cues["parts"]:
        token = token.head
    fixed = any(child.dep_ == "case" and child.text.lower() == "for" for child in token.children)
    return fixed and token.head.lemma_.lower() in cues["plans"] | cues["fixing"]


def _is_present(token: Token) -> bool:
    """Whether the clause of a word is in the plain present."""
    for _ in range(8):
        helpers = [child for child in token.children if child.dep_.startswith(("aux", "cop"))]
        if token.pos_ in ("VERB", "AUX") or any(child.dep_ == "cop" for child in helpers):
            tags = {word.tag_ for word in (token, *helpers)}
            perfect = token.tag_ == "VBN" and any(child.lemma_.lower() == "have" for child in helpers)
            return bool(tags & {"VBZ", "VBP"}) and "VBD" not in tags and not perfect
        if token.head.i == token.i:
            break
        token = token.head
    return False


def _dated_noun(doc: Doc, start: int) -> Token | None:
    """The noun that a time goes with, by the tree or by standing right before it."""
    token = doc[start]
    if token.dep_.startswith("nmod") and token.head.pos_ == "NOUN":
        return token.head
    before = start - 1
    while before > 0 and doc[before].pos_ in ("ADJ", "DET"):
        before -= 1
    if before > 0 and doc[before].pos_ == "ADP" and doc[before - 1].pos_ == "NOUN":
        return doc[before - 1]  # the parser hangs "agreed a summit in March" on the verb
    return None


def speech_before(doc: Doc, start: int) -> Token | None:
    """The verb of saying that a time follows ("said in London on Wednesday that …"): the time is the speech's."""
    for i in range(start - 1, max(start - 7, -1), -1):
        token = doc[i]
        if token.is_punct or token.pos_ in ("SCONJ", "CCONJ", "PART"):
            return None
        if token.pos_ in ("VERB", "AUX"):
            return token if token.tag_ in ("VBD", "VBN") and token.lemma_.lower() in _cues()["speech"] else None
    return None


def _by_tree(doc: Doc, start: int, end: int) -> Outlook:
    cues = _cues()
    token = next((t for t in doc[start:end] if not start <= t.head.i < end or t.head.i == t.i), doc[start])
    for _ in range(12):
        if token.pos_ in ("VERB", "AUX") or token.dep_.split(":")[0] in _CLAUSES or token.head.i == token.i:
            told = _verb(token)
            if told != "unknown":
                return told
        if token.lemma_.lower() in cues["plans"] and not start <= token.i < end and token.pos_ != "VERB":
            return "future"
        if token.head.i == token.i:
            break
        token = token.head
    return "unknown"


def _is_planned(verb: Token) -> bool:
    """Whether a participle tells of what is yet to be; what has been set up, off or out has been done."""
    return verb.text.lower() in _cues()["planned"] and not any(kid.dep_ == "compound:prt" for kid in verb.children)


def _verb(verb: Token) -> Outlook:
    cues = _cues()
    helpers = [child for child in verb.children if child.dep_.startswith(("aux", "cop"))]
    words = {child.text.lower() for child in helpers}
    if words & cues["will"]:
        return "future" if not words & {"have"} or words & {"will", "'ll"} else "past"
    finite = [verb, *helpers]
    if words & {"is", "are", "was", "were"} and "be" in words and any(c.text.lower() == "to" for c in verb.children):
        return "future"  # "are to be freed"
    infinitive = verb.tag_ == "VB" or "Inf" in verb.morph.get("VerbForm", [])
    if infinitive and any(child.text.lower() == "to" and child.dep_ == "mark" for child in verb.children):
        head = verb.head
        if words & {"is", "are", "was", "were", "'s", "'re"}:
            return "future"
        if head.i == verb.i or verb.dep_.startswith("root"):
            return "future"
        if head.lemma_.lower() in cues["plans"] or head.text.lower() in cues["plans"]:
            # "Had asked him to mediate in September": of what was asked long since, the tense tells nothing.
            # "Said they had agreed to meet in March" is what they have agreed to.
            pluperfect = head.dep_ != "ccomp" and any(
                c.text.lower() == "had" and c.dep_ == "aux" for c in head.children
            )
            return "unknown" if pluperfect else "future"
        if head.lemma_.lower() == "be" or (head.pos_ == "NOUN" and head.lemma_.lower() in cues["resolves"]):
            return "future"
        return "unknown"
    if verb.text.lower() in cues["plans"] and verb.pos_ == "ADJ":
        return "future"
    if verb.tag_ in ("VBN", "VBD") and words & {"is", "are", "be", "'s", "'re"} and _is_planned(verb):
        return "future"
    if any(
        ("Past" in t.morph.get("Tense", []) and "Part" not in t.morph.get("VerbForm", [])) or t.tag_ == "VBD"
        for t in finite
    ):
        return "future" if _is_planned(verb) and words & {"was", "were"} else "past"
    if words & {"has", "have", "'ve", "had"} or any(t.text.lower() in ("has", "have", "had") for t in helpers):
        return "past"
    if any(
        ("Fin" in t.morph.get("VerbForm", []) and "Pres" in t.morph.get("Tense", [])) or t.tag_ in ("VBZ", "VBP")
        for t in finite
    ):
        if words & {"is", "are", "'s", "'re"} and verb.tag_ in ("VBN", "VBG"):
            return "present"
        return "present" if verb.lemma_.lower() in cues["calendar"] else "past"
    if verb.tag_ == "VBN":
        return "future" if _is_planned(verb) else "past"
    return "unknown"


def _by_words(doc: Doc, start: int, end: int) -> Outlook:
    """Without a tree: the nearest word that tells, to the left in the clause, then to the right."""
    for window in (range(start - 1, max(start - _REACH, 0) - 1, -1), range(end, min(end + _REACH, len(doc)))):
        for i in window:
            if doc[i].is_sent_start and i < start:
                told = _word(doc, i)
                if told != "unknown":
                    return told
                break
            if doc[i].text in ".;\n!?":
                break
            told = _word(doc, i)
            if told != "unknown":
                return told
    return "unknown"


def _word(doc: Doc, i: int) -> Outlook:
    cues = _cues()
    word = doc[i].text.lower()
    if word in cues["will"] or word in cues["planned"]:
        return "future"
    if word in cues["said"] or (word.endswith("ed") and len(word) > 4):
        # A participle is told by what stands before it: "will be held", "would be freed".
        before = [doc[j].text.lower() for j in range(max(i - 4, 0), i)]
        return "future" if cues["will"].intersection(before) or before[-2:] == ["to", "be"] else "past"
    if word in ("was", "were", "had", "has", "have", "did", "been"):
        return "past"
    if word == "to" and i and doc[i - 1].text.lower() in ("is", "are", "due", *cues["plans"]):
        return "future"
    return "unknown"
