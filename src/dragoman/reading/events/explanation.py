"""The why: what made the reader code it so, in words that a person can check against the sentence."""

from __future__ import annotations

from dragoman.reading.events.arguments import Filler
from dragoman.reading.events.coding import Coded
from dragoman.reading.events.predicates import Clauses

_POS = {"v": "verb", "n": "noun", "a": "adjective"}


def explain(item: Coded, clauses: Clauses) -> str:
    """One line: frame and code, condition, construction, roles, what decided the status, what the models said."""
    coding, factuality = item.coding, item.factuality
    doc = clauses.doc
    frame = coding.frame
    if frame.line:
        stated = f"{_POS[frame.pos]} “{frame.lemma}” ({frame.source})"
    else:
        stated = f"no frame, at “{doc[coding.head].text}”"
    parts = [
        f"{stated} → {coding.code.code} {coding.code.label} = {coding.type}"
        + (f" {coding.mode}" if coding.mode else "")
    ]
    if coding.inner is not None:
        inner = coding.inner
        parts.append(f"{frame.operator} + “{doc[inner.head].text}” ({inner.code.code})")
    if frame.conditions:
        parts.append("given " + ", ".join(str(condition) for condition in frame.conditions))
    if coding.predicate.construction:
        parts.append(", ".join(dict.fromkeys(coding.predicate.construction)))
    parts.append("by " + ", ".join(_role(filler, clauses) for filler in coding.actors))
    if coding.recipients:
        parts.append("to " + ", ".join(_role(filler, clauses) for filler in coding.recipients))
    if factuality.cue is not None:
        parts.append(f"{factuality.status} because of “{factuality.cue}”")
    if item.verdict is not None:
        parts.append(item.verdict.note)
    if item.heard is not None:
        parts.append(item.heard)
    return "; ".join(parts)


def _role(filler: Filler, clauses: Clauses) -> str:
    word = clauses.doc[filler.token].text
    reached = "" if filler.path == "itself" else f" ({filler.path})"
    return f"{filler.actor} “{word}”{reached}"
