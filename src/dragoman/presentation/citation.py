"""How to cite what was used: the program, what made the records, and what an archive holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dragoman.provenance import Versions


@dataclass(frozen=True, slots=True)
class Holdings:
    """What an archive holds, as far as a citation tells it.

    Attributes:
        articles: how many.
        events: how many.
        first: the earliest day of publication; None where there is no article.
        last: the latest.
        digest: a hash of the ids of the articles with the versions that read them: equal digests are equal records.
    """

    articles: int
    events: int
    first: date | None
    last: date | None
    digest: str


def citation(versions: Iterable[Versions], holdings: Holdings | None = None) -> str:
    """A sentence for the methods section, and BibTeX entries.

    Args:
        versions: what made the records, the newest last; one entry each, since each reads otherwise.
        holdings: what the archive holds; left out where only the program is cited.
    """
    made = list(versions)
    lines = []
    if holdings is not None:
        span = f", published {holdings.first} to {holdings.last}" if holdings.first else ""
        lines += [
            f"{holdings.events:,} events from {holdings.articles:,} articles{span}, coded with",
            *(
                f"  Dragoman {one.package} (model {one.model}, codebook {one.codebook}, knowledge {one.knowledge});"
                for one in made
            ),
            f"archive {holdings.digest}.",
            "",
        ]
    else:
        lines += [
            f"Dragoman {one.package} (model {one.model}, codebook {one.codebook}, knowledge {one.knowledge})."
            for one in made
        ]
        lines.append("")
    for one in made:
        note = f"model {one.model}, codebook {one.codebook}, knowledge {one.knowledge}"
        if holdings is not None:
            note += f"; archive {holdings.digest}"
        lines += [
            f"@software{{dragoman_{one.package.replace('.', '_')}_{one.codebook[:6]},",
            "  author  = {{The Dragoman authors}},",
            "  title   = {Dragoman: dated news to records of who did what to whom, and files on mediations},",
            f"  version = {{{one.package}}},",
            f"  note    = {{{note}}}",
            "}",
            "",
        ]
    return "\n".join(lines).rstrip("\n")
