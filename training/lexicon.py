"""The lemmas of the treebanks: which are known, and which forms the rules get wrong."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from dragoman.language.lemmas import Lemmatizer
from training.corpus import Sentence

# Parts of speech whose words are inflected, and so worth a lexicon.
INFLECTED = ("VERB", "AUX", "NOUN", "ADJ", "ADV", "PRON", "DET")


def ranks(tokenizer: Path) -> dict[str, int]:
    """The whole words of the encoder's vocabulary, the commonest first."""
    vocabulary = json.loads(tokenizer.read_text(encoding="utf-8"))["model"]["vocab"]
    return {word: rank for word, rank in vocabulary.items() if word.isalpha() and len(word) > 1}


def write(sentences: Iterable[Sentence], tokenizer: Path, path: Path) -> None:
    """Write `lemmas.json`: the known lemmas, and the lemmas of forms that the rules miss, by part of speech."""
    forms: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        for word, pos, tag, lemma in zip(sentence.words, sentence.upos, sentence.xpos, sentence.lemmas, strict=False):
            if pos in INFLECTED and word.isalpha():
                forms[pos, tag, word.lower()][lemma] += 1
                if lemma.islower():
                    counted[pos][lemma] += 1
    # A lemma met once that is no common word may well be a slip of the pen.
    common = ranks(tokenizer)
    known = {pos: {w for w, times in words.items() if times > 1 or w in common} for pos, words in counted.items()}
    rules = Lemmatizer({}, {pos: frozenset(words) for pos, words in known.items()}, common)
    by_form: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    missed = set()
    for (pos, tag, form), lemmas in forms.items():
        by_form[pos, form].update(lemmas)
        ruled = rules.regular(form, pos, tag)
        # One that was met once and goes against a rule with a known lemma is likelier a slip than an exception.
        slip = lemmas.total() == 1 and ruled in known[pos]
        if ruled != lemmas.most_common(1)[0][0] and not slip:
            missed.add((pos, form))
    seen: dict[str, dict[str, str]] = defaultdict(dict)
    for pos, form in sorted(missed):
        lemma, times = by_form[pos, form].most_common(1)[0]
        # A form that comes from several words ("found", "lay") is left to the network where none prevails.
        if times >= 0.8 * by_form[pos, form].total():
            seen[pos][form] = lemma
    data = {"known": {pos: sorted(words) for pos, words in sorted(known.items())}, "seen": seen}
    path.write_text(json.dumps(data, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
