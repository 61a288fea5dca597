"""A step, a question, a contradiction as one English sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from dragoman.mediation.merging import Contradiction, Report
from dragoman.mediation.prose import at, days, in_full, in_prose, listed, shortened
from dragoman.mediation.questions import Question
from dragoman.records import Step, When

Name = Callable[[str], str]

_OUTCOMES = {
    "agreement": "ended in an agreement",
    "progress": "made progress",
    "inconclusive": "were inconclusive",
    "failure": "failed",
}
# The outcomes that go without saying.
_SAME = frozenset({("agreement", "agreement"), ("breakdown", "failure")})
# Verb of each kind as told, and its plain form.
_VERBS: dict[str, tuple[str, str]] = {
    "offer": ("offered to mediate", "offer to mediate"),
    "acceptance": ("accepted what was offered", "accept what was offered"),
    "refusal": ("turned down what was offered or asked", "turn down what was offered or asked"),
    "request": ("asked", "ask"),
    "appeal": ("appealed", "appeal"),
    "talks": ("held talks", "hold talks"),
    "consultation": ("consulted", "consult"),
    "condition": ("set a condition", "set a condition"),
    "proposal": ("put forward a proposal", "put forward a proposal"),
    "agreement": ("concluded an agreement", "conclude an agreement"),
    "breakdown": ("broke off talks or an agreement", "break off talks or an agreement"),
    "endorsement": ("voiced support", "voice support"),
    "criticism": ("criticised", "criticise"),
    "pressure": ("exerted pressure", "exert pressure"),
    "assessment": ("commented on the mediation", "comment on the mediation"),
}
# Where the plain form with "will", "may" or "did not" would not say it.
_TURNS = {
    ("acceptance", "future"): "would accept what is offered",
    ("refusal", "future"): "would turn down what is offered or asked",
    ("breakdown", "future"): "threatened to break off talks or an agreement",
    ("pressure", "future"): "threatened pressure",
    ("proposal", "negated"): "put forward no proposal",
    ("endorsement", "negated"): "voiced no support",
    ("pressure", "negated"): "opposed or exerted no pressure",
}
# What people meet for: a plan of these is one of several, and has a day.
_MEETINGS = frozenset({"talks", "consultation", "agreement"})
# Where those named were there; of other steps they are those who spoke, or were spoken of.
_PRESENT = _MEETINGS | {"breakdown"}
# What joins those whom a step is directed at; "to" where nothing is said.
_LINKS = {
    "acceptance": "by",
    "refusal": "by",
    "request": "",
    "consultation": "with",
    "talks": "with",
    "agreement": "with",
    "breakdown": "with",
    "endorsement": "for",
    "criticism": "",
    "assessment": "with regard to",
    "pressure": "on",
    "condition": "for",
}
# What stands there where a step is directed at nobody.
_AT_NOBODY = {"criticism": "the mediation", "endorsement": "for the mediation"}
# What joins the terms; "concerning" where nothing is said.
_ON = {"talks": "on", "agreement": "on", "proposal": "on", "request": "on", "consultation": "on"}
# Terms that want an article in a sentence.
_TERMS = {
    "ceasefire": "a ceasefire",
    "prisoner exchange": "a prisoner exchange",
    "withdrawal": "a withdrawal",
    "amnesty": "an amnesty",
}
# A verb so many characters into its sentence comes late.
_LATE = 150
_FIELDS = {"when": "the days", "where": "the place", "outcome": "the outcome", "round": "the round"}


def step_sentence(step: Step, name: Name = str, on: date | None = None) -> str:
    """Who did what, with whom, where, and what came of it – without the days.

    Args:
        step: the step.
        name: gives the usual name of an actor id.
        on: the day on which it is read: what was planned for an earlier one "was to" be.
    """
    people = list(dict.fromkeys(name(person) for person in step.persons if person not in _all_of(step)))
    who = listed([in_prose(name(actor)) for actor in step.actors]) or "somebody"
    # With one actor and nobody else, whoever is named spoke or acted for him.
    alone = bool(people) and len(step.actors) == 1 and not step.recipients and step.kind not in _PRESENT
    parts = [f"{who} ({listed(people)})" if alone else who, _verb(step, on)]
    if step.recipients:
        threat = step.kind == "pressure" and step.status in ("future", "hypothetical")
        parts += [
            "against" if threat else _LINKS.get(step.kind, "to"),
            listed([in_prose(name(actor)) for actor in step.recipients]),
        ]
    else:
        parts.append(_AT_NOBODY.get(step.kind, ""))
    if step.kind == "request":
        parts.append("for mediation or talks")
    if terms := _named(step.terms):
        parts.append(f"{_ON.get(step.kind, 'concerning')} {listed(terms)}")
    if step.third_parties:
        noun = "third party" if len(step.third_parties) == 1 else "third parties"
        parts.append(f"with {listed([in_prose(name(actor)) for actor in step.third_parties])} as {noun}")
    if step.where is not None:
        parts.append(at(step.where.name))
    if step.round is not None:
        parts.append(f"(round {step.round})")
    sentence = " ".join(filter(None, parts))
    if people and not alone:
        sentence += f", {listed(people)} taking part" if step.kind in _PRESENT else f" (named: {listed(people)})"
    if step.outcome is not None and (step.kind, step.outcome) not in _SAME:
        sentence += f"; talks {_OUTCOMES[step.outcome]}" if step.kind == "talks" else f" (outcome: {step.outcome})"
    if step.said_by is not None and step.said_by not in {*step.actors, *step.persons}:
        sentence += f", according to {in_prose(name(step.said_by))}"
    return _capital(sentence) + "."


def _all_of(step: Step) -> set[str]:
    return {*step.actors, *step.recipients, *step.third_parties}


def _verb(step: Step, on: date | None) -> str:
    told, plain = _VERBS[step.kind]
    if step.kind == "consultation" and not step.recipients:
        told, plain = "held consultations", "hold consultations"
    planned = step.status in ("future", "hypothetical")
    turn = _TURNS.get((step.kind, "future" if planned else step.status))
    if turn is not None:
        return turn
    if step.status == "negated":
        return f"did not {plain}"
    if not planned:
        return told
    if step.status == "hypothetical":
        return f"may {plain}"
    if step.kind not in _MEETINGS:
        return f"will {plain}"
    past = on is not None and step.when.latest is not None and step.when.latest < on
    return f"{_be(step.actors, past)} to {plain}"


def question_sentence(question: Question, name: Name = str, day: Callable[[date], str] | None = None) -> str:
    """What stands open, for whom, since when; `day` says how a day is written."""
    day = day or in_full
    actors, about = _who(question, name)
    said = f" (“{shortened(question.words)}”)"
    since = f"{said}, open since {day(question.since)}" if question.since else said
    waiting = f"{since}," if question.since else since
    start = f" on or after {day(question.since)}" if question.since else ""
    past = question.kind == "round overdue"
    held = f"{actors} {_be(question.actors, past)} to hold talks{f' with {about}' if question.about else ''}{start}"
    sentence = {
        "offer unanswered": f"the offer of {about}{waiting} has no known answer from {actors}",
        "request unanswered": f"the request of {about}{f' to {actors}' if question.actors else ''}{waiting} has no "
        "known answer",
        "condition open": f"{_condition(question, actors)}{since}; nothing shows that it was met",
        "condition met": f"{_condition(question, actors)}{said}; a later agreement covers it",
        "round due": f"{held}{said}",
        "round overdue": f"{held}{said}; no report says that they did",
        "silent": f"nothing has been reported of {actors} since {day(question.since)}"
        if question.since
        else f"nothing has been reported of {actors} for some time",
    }[question.kind]
    if past and len(question.actors) == 1 and not question.about:
        sentence = sentence.replace("that they did", "that it happened")
    return _capital(sentence) + "."


def closed_sentence(question: Question, name: Name = str, *, met: bool = False) -> str:
    """What no longer stands open, and why it does not.

    Args:
        question: as it stood open.
        name: gives the usual name of an actor id.
        met: of a condition, whether an agreement is told to cover it; it may be one of which no terms are told.
    """
    actors, about = _who(question, name)
    said = f" (“{shortened(question.words)}”)"
    with_whom = f" with {about}" if question.about else ""
    covers = "a later agreement covers it" if met else "an agreement made since may cover it"
    sentence = {
        "offer unanswered": f"the offer of {about}{said} has been answered, or followed by talks or an agreement",
        "request unanswered": f"the request of {about}{f' to {actors}' if question.actors else ''}{said} has been "
        "answered, or followed by talks",
        "condition open": f"{_condition(question, actors)}{said}; {covers}",
        "condition met": f"{_condition(question, actors)}{said}; {covers}",
        "round due": f"{actors} planned to hold talks{with_whom}{said}; talks or an agreement have been reported since",
        "round overdue": f"{actors} planned to hold talks{with_whom}{said}; talks or an agreement have been reported "
        "since",
        "silent": f"{actors} {_be(question.actors, past=False)} reported on again",
    }[question.kind]
    return _capital(sentence) + "."


def _who(question: Question, name: Name) -> tuple[str, str]:
    actors = listed([in_prose(name(actor)) for actor in question.actors]) or "anybody"
    return actors, listed([in_prose(name(actor)) for actor in question.about]) or "the parties"


def _condition(question: Question, actors: str) -> str:
    terms = listed(_named(question.terms))
    return f"{actors} set a condition{f' concerning {terms}' if terms else ''}"


def _be(actors: Sequence[str], past: bool) -> str:
    one = len(actors) == 1
    return ("was" if one else "were") if past else ("is" if one else "are")


def telling(report: Report) -> str:
    """The words of a report; its whole sentence where they are a verb alone, from the verb on where that comes late."""
    words = " ".join(report.words.split())
    sentence = " ".join(report.quote.split())
    if len(words.split()) > 2 or not sentence:
        return words
    start = sentence.find(words)
    return (sentence if start < _LATE else sentence[start:]).rstrip(".")


def contradiction_sentence(contradiction: Contradiction) -> str:
    """How many reports say what: "3 reports say inconclusive, 1 says progress"."""
    said = [
        f"{len(claim.reports)} {'report says' if len(claim.reports) == 1 else 'reports say'} "
        f"{_span(claim.value) if contradiction.field == 'when' else claim.value}"
        for claim in contradiction.claims
    ]
    return f"On {_FIELDS.get(contradiction.field, contradiction.field)}, " + ", ".join(said) + "."


def _span(value: str) -> str:
    """The days of `2022-03-10/2022-03-11`, where `…` or `?` is an end that is not known, in words."""
    try:
        ends = [None if end in ("…", "?") else date.fromisoformat(end) for end in re.split("/|, ", value)]
    except ValueError:
        return value
    return days(When(ends[0], ends[-1], None, "stated"))


def change_sentence(field: str, before: str, after: str, name: Name = str) -> str:
    """A field of a step that is told otherwise now: "status was future, is actual"."""
    several = field == "when" or (field.endswith("s") and field != "status")
    was, is_ = ("were", "are") if several else ("was", "is")

    def told(value: str) -> str:
        if field == "when":
            return _span(value)
        if field in ("actors", "recipients", "third_parties", "persons") and value != "unknown":
            return listed([name(actor) for actor in value.split(", ")])
        return value

    label = _FIELDS.get(field, field.replace("_", " ")).removeprefix("the ")
    return f"{label} {was} {told(before)}, {is_} {told(after)}"


def _named(terms: Sequence[str]) -> list[str]:
    """The terms that say something: "other" only says that none of the list fits."""
    return [_TERMS.get(term, term) for term in terms if term != "other"]


def _capital(sentence: str) -> str:
    return sentence[0].upper() + sentence[1:]
