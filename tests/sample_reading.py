"""A small reading made by hand, for the tests of everything that shows records."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import pairwise

from dragoman.records import (
    Actor,
    Article,
    Event,
    Evidence,
    Mediation,
    Mediator,
    Place,
    Reading,
    Span,
    Statement,
    Step,
    TextSpan,
    Tie,
    Time,
    When,
    Where,
)

TEXT = (
    "Ethiopia and Eritrea signed a peace agreement in Algiers on Tuesday, ending a war of two years.\n\n"
    "President Abdelaziz Bouteflika, who hosted the ceremony, said the two neighbours would exchange prisoners soon. "
    "“Today reason has won,” he told the guests.\n\n"
    "Algeria, which holds the chair of the African Union's forerunner, had offered to mediate in 1999."
)


def _span(words: str, nth: int = 0) -> tuple[int, int]:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return start, start + len(words)


def _text_span(words: str, nth: int = 0) -> TextSpan:
    return TextSpan(*_span(words, nth), words)


def _mentions(*words: str | tuple[str, int]) -> tuple[Span, ...]:
    return tuple(sorted((Span(*_span(*((w,) if isinstance(w, str) else w))) for w in words), key=lambda s: s.start))


@cache
def sample_reading() -> Reading:
    """Algiers, 12 December 2000."""
    bounds = [0, TEXT.index("President"), TEXT.index("“Today"), TEXT.index("Algeria, which"), len(TEXT)]
    sentences = tuple(Span(start, len(TEXT[:end].rstrip())) for start, end in pairwise(bounds))
    algiers = Where("Algiers", "Algiers", "DZA", 36.75, 3.04, 2507480)
    tuesday = When(date(2000, 12, 12), date(2000, 12, 12), "on Tuesday", "stated")
    then = When(date(1999, 1, 1), date(1999, 12, 31), "in 1999", "stated")
    soon = When(None, None, "soon", "unknown")
    events = (
        Event(
            "e1", "SUPPORT", None, ("peacekeeping",), "verbal cooperation", 3.0, "057", ("ETH", "ERI"), (),
            _text_span("signed"), 0, *_span("signed a peace agreement in Algiers on Tuesday"), "actual", tuesday,
            algiers, None, ("ERI-ETH",), 0.93, "frame “sign an agreement”", None,
        ),
        Event(
            "e2", "CONCEDE", "release", (), "verbal cooperation", 5.0, "0841", ("ETH", "ERI"), (),
            _text_span("exchange"), 1, *_span("exchange prisoners soon"), "future", soon, None,
            "abdelaziz-bouteflika", ("ERI-ETH",), 0.71, "frame “exchange prisoners”; “would” makes it future", None,
        ),
        Event(
            "e3", "AGREE", "mediate", (), "verbal cooperation", 3.0, "039", ("DZA",), ("ETH", "ERI"),
            _text_span("offered to mediate"), 3, *_span("offered to mediate in 1999"), "historical", then, None,
            None, ("ERI-ETH",), 0.88, "frame “offer to mediate”", None,
        ),
    )  # fmt: skip
    article = "5d1c0e"
    steps = (
        Step(
            "offer", ("DZA",), ("ETH", "ERI"), (), (), then, None, "historical", None, None, (), None, ("e3",),
            (Evidence(article, *_span("had offered to mediate in 1999")),),
        ),
        Step(
            "agreement", ("ETH", "ERI"), (), ("DZA",), ("abdelaziz-bouteflika",), tuesday, algiers, "actual", None,
            "agreement", ("prisoner exchange",), None, ("e1",),
            (Evidence(article, sentences[0].start, sentences[0].end),),
        ),
    )  # fmt: skip
    return Reading(
        article=Article(article, None, None, TEXT, date(2000, 12, 13), "Example Gazette", None, "en", sentences),
        actors=(
            Actor("ETH", "Ethiopia", "country", "ETH", "GOV", None, None, True, _mentions("Ethiopia")),
            Actor("ERI", "Eritrea", "country", "ERI", "GOV", None, None, True, _mentions("Eritrea")),
            Actor(
                "abdelaziz-bouteflika", "Abdelaziz Bouteflika", "person", "DZA", "GOV", "president", "DZA", True,
                (Span(*_span("President Abdelaziz Bouteflika")), Span(_span("he told")[0], _span("he told")[0] + 2)),
            ),
            Actor("DZA", "Algeria", "country", "DZA", "GOV", None, None, True, _mentions("Algeria")),
        ),
        events=events,
        statements=(
            Statement("abdelaziz-bouteflika", *_span("the two neighbours would exchange prisoners soon"), False,
                      _text_span("said"), 1),
            Statement("abdelaziz-bouteflika", *_span("“Today reason has won,”"), True, _text_span("told"), 2),
        ),
        times=(
            Time(date(2000, 12, 12), date(2000, 12, 12), "on Tuesday", "stated", *_span("on Tuesday")),
            Time(date(1999, 1, 1), date(1999, 12, 31), "in 1999", "stated", *_span("in 1999")),
        ),
        places=(Place("Algiers", "Algiers", "DZA", 36.75, 3.04, 2507480, *_span("Algiers")),),
        ties=(Tie("ETH", "ERI", "neighbour", "the two neighbours", 1),),
        mediations=(
            Mediation("ERI-ETH", ("ERI", "ETH"), (Mediator("DZA", ("offered", "host")),), steps),
        ),
    )  # fmt: skip
