"""Which words a time expression modifies: "on Friday" is when they signed, "of 2001" when the pact was made."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from dragoman.reading.when.eventwords import is_one
from dragoman.reading.when.expressions import TimeExpression
from dragoman.reading.when.outlook import speech_before

# What ends the way from a time up to its predicate.
CLAUSES = frozenset({"root", "ccomp", "advcl", "acl", "parataxis", "csubj", "xcomp"})


def owners(doc: Doc, time: TimeExpression) -> Iterator[Token]:
    """The words that an expression modifies, nearest first, up to the predicate of its clause."""
    token = _head(doc, time)
    clause = doc[time.end - 1].head
    if doc[time.end - 1].dep_ == "mark" and clause.i >= time.end:
        yield clause  # "a week after they had declared a truce": declared then
        return
    said = speech_before(doc, time.start)
    if said is not None:
        yield said
        return
    # "which was closed in August": the participle right before it, wherever the tree hangs the time.
    beside = doc[time.start - 2] if time.start > 1 and doc[time.start - 1].pos_ == "ADP" else None
    if beside is not None and beside.dep_ == "compound:prt":
        beside = beside.head  # "which was put forward in August"
    if beside is not None and beside.pos_ == "VERB" and beside.i != token.head.i:
        yield beside
        if _passes_on(beside):
            yield beside.head
        return
    participle = _before_comma(doc, time, token)
    if participle is not None:
        yield participle
        return
    # "the 2002 ceasefire", "a pact of 2001": the time is the noun's, and not that of the verb above it.
    if token.dep_ in ("compound", "nummod", "amod", "nmod:poss") or (
        token.dep_.startswith("nmod") and any(child.text.lower() == "of" for child in token.children)
    ):
        yield token.head
        made = token.head.head
        if is_one(token.head, "deals") and token.head.dep_ in ("obj", "nsubj:pass") and is_one(made, "making"):
            yield made  # "brokered the pact of 2001": that was when
        return
    for _ in range(8):
        if token.head.i == token.i:
            yield token
            return
        token = token.head
        if _is_since(token):
            return  # "the first meeting since Tokyo in March 2003": the time is that of what was before
        yield token
        if token.dep_ == "appos":
            return  # "the army, their enemy since April, did not come"
        if _passes_on(token):
            continue
        if token.pos_ in ("VERB", "AUX") or token.dep_.split(":")[0] in CLAUSES:
            return


def _passes_on(token: Token) -> bool:
    """Whether the time of an infinitive is that of the verb above: "tried to mediate in the spring", tried then.

    "Had asked him to mediate in September": asked then, for what is asked for comes after it.
    """
    if token.dep_ != "xcomp":
        return False
    asked = any(child.lower_ == "had" and child.dep_ == "aux" for child in token.head.children)
    return is_one(token.head, "trying") or (token.tag_ == "VB" and asked and is_one(token.head, "asking"))


def _before_comma(doc: Doc, time: TimeExpression, head: Token) -> Token | None:
    """The verb of a phrase that ends in a time and a comma: "Under a deal reached in Maputo on Aug. 9, he was …".

    A tree that hangs such a time on the verb beyond the comma has left its phrase.
    """
    owner = head.head
    if owner.i <= time.end or time.end >= len(doc) or doc[time.end].text != "," or owner.pos_ not in ("VERB", "AUX"):
        return None
    for i in range(time.start - 1, head.sent.start, -1):
        token = doc[i]
        if token.is_punct:
            return None
        if token.dep_ == "acl:relcl" or (token.dep_ == "acl" and token.tag_ in ("VBN", "VBD")):
            return token
    return None


def _is_since(token: Token) -> bool:
    """Whether a noun with "since" or "than" names what went before."""
    return token.dep_ in ("nmod", "obl") and any(
        child.dep_ == "case" and child.lower_ in ("since", "than") for child in token.children
    )


def _head(doc: Doc, time: TimeExpression) -> Token:
    inside = range(time.start, time.end)
    return next((t for t in doc[time.start : time.end] if t.head.i not in inside), doc[time.start])
