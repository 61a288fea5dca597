"""What went on for a while: "six weeks of talks", "shuttled between them for two days"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from spacy.tokens import Token

from dragoman.reading.when.days import DAYS, MONTHS, UNKNOWN, Days, plus, shifted
from dragoman.reading.when.eventwords import is_one
from dragoman.reading.when.lexicon import lexicon, numeral
from dragoman.records import When

_HOURS = 24  # what took no longer has no span of its own
_SUBJECTS = ("nsubj", "nsubj:pass")
_MOST = 1000  # no event takes as many of any unit


def lasting(token: Token, ends: Callable[[int], date | None]) -> When | None:
    """ "Six weeks of talks" lead up to what the clause tells: they end where it happened.

    Args:
        ends: the last day of what a token states.
    """
    lasted = [token]
    if token.dep_ == "acl" and token.tag_ == "VBN":
        # "Six weeks of talks led by Norway", whichever of the two the tree hangs "led" on.
        lasted = [token.head, *(c for c in token.head.children if c.dep_ == "nmod" and c.i < token.i)]
    found = next(((noun, unit) for noun in lasted if (unit := _unit(noun)) is not None), None)
    if found is None:
        return None
    noun, unit = found
    count = count_of(unit)
    above = unit.head if noun.head.i == unit.i else noun.head
    if not count or unit.head.i == unit.i or above.i == noun.i or not 0 < count < _MOST:
        return None
    for _ in range(4):
        if above.pos_ == "VERB" and above.tag_ != "VB":
            break
        above = above.head  # "signed a pact to end the war after two weeks of talks": signed after them
    end = ends(above.i)
    if end is None:
        return None
    return When(_begun(end, count, unit), end, token.doc[unit.left_edge.i : max(noun.i, unit.i) + 1].text, "inherited")


def drawn_out(token: Token, published: date) -> When | None:
    """ "Shuttled between them for two days", and no day is told: they lead up to the news."""
    # "The talks, which lasted two weeks, were chaired by …"; "the talks lasted two weeks"
    nouns = [token, *(child for child in token.children if child.dep_ in ("nsubj", "nsubj:pass"))]
    clauses = [child for noun in nouns if noun.pos_ == "NOUN" for child in noun.children if child.dep_ == "acl:relcl"]
    clauses += [token.head] if token.dep_ == "nsubj" else []
    for verb in (token, *(clause for clause in clauses if is_one(clause, "taking"))):
        for unit in verb.children:
            count = count_of(unit) if unit.lemma_.lower() in {*DAYS, *MONTHS, "hour", "night"} else None
            if not count or (unit.lemma_.lower() == "hour" and count <= _HOURS) or count >= _MOST:
                continue
            case = next((child.lower_ for child in unit.children if child.dep_ == "case"), None)
            filled = case == "after" and any(child.dep_ == "nmod" for child in unit.children)  # "after days of talks"
            goes_on = (case in ("for", "through", "over") or filled) and is_one(verb, "lasting")
            taken = case is None and unit.dep_ in ("obj", "obl:unmarked") and is_one(verb, "taking")
            if goes_on or taken:
                text = unit.doc[unit.left_edge.i : unit.i + 1].text
                return When(_begun(published, count, unit), published, text, "stated")
    return None


def outlived(token: Token, of: Mapping[int, Days]) -> When | None:
    """ "A truce of December collapsed after five months": so long after it was made.

    Args:
        of: the days that a noun has of its own, by its token.
    """
    subject = next((child for child in token.children if child.i in of and child.dep_ in _SUBJECTS), None)
    for unit in token.children if subject is not None else ():
        count = count_of(unit) if unit.lemma_.lower() in {*DAYS, *MONTHS} else None
        case = next((child.lower_ for child in unit.children if child.dep_ == "case"), None)
        made = of[subject.i] if subject is not None else UNKNOWN
        if count and count < _MOST and case == "after" and made.earliest and made.latest:
            first, last = (shifted(day, count, unit.lemma_.lower()) for day in (made.earliest, made.latest))
            return When(first, last, unit.doc[unit.left_edge.i : unit.i + 1].text, "stated")
    return None


def _begun(end: date, count: int, unit: Token) -> date:
    """The day on which began what took so many units up to another."""
    name = unit.lemma_.lower()
    if name == "hour":
        name, count = "day", max(1, round(count / 12))
    if name == "night":
        return plus(end, -count)
    return plus(end, 1 - count) if name == "day" else shifted(end, -count, name)


def count_of(unit: Token) -> int | None:
    """How many of a unit are told: three of "three weeks", one of "a week"."""
    return next((_number(child.text) for child in unit.children if child.dep_ in ("nummod", "det")), None)


def _unit(noun: Token) -> Token | None:
    """The unit in which something is told to have lasted: the "weeks" of "six weeks of talks"."""
    of = next((c for c in noun.children if c.dep_ in ("case", "mark") and c.lower_ == "of" and c.i > 0), None)
    unit = noun.doc[of.i - 1] if of is not None else None
    return unit if unit is not None and unit.lemma_.lower() in {*DAYS, *MONTHS, "hour"} else None


def _number(text: str) -> int | None:
    plain, _ = lexicon()
    values = (numeral(text) if text[0].isdecimal() else plain.get(text.lower())) or {}
    value = next((values[name] for name in ("NUMBER", "COUNT", "ARTICLE") if name in values), None)
    return value if isinstance(value, int) else None
