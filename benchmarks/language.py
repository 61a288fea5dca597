"""How well the language model annotates: `python -m benchmarks.language [FILE.conllu …]`.

Without files, the held-out documents of the development parts of EWT and GUM (`training.corpus`), with gold words and
sentences and from raw text, and the names of wikigold's held-out tenth, of GUM's and of EWT's held-out documents.
Attachment is counted over all words, punctuation too, from raw text as F1 over words with the same characters, as in
the CoNLL 2018 shared task. LAS asks for the whole relation ("nmod:poss"); the shared task's own LAS, and so the figures
that others publish by its script, for the universal part of it ("nmod"): that is "LAS, universal".
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from benchmarks.report import Table, add_json, publish, shared
from dragoman.language import load
from training.corpus import Sentence, load_corpora, read_treebank

UNIVERSAL = "LAS, universal"


@dataclass
class Counts:
    """Right, found and wanted, by what is counted."""

    right: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)

    def f1(self, name: str) -> float:
        total = self.found[name] + self.wanted[name]
        return 2 * self.right[name] / total if total else float("nan")

    def add(self, name: str, found: Iterable[object], wanted: Iterable[object]) -> None:
        one, other = set(found), set(wanted)
        self.right[name] += len(one & other)
        self.found[name] += len(one)
        self.wanted[name] += len(other)


def gold_words(nlp: Language, sentences: Sequence[Sentence]) -> list[Doc]:
    """One Doc a document, with its words and sentences given."""
    return [
        Doc(
            nlp.vocab,
            words=[word for sentence in document for word in sentence.words],
            sent_starts=[i == 0 for sentence in document for i in range(len(sentence.words))],
        )
        for document in documents(sentences)
    ]


def documents(sentences: Sequence[Sentence]) -> list[list[Sentence]]:
    return [list(group) for _, group in groupby(sentences, key=lambda sentence: sentence.document)]


def score_gold(nlp: Language, sentences: Sequence[Sentence]) -> dict[str, float]:
    """UPOS, XPOS, morphology, lemmas, UAS and both LAS, all words given."""
    right: Counter[str] = Counter()
    total = 0
    docs = nlp.pipe(gold_words(nlp, sentences))
    for doc, document in zip(docs, documents(sentences), strict=True):
        offset = 0
        for sentence in document:
            for i in range(len(sentence.words)):
                token = doc[offset + i]
                head = 0 if token.head is token or token.head.i == token.i else token.head.i - offset + 1
                attached = head == sentence.heads[i]
                right["UAS"] += attached
                right["LAS"] += attached and token.dep_ == sentence.labels[i]
                right[UNIVERSAL] += attached and _universal(token.dep_) == _universal(sentence.labels[i])
                right["UPOS"] += token.pos_ == sentence.upos[i]
                right["XPOS"] += token.tag_ == sentence.xpos[i]
                right["Feats"] += (str(token.morph) or "_") == sentence.feats[i]
                right["Lemmas"] += token.lemma_ == sentence.lemmas[i]
                total += 1
            offset += len(sentence.words)
    return {name: right[name] / total for name in ("UPOS", "XPOS", "Feats", "Lemmas", "UAS", "LAS", UNIVERSAL)}


def _universal(label: str) -> str:
    """A relation without its subtype."""
    return label.partition(":")[0]


def raw_text(document: Sequence[Sentence]) -> tuple[str, list[tuple[int, int]]]:
    """The text of a document with its paragraphs, and the characters of each word."""
    text, spans = "", []
    for k, sentence in enumerate(document):
        if k:
            text = text.rstrip(" ") + ("\n\n" if sentence.paragraph else " ")
        for word, space in zip(sentence.words, sentence.spaces, strict=True):
            spans.append((len(text), len(text) + len(word)))
            text += word + (" " if space else "")
    return text, spans


def score_raw(nlp: Language, sentences: Sequence[Sentence]) -> dict[str, float]:
    """F1 of words, sentences, UPOS, UAS and both LAS from the raw text of each document."""
    counts = Counts()
    texts = [raw_text(document) for document in documents(sentences)]
    for doc, (_, spans), document in zip(nlp.pipe(text for text, _ in texts), texts, documents(sentences), strict=True):
        flat = [word for sentence in document for word in zip(sentence.upos, sentence.labels, strict=True)]
        heads, bounds = [], []
        offset = 0
        for sentence in document:
            heads += [None if head == 0 else spans[offset + head - 1] for head in sentence.heads]
            bounds.append((spans[offset][0], spans[offset + len(sentence.words) - 1][1]))
            offset += len(sentence.words)
        tokens = [token for token in doc if not token.is_space]
        where = {token.i: (token.idx, token.idx + len(token)) for token in tokens}
        found_heads = [None if token.head.i == token.i else where[token.head.i] for token in tokens]
        counts.add("Words", where.values(), spans)
        counts.add(
            "Sentences", [_trimmed(sentence, where) for sentence in doc.sents if _trimmed(sentence, where)], bounds
        )
        counts.add(
            "UPOS", [(where[t.i], t.pos_) for t in tokens], [(s, w[0]) for s, w in zip(spans, flat, strict=True)]
        )
        arcs = list(zip(where.values(), found_heads, strict=True))
        gold_arcs = list(zip(spans, heads, strict=True))
        counts.add("UAS", arcs, gold_arcs)
        relations: dict[str, Callable[[str], str]] = {"LAS": str, UNIVERSAL: _universal}
        for name, relation in relations.items():
            counts.add(
                name,
                [(*arc, relation(token.dep_)) for arc, token in zip(arcs, tokens, strict=True)],
                [(*arc, relation(word[1])) for arc, word in zip(gold_arcs, flat, strict=True)],
            )
    return {name: counts.f1(name) for name in ("Words", "Sentences", "UPOS", "UAS", "LAS", UNIVERSAL)}


def _trimmed(sentence: Iterable, where: dict[int, tuple[int, int]]) -> tuple[int, int] | None:
    spans = [where[token.i] for token in sentence if token.i in where]
    return (spans[0][0], spans[-1][1]) if spans else None


# What a corpus calls each of our types; a type that it does not mark is not counted.
SCHEMES: dict[str, dict[str, str]] = {
    "wikigold": {
        "PERSON": "PER",
        "ORG": "ORG",
        "GPE": "LOC",
        "LOC": "LOC",
        "NORP": "MISC",
        "EVENT": "MISC",
        "MISC": "MISC",
    },
    "ewt": {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC"},
    "gum": {"PERSON": "PERSON", "ORG": "ORG", "GPE": "GPE", "LOC": "GPE"},
}


def score_names(nlp: Language, sentences: Sequence[Sentence], scheme: dict[str, str]) -> dict[str, float]:
    """F1 of names by span and type, words and sentences given."""
    counts = Counts()
    for doc, document in zip(nlp.pipe(gold_words(nlp, sentences)), documents(sentences), strict=True):
        offset, wanted = 0, set()
        for sentence in document:
            for start, end, types in sentence.names or ():
                if kinds := {scheme[kind] for kind in types if kind in scheme}:
                    wanted.add((offset + start, offset + end, min(kinds)))
            offset += len(sentence.words)
        found = {(e.start, e.end, scheme[e.label_]) for e in doc.ents if e.label_ in scheme}
        counts.add("all", found, wanted)
        for kind in set(scheme.values()):
            counts.add(kind, [n for n in found if n[2] == kind], [n for n in wanted if n[2] == kind])
    return {kind: counts.f1(kind) for kind in ("all", *sorted(set(scheme.values())))}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, help="CoNLL-U files to score instead")
    parser.add_argument("--model", type=Path, help="a folder with other weights")
    add_json(parser)
    arguments = parser.parse_args()
    nlp = load(arguments.model)
    if arguments.files:
        parts = {
            path.stem if path.stem not in ("dev", "test") else path.parent.name: list(read_treebank(path))
            for path in arguments.files
        }
        names: dict[str, list[Sentence]] = {}
    else:
        held_out = load_corpora(shared()).held_out
        parts = {name: held_out[name] for name in ("ewt", "gum")}
        parts["gum news"] = [s for s in held_out["gum"] if "_news_" in s.document]
        names = {
            "wikigold": held_out["wikigold"],
            "ewt": held_out["ewt"],
            "gum": held_out["gum"],
            "gum news": parts["gum news"],
        }
    tables = [
        Table("Gold words and sentences", {name: score_gold(nlp, part) for name, part in parts.items()}),
        Table("From raw text (F1)", {name: score_raw(nlp, part) for name, part in parts.items()}),
    ]
    for name, part in names.items():
        tables.append(Table(f"Names (F1), {name}", {name: score_names(nlp, part, SCHEMES[name.split()[0]])}))
    publish(tables, arguments.json)


if __name__ == "__main__":
    main()
