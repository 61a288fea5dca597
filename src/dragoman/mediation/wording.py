"""A step, a question, a contradiction as one English sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from dragoman.mediation.merging import Contradiction
from dragoman.mediation.questions import Question
from dragoman.records import Step, When

Name = Callable[[str], str]

_OUTCOMES = {
    "agreement": "ended in an agreement",
    "progress": "made progress",
    "inconclusive": "were inconclusive",
    "failure": "failed",
}
# Verb of each kind as told, as planned, as denied.
_VERBS: dict[str, tuple[str, str, str]] = {
    "offer": ("offered to mediate", "will offer to mediate", "did not offer to mediate"),
    "acceptance": ("accepted what was offered", "would accept what is offered", "did not accept what was offered"),
    "refusal": (
        "turned down what was offered or asked",
        "would turn down what is offered or asked",
        "did not turn down what was offered or asked",
    ),
    "request": ("asked for mediation or talks", "will ask for talks", "did not ask for talks"),
    "appeal": ("appealed", "will appeal", "did not appeal"),
    "talks": ("held talks", "are to hold talks", "did not hold talks"),
    "consultation": ("consulted", "will consult", "did not consult"),
    "condition": ("set a condition", "will set a condition", "did not set a condition"),
    "proposal": ("put forward a proposal", "will put forward a proposal", "put forward no proposal"),
    "agreement": ("agreed", "are to agree", "did not agree"),
    "breakdown": ("broke off", "threaten to break off", "did not break off"),
    "endorsement": ("voiced support", "will voice support", "voiced no support"),
    "criticism": ("criticised", "will criticise", "did not criticise"),
    "pressure": ("exerted pressure", "threatened pressure", "opposed or exerted no pressure"),
    "assessment": ("judged how the mediation stands", "will judge", "did not judge"),
}
# What joins those whom a step is directed at; "to" where nothing is said.
_LINKS = {
    "acceptance": "by",
    "refusal": "by",
    "consultation": "with",
    "talks": "with",
    "breakdown": "with",
    "endorsement": "for",
    "criticism": "",
    "assessment": "of",
    "pressure": "against",
}


def step_sentence(step: Step, name: Name = str) -> str:
    """Who did what, with whom, through whom, where, and what came of it – without the days."""
    told, planned, denied = _VERBS[step.kind]
    verb = denied if step.status == "negated" else planned if step.status in ("future", "hypothetical") else told
    who = listed([name(actor) for actor in step.actors]) or "Somebody"
    parts = [f"{who} {verb}"]
    if step.recipients:
        parts += [_LINKS.get(step.kind, "to"), listed([name(actor) for actor in step.recipients])]
    elif step.kind == "criticism":
        parts.append("the mediation")
    if terms := _named(step.terms):
        parts.append(f"on {listed(terms)}")
    if step.third_parties:
        parts.append(f"through {listed([name(actor) for actor in step.third_parties])}")
    if step.where is not None:
        parts.append(f"in {step.where.name}")
    if step.round is not None:
        parts.append(f"(round {step.round})")
    sentence = " ".join(filter(None, parts))
    if step.persons:
        sentence += f", with {listed([name(person) for person in step.persons])}"
    if step.outcome is not None and step.kind != step.outcome:
        subject = "talks" if step.kind == "talks" else "matters"
        sentence += f"; {subject} {_OUTCOMES[step.outcome]}"
    if step.said_by is not None and step.said_by not in step.actors:
        sentence += f", according to {name(step.said_by)}"
    return sentence[0].upper() + sentence[1:] + "."


def question_sentence(question: Question, name: Name = str, day: Callable[[date], str] = date.isoformat) -> str:
    """What stands open, for whom, since when; `day` says how a day is written."""
    actors = listed([name(actor) for actor in question.actors]) or "anybody"
    about = listed([name(actor) for actor in question.about]) or "the parties"
    since = f" since {day(question.since)}" if question.since else ""
    terms = listed(_named(question.terms))
    asked = f"asked for {terms}" if terms else "set a condition"
    said = f" (“{shortened(question.words)}”)"
    start = f" from {day(question.since)}" if question.since else ""
    with_whom = f" with {about}" if question.about else ""
    verb, was = ("is", "was") if len(question.actors) == 1 else ("are", "were")
    return {
        "offer unanswered": f"The offer of {about} stands{since}{said} without an answer known from {actors}.",
        "request unanswered": f"The request of {about} to {actors} stands{since}{said} without an answer known.",
        "condition open": f"{actors} {asked}{since}{said}; nothing shows that it was met.",
        "condition met": f"{actors} {asked}{since}{said}; a later agreement covers it.",
        "round due": f"{actors} {verb} to meet{with_whom}{start}{said}.",
        "round overdue": f"{actors} {was} to meet{with_whom}{since}{said}; no report says that they did.",
        "silent": f"Nothing has been heard of {actors}{since}.",
    }[question.kind]


def shortened(words: str, most: int = 140) -> str:
    """The words in one line, cut at a word where they are many characters long."""
    line = " ".join(words.split()).strip(' "“”,;')
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0].rstrip(" ,;") + " …"


def contradiction_sentence(contradiction: Contradiction) -> str:
    """How many reports say what: "3 reports say inconclusive, 1 says progress"."""
    said = [
        f"{len(claim.reports)} {'report says' if len(claim.reports) == 1 else 'reports say'} {claim.value}"
        for claim in contradiction.claims
    ]
    return f"On {contradiction.field}, " + ", ".join(said) + "."


def days(when: When) -> str:
    """A span of days, short: ``2022-03-10``, ``2022-03-01 to 2022-03-20``, ``until 2022-03-20``, ``undated``."""
    if when.earliest is None and when.latest is None:
        return "undated"
    if when.earliest is None or when.latest is None:
        return f"since {when.earliest}" if when.earliest is not None else f"until {when.latest}"
    return _day(when.earliest) if when.earliest == when.latest else f"{_day(when.earliest)} to {_day(when.latest)}"


def _named(terms: Sequence[str]) -> list[str]:
    """The terms that say something: "other" only says that none of the list fits."""
    return [term for term in terms if term != "other"]


def listed(items: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return " and ".join(filter(None, [", ".join(items[:-1]), items[-1] if items else ""]))


def _day(day: date) -> str:
    return day.isoformat()
