"""What an event is about: PLOVER contexts from its sentence and article, and the conflicts that it bears on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from functools import cache

from dragoman.codebook import CameoCode, Codebook, Context
from dragoman.knowledge import Knowledge
from dragoman.reading.events.predicates import Clauses

_ARTICLE_SHARE = 0.3
_AT_MOST = 4


class ContextReader:
    """Contexts by the words of the codebook, found once a sentence."""

    def __init__(self, clauses: Clauses, codebook: Codebook) -> None:
        self.codebook = codebook
        single, phrases = _context_words(tuple(codebook.contexts.values()))
        self._sentences: list[Counter[str]] = []
        for sentence in clauses.doc.sents:
            lemmas = [clauses.lemma(token.i) for token in sentence]
            found: Counter[str] = Counter()
            for lemma in lemmas:
                for name in single.get(lemma, ()):
                    found[name] += 1
            text = f" {' '.join(lemmas)} "
            for phrase, name in phrases:
                if phrase in text:
                    found[name] += 1
            self._sentences.append(found)
        count = max(len(self._sentences), 1)
        spread = Counter(name for found in self._sentences for name in found)
        self._article = {name for name, n in spread.items() if n >= 3 and n / count >= _ARTICLE_SHARE}

    def read(self, sentence: int, code: CameoCode) -> tuple[str, ...]:
        """The contexts of an event in this sentence: those of its code, of its words, and of most of the article."""
        found = self._sentences[sentence]
        ranked = sorted(found, key=lambda name: (-found[name], name))
        names = list(code.contexts) + ranked + sorted(self._article)
        kept = list(dict.fromkeys(name for name in names if name in self.codebook.contexts))[:_AT_MOST]
        order = list(self.codebook.contexts)
        return tuple(sorted(kept, key=order.index))


@cache
def _context_words(contexts: tuple[Context, ...]) -> tuple[dict[str, list[str]], list[tuple[str, str]]]:
    """The names of contexts by their single words, and their phrases as they stand between blanks."""
    single: dict[str, list[str]] = {}
    phrases: list[tuple[str, str]] = []
    for context in contexts:
        for word in context.words:
            if " " in word or "-" in word:
                phrases.append((f" {word.replace('-', ' - ')} ", context.name))
                if "-" in word:
                    phrases.append((f" {word} ", context.name))
            else:
                single.setdefault(word, []).append(context.name)
    return single, phrases


def topics_of(countries: Sequence[str], conflicts: Sequence[tuple[str, frozenset[str]]]) -> tuple[str, ...]:
    """The conflicts whose parties the event names at least two of, or the only one that the article is about."""
    named = set(countries)
    return tuple(sorted(identity for identity, parties in conflicts if len(parties & named) >= 2))


def conflicts_in(
    text: str, countries: frozenset[str], knowledge: Knowledge, years: Collection[int] = ()
) -> list[tuple[str, frozenset[str]]]:
    """The known conflicts that the article can be about: named in it, or with two of their parties in it at the time.

    Args:
        years: those that the article tells of, that of its publication among them; any where there are none.
    """
    named = knowledge.conflicts_named(text)
    found = []
    for conflict in knowledge.conflicts:
        parties = frozenset(conflict.parties)
        # Two that were at war once may open a border today: that is about a war only while it goes on.
        at_odds = len(parties & countries) >= 2 and (not years or any(conflict.is_on(y, lately=1) for y in years))
        if at_odds or conflict.id in named:
            found.append((conflict.id, parties))
    return found
