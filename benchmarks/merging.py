"""How well reports of several articles are merged into steps, and how fast.

    python -m benchmarks.merging                the stories of tests/cases/stories, a table
    python -m benchmarks.merging --verbose      the pairs that were joined or kept apart wrongly
    python -m benchmarks.merging --unseen       the stories that nobody tunes on: figures alone, no errors
    python -m benchmarks.merging --timing       folding of generated reports: the cost of an article as the file grows
    python -m benchmarks.merging --json FILE    the figures, for machines (- is the standard output)

A story is one conflict told by three to six reports, in other words and detail, some contradicting; each step of a
report names the happening that it tells (`same`). Counted are pairs of reports: those of one happening that came into
one step, those that did not, and those of two happenings that did.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

from dragoman.mediation.files import Files, reports_of
from dragoman.mediation.merging import Report
from dragoman.records import Article, Evidence, Mediation, Span, Step, When, Where

STORIES = Path(__file__).parent.parent / "tests" / "cases" / "stories"
# Written after the weights of matching were set, and not looked into since.
UNSEEN = STORIES / "unseen"


@dataclass(frozen=True, slots=True)
class Story:
    """One conflict told by several articles; `same` gives the happening that each report tells."""

    id: str
    conflict: str
    articles: tuple[tuple[Article, Mediation], ...]
    same: dict[str, str]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of reports, counted."""

    right: int
    missed: int
    false: int

    @property
    def f1(self) -> float:
        return 2 * self.right / (2 * self.right + self.missed + self.false or 1)


def load_stories(folder: Path = STORIES) -> list[Story]:
    """All stories of a folder, by name."""
    return [load_story(path) for path in sorted(folder.glob("*.json"))]


def load_story(path: Path) -> Story:
    """One story, its steps as records."""
    data = json.loads(path.read_text(encoding="utf-8"))
    articles, same = [], {}
    for entry in data["reports"]:
        text, published = entry["text"], date.fromisoformat(entry["published"])
        sentences = _sentences(text)
        article = Article(entry["article"], None, None, text, published, entry["source"], None, "en", sentences)
        steps = tuple(_step(item, article) for item in entry["steps"])
        mediation = Mediation(data["conflict"], tuple(sorted(data["parties"])), (), steps)
        articles.append((article, mediation))
        for report, item in zip(reports_of(article, mediation), entry["steps"], strict=True):
            same[report.id] = item["same"]
    return Story(data["id"], data["conflict"], tuple(articles), same)


def score(story: Story) -> tuple[Pairs, list[str]]:
    """The pairs of a story, and the errors in words."""
    files = Files()
    for article, mediation in story.articles:
        files.add(article, (mediation,))
    file = files.file(story.conflict)
    step_of = {report: step.id for step in file.steps for report in step.reports}
    kinds = {report.id: report.step.kind for report in file.reports}
    right = missed = false = 0
    errors = []
    for one, other in combinations(sorted(step_of), 2):
        together = step_of[one] == step_of[other]
        gold = story.same[one] == story.same[other]
        right += together and gold
        missed += gold and not together
        false += together and not gold
        if together != gold:
            word = "apart" if gold else "joined"
            errors.append(f"{story.id}: {word} {kinds[one]} {story.same[one]} / {story.same[other]}  {one} {other}")
    return Pairs(right, missed, false), errors


def timing(sizes: tuple[int, ...] = (3_000, 7_500, 15_000, 30_000)) -> list[dict[str, float]]:
    """The cost of folding in generated articles of three steps each, as a file grows, in processor time."""
    rows = []
    for size in sizes:
        reports = generated(size)
        files = Files()
        start = time.process_time()
        for article in reports:
            files.add_reports(article)
        whole = time.process_time() - start
        late: list[float] = []
        for article in generated(60, seed=1):
            start = time.process_time()
            files.add_reports(article)
            late.append(time.process_time() - start)
        steps = len(files.file("AAA-BBB").steps)
        rows.append(
            {
                "articles": len(reports),
                "steps": steps,
                "seconds": whole,
                "ms an article": 1000 * whole / len(reports),
                "slowest of 20 more, ms": 1000 * max(late),
            }
        )
    return rows


def generated(count: int, seed: int = 0) -> list[list[Report]]:
    """About `count` reports in articles of three, over a time that grows with their number, as news does."""
    chance = random.Random(seed)
    kinds = ["offer", "talks", "consultation", "appeal", "condition", "agreement", "assessment", "pressure", "refusal"]
    thirds = ["CCC", "DDD", "EEE", "FFF", "GGG", "HHH"]
    articles = []
    for number in range(count // 3):
        published = date(2000, 1, 1) + timedelta(days=chance.randrange(max(1, count // 4)))
        reports = []
        for place in range(3):
            kind: Any = chance.choice(kinds)
            earliest = published - timedelta(days=chance.choice([0, 0, 1, 1, 2, 6]))
            parties = kind in ("talks", "agreement")
            step = Step(
                kind=kind,
                actors=("AAA", "BBB") if parties else (chance.choice([*thirds, "AAA", "BBB"]),),
                recipients=() if parties else (chance.choice(["AAA", "BBB"]),),
                third_parties=(chance.choice(thirds),) if parties else (),
                persons=(),
                when=When(
                    earliest, min(published, earliest + timedelta(days=chance.choice([0, 0, 1]))), None, "stated"
                ),
                where=None,
                status="actual",
                round=None,
                outcome=None,
                terms=(chance.choice(["ceasefire", "withdrawal", "hostages"]),) if kind == "condition" else (),
                said_by=None,
                events=(),
                evidence=(Evidence(f"{seed}-{number:06}", place * 10, place * 10 + 9),),
            )
            article = f"{seed}-{number:06}"
            reports.append(
                Report(f"{article}:{place}", "AAA-BBB", article, published, None, None, None, place, "", "", step)
            )
        articles.append(reports)
    return articles


def _step(item: dict[str, Any], article: Article) -> Step:
    start = article.text.index(item["evidence"])
    when = item.get("when", [None, None])
    where = item.get("where")
    return Step(
        kind=item["kind"],
        actors=tuple(item["actors"]),
        recipients=tuple(item.get("recipients", ())),
        third_parties=tuple(item.get("third_parties", ())),
        persons=tuple(item.get("persons", ())),
        when=When(*(day and date.fromisoformat(day) for day in when), None, "stated" if when[0] else "unknown"),
        where=where
        and Where(where["name"], where["name"], where["country"], where["latitude"], where["longitude"], None),
        status=item.get("status", "actual"),
        round=item.get("round"),
        outcome=item.get("outcome"),
        terms=tuple(item.get("terms", ())),
        said_by=None,
        events=(),
        evidence=(Evidence(article.id, start, start + len(item["evidence"])),),
    )


def _sentences(text: str) -> tuple[Span, ...]:
    """Good enough for texts that we wrote: a sentence ends with ". " before a capital that follows no initial."""
    spans, start = [], 0
    for place in range(len(text) - 2):
        ends = text[place] == "." and text[place + 1] == " " and text[place + 2].isupper()
        if ends and not text[:place].endswith(("Mr", "U.N", "U.S")):
            spans.append(Span(start, place + 1))
            start = place + 2
    return (*spans, Span(start, len(text)))


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Merging of reports into steps: pairwise F1 and speed.")
    parser.add_argument("--verbose", action="store_true", help="print the pairs that went wrong")
    parser.add_argument("--unseen", action="store_true", help="the stories that nobody tunes on")
    parser.add_argument("--timing", action="store_true", help="time the folding of generated reports")
    parser.add_argument("--json", metavar="FILE", help="write the figures as JSON; - is the standard output")
    options = parser.parse_args(arguments)
    totals: dict[str, int] = defaultdict(int)
    figures: dict[str, Any] = {"stories": {}}
    for story in load_stories(UNSEEN if options.unseen else STORIES):
        pairs, errors = score(story)
        for name in ("right", "missed", "false"):
            totals[name] += getattr(pairs, name)
        figures["stories"][story.id] = pairs.f1
        print(f"{story.id:20} {pairs.right:4} right {pairs.missed:3} missed {pairs.false:3} false  F1 {pairs.f1:.3f}")
        if options.verbose and not options.unseen:
            for error in errors:
                print(f"   {error}")
    figures["f1"] = Pairs(**totals).f1
    print(f"{'all':20} {totals['right']:4} right {totals['missed']:3} missed {totals['false']:3} false  ", end="")
    print(f"F1 {figures['f1']:.3f}")
    if options.timing:
        figures["timing"] = timing()
        for row in figures["timing"]:
            print("  ".join(f"{name} {value:,.2f}" for name, value in row.items()))
    if options.json:
        text = json.dumps(figures, indent=2) + "\n"
        if options.json == "-":
            sys.stdout.write(text)
        else:
            Path(options.json).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
