"""The spaCy pipeline: a tokenizer and one component that annotates everything in one pass of the network."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from dragoman.language.decoding import Ints, agreed_type, decode_names, decode_tree, type_chances
from dragoman.language.encoder import EVENTS, MODEL, ROLES, STEPS, Encoder, Scores, Window
from dragoman.language.tokenization import make_tokenizer
from dragoman.language.windows import cut

# The least probability at which a word is taken for the first of a sentence.
START_THRESHOLD = 0.5
# … and where a stop after a whole word or a number stands before a capital: that of an abbreviation is no word of its
# own. What follows may be an abbreviation, at which the network doubts: "no date was set. U.N. envoys hope".
PLAIN_START_THRESHOLD = 0.04
# What a day of the month stands behind.
MONTHS = frozenset(
    """January February March April May June July August September October November December Jan. Feb. Aug. Sept. Oct.
    Nov. Dec. Jan Feb Aug Sept Oct Nov Dec""".split()
)
# Words that state an event less probably than this, and participants less probable, are not kept.
LEAST_EVENT, LEAST_PART = 0.05, 0.05
CLOSING_QUOTES = frozenset({'"', "”", "’", "''", "'"})
# Word pieces that go through the network at once.
BATCH_PIECES = 2000
# A dateline is no longer than so many words.
DATELINE = 16
# What stands between two dashes behind a subject ends within so many words.
ASIDE = 40

if not Token.has_extension("antecedent"):
    Token.set_extension("antecedent", default=None)
    Token.set_extension("antecedent_score", default=0.0)
    # What each token's actor is in a mediation, and what kind of step it states; None from another pipeline.
    Doc.set_extension("roles", default=None)
    Doc.set_extension("steps", default=None)
    # What type of event each token states, and who may take part in those that are stated.
    Doc.set_extension("events", default=None)
    Doc.set_extension("participants", default=None)


@cache
def load(model: Path | None = None) -> Language:
    """The English pipeline of Dragoman: tokens, sentences, tags, morphology, lemmas, Universal Dependencies, names.

    Every token that heads a later mention of something said before has ``token._.antecedent``, the index of the token
    that heads the earlier mention, and ``token._.antecedent_score``, its probability. ``doc._.roles``, ``doc._.steps``
    and ``doc._.events`` hold a probability a token for each of `ROLES`, of `STEPS` and of `EVENTS`;
    ``doc._.participants`` gives for every token that may state an event the tokens that may name who takes part, each
    with the probability that they do it and that it is done to them.

    Args:
        model: a folder with other weights than those that ship.

    Raises:
        ModelError: the weights are missing or not what they should be.
    """
    nlp = spacy.blank("en")
    nlp.tokenizer = make_tokenizer(nlp.vocab)
    nlp.add_pipe("dragoman", config={"model": str(model or MODEL)})
    # Megabytes of text are read in windows: memory does not grow with the square of anything.
    nlp.max_length = 20_000_000
    return nlp


@Language.factory(
    "dragoman",
    assigns=["token.tag", "token.pos", "token.morph", "token.lemma", "token.dep", "token.head", "token.is_sent_start",
             "doc.ents", "doc.sents"],
    default_config={"model": str(MODEL)},
)  # fmt: skip
def make_annotator(nlp: Language, name: str, model: str) -> Annotator:
    """The factory under which spaCy knows the component."""
    return Annotator(Path(model))


# Names of these kinds have a capital somewhere.
PROPER = frozenset({"PERSON", "ORG", "GPE", "LOC", "NORP"})


class Annotator:
    """Annotates Docs; sentence starts that are set beforehand are kept."""

    def __init__(self, model: Path) -> None:
        self.model = model
        self._encoder: Encoder | None = None

    @property
    def encoder(self) -> Encoder:
        """The network, loaded when it is first needed."""
        if self._encoder is None:
            self._encoder = Encoder(self.model)
        return self._encoder

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one Doc; sentence starts that are set beforehand are kept."""
        layout = Layout(doc, self.encoder)
        for batch in batches(layout):
            for (start, end), scores in zip(
                batch, self.encoder([layout.window(*window) for window in batch]), strict=True
            ):
                layout.take(start, end, scores)
        layout.finish()
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """Annotate many Docs."""
        yield from map(self, stream)


def batches(layout: Layout) -> Iterator[list[tuple[int, int]]]:
    """The windows of a document, those of like length together.

    Windows of several documents never share a batch: in eight bits the scale of a batch depends on all that is in it,
    and what an article says must not depend on what was read beside it.
    """
    batch: list[tuple[int, int]] = []
    for window in sorted(layout.windows, key=lambda window: layout.size(*window)):
        # Sorted by size, so the newest is the widest: what the batch costs is its width times its number.
        if batch and layout.size(*window) * (len(batch) + 1) > BATCH_PIECES:
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch


def _has_capital(word: str) -> bool:
    return any(letter.isupper() for letter in word)


def _marks_only(words: list[str]) -> bool:
    return not any(character.isalnum() for word in words for character in word)


def _line_ends(text: str, end: int) -> bool:
    """Whether the line that ends here is a line of its own rather than wrapped prose."""
    begin = text.rfind("\n", max(0, end - 60), end) + 1
    return end - begin < 55 or text[end - 1] in ".!?\"”’'"


class Layout:
    """A Doc while it is annotated: its words without the white space, their windows, what was found."""

    def __init__(self, doc: Doc, encoder: Encoder) -> None:
        self.doc = doc
        self.encoder = encoder
        self.tokens = [token.i for token in doc if not token.is_space]
        self.words = [doc[i].text for i in self.tokens]
        self.sizes = [len(encoder.pieces(word)) for word in self.words]
        self.breaks = self._breaks()
        self.preset = doc.has_annotation("SENT_START")
        self.starts: list[bool | None] = [bool(doc[i].is_sent_start) if self.preset else None for i in self.tokens]
        self.windows = list(cut(self.words, self.sizes, self.breaks, self.starts))
        size = len(doc)
        self.heads = list(range(size))
        self.labels = ["dep"] * size
        self.upos = ["SPACE"] * size
        self.tags = ["_SP"] * size
        self.feats = [""] * size
        self.lemmas = [token.text for token in doc]
        self.first: set[int] = set()
        # Each name with what the network makes of its type.
        self.names: dict[tuple[int, int, str], NDArray[np.float64]] = {}
        self.links: dict[int, tuple[int, float]] = {}
        self.roles = np.zeros((size, len(ROLES)), dtype=np.float32)
        self.steps = np.zeros((size, len(STEPS)), dtype=np.float32)
        self.events = np.zeros((size, len(EVENTS)), dtype=np.float32)
        self.participants: dict[int, dict[int, tuple[float, float]]] = {}

    def _breaks(self) -> list[bool]:
        """Whether a word begins a paragraph: an empty line before it, or a short line that ends without a stop."""
        text, breaks, end = self.doc.text, [], 0
        for i, word in zip(self.tokens, self.words, strict=True):
            start = self.doc[i].idx
            lines = text.count("\n", end, start)
            breaks.append(lines > 1 or (lines == 1 and _line_ends(text, end)))
            end = start + len(word)
        return breaks

    def size(self, start: int, end: int) -> int:
        """The number of word pieces of a window."""
        return sum(self.sizes[start:end]) + 2

    def window(self, start: int, end: int) -> Window:
        """What the encoder sees; that the window begins is no paragraph."""
        return Window(tuple(self.words[start:end]), (False, *self.breaks[start + 1 : end]))

    def take(self, start: int, end: int, scores: Scores) -> None:
        """Turn the scores of a window into annotations."""
        labels, bounds = self.encoder.labels, self._sentences(start, end, scores)
        tokens = self.tokens[start:end]
        for k, i in enumerate(tokens):
            self.upos[i] = labels.upos[scores.upos[k]]
            self.tags[i] = labels.xpos[scores.xpos[k]]
            feats = labels.feats[scores.feats[k]]
            self.feats[i] = "" if feats == "_" else feats
            edit = labels.edit[scores.edit[k]]
            self.lemmas[i] = self.encoder.lemmatizer(self.words[start + k], self.upos[i], self.tags[i], edit)
        self.roles[tokens], self.steps[tokens], self.events[tokens] = scores.roles, scores.steps, scores.events
        for word in np.flatnonzero(scores.events[:, 1:].sum(1) >= LEAST_EVENT):
            acting, suffering = scores.acting[word], scores.suffering[word]
            self.participants[tokens[word]] = {
                tokens[j]: (float(acting[j]), float(suffering[j]))
                for j in np.flatnonzero((acting >= LEAST_PART) | (suffering >= LEAST_PART))
            }
        heads = np.zeros(len(tokens), dtype=np.int64)
        datelines: list[int] = []
        for one, other in zip(bounds, [*bounds[1:], len(tokens)], strict=True):
            body = self._after_dateline(start + one, start + other) - start
            for first, last in ((one, body), (body, other)):
                if first < last:
                    columns = [0, *range(first + 1, last + 1)]
                    found = decode_tree(scores.arcs[first:last][:, columns])
                    heads[first:last] = np.where(found == 0, 0, found + first)
            if one < body:
                datelines.append(one + int((heads[one:body] == 0).argmax()))
                heads[datelines[-1]] = body + int((heads[body:other] == 0).argmax()) + 1
            self.first.add(tokens[one])
            for s, e, kind in decode_names(scores.names[one:other], labels.names):
                if kind not in PROPER or any(map(_has_capital, self.words[start + one + s : start + one + e])):
                    name = (tokens[one + s], tokens[one + e - 1] + 1, kind)
                    self.names[name] = type_chances(scores.names[one:other], s, e, labels.names)
        relations = self.encoder.label_ids(scores, heads)
        for k, i in enumerate(tokens):
            self.heads[i] = i if heads[k] == 0 else tokens[heads[k] - 1]
            self.labels[i] = "root" if heads[k] == 0 else labels.label[relations[k]]
            if heads[k] and self.labels[i] == "root":
                self.labels[i] = "dep"
            if k in datelines:
                self.labels[i] = "dislocated"
        self._link(tokens, scores)

    def _after_dateline(self, start: int, end: int) -> int:
        """Where the prose begins after "GENEVA, Aug 3 (Agency) - "; `start` where there is no such line.

        A dateline is no part of the clause behind it: parsed with it, the town becomes the subject of the news.
        """
        first = self.words[start]
        if not ((start == 0 or self.breaks[start]) and len(first) > 2 and first.isalpha() and first.isupper()):
            return start
        spaced = [k for k in range(start + 1, min(end - 1, start + DATELINE)) if self._is_dash(k)]
        if not spaced or any(self.upos[self.tokens[k]] in ("VERB", "AUX") for k in range(start, spaced[0])):
            return start
        within = self.words[start : spaced[0]]
        # One word in capitals between two dashes is a name with an apposition: NATO – the alliance – said.
        if len(spaced) > 1 and not any(word.isdigit() or word in (",", "(") for word in within):
            return start
        return spaced[0] + 1

    def _is_dash(self, k: int) -> bool:
        """Whether a word is a dash with white space around it, a long one, or the colon after a bare "GENEVA:"."""
        word, i = self.words[k], self.tokens[k]
        if word == ":":
            return self.words[k - 1].isupper() and bool(self.doc[i].whitespace_)
        return word == "—" or (
            word in ("-", "–", "--") and bool(self.doc[i].whitespace_ and self.doc[i - 1].whitespace_)
        )

    def _sentences(self, start: int, end: int, scores: Scores) -> list[int]:
        bounds = [0]
        for k in range(1, end - start):
            known = self.starts[start + k]
            enough = PLAIN_START_THRESHOLD if self._stands_after_stop(start + k) else START_THRESHOLD
            likely = scores.start[k] > enough and not self._goes_on(start + k)
            if known or (known is None and (self.breaks[start + k] or likely)):
                bounds.append(k)
        if self.preset:
            return bounds
        # A mark alone is no sentence: a quotation mark that opens belongs to what follows, one that closes to what was.
        ends = [*bounds[1:], end - start]
        joined = [bounds[0]]
        for one, other in zip(bounds[1:], ends[1:], strict=True):
            before, here = self.words[start + joined[-1] : start + one], self.words[start + one : start + other]
            if not (_marks_only(before) or (_marks_only(here) and not self.breaks[start + one])):
                joined.append(one)
        return joined

    def _stands_after_stop(self, i: int) -> bool:
        """Whether a full stop after a whole word or a number stands before a word with a capital."""
        before = self.words[i - 2] if i >= 2 and self.words[i - 1] == "." else ""
        whole = before.isdigit() or (len(before) > 2 and before.isalpha() and not before.isupper())
        return whole and self.words[i][0].isupper()

    def _goes_on(self, i: int) -> bool:
        """Whether a sentence goes on with a word: a comma and a closing quotation mark stand before it, so that the
        clause of the speaker follows; or a day of a month.
        """
        if i < 2:
            return False
        quoted = self.words[i - 1] in CLOSING_QUOTES and self.words[i - 2] == ","
        return quoted or (self.words[i - 1].isdigit() and self.words[i - 2] in MONTHS)

    def _link(self, tokens: list[int], scores: Scores) -> None:
        """Keep for every noun and pronoun the likeliest earlier noun or pronoun that means the same, if any."""
        nominal = np.array([self.upos[i] in ("NOUN", "PROPN", "PRON", "DET") for i in tokens])
        earlier = np.tril(np.ones((len(tokens), len(tokens)), dtype=bool), -1) & nominal[None, :]
        allowed = np.concatenate([np.ones((len(tokens), 1), dtype=bool), earlier], axis=1)
        masked = np.where(allowed, scores.antecedents, -1e4)
        best: Ints = masked.argmax(1)
        for k in np.flatnonzero(nominal & (best > 0)):
            total = np.logaddexp.reduce(masked[k])
            self.links[tokens[k]] = (tokens[best[k] - 1], float(np.exp(masked[k, best[k]] - total)))

    def _agree_on_names(self) -> None:
        """One name has one type in a text; a date has it by its form, whatever else is called so ("May")."""
        bearers: defaultdict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for name in self.names:
            if name[2] != "DATE":
                bearers[self.doc[name[0] : name[1]].text].append(name)
        for names in bearers.values():
            if len(names) > 1:
                agreed = agreed_type([self.names[name] for name in names], self.encoder.labels.names)
                for start, end, kind in names:
                    self.names[start, end, agreed] = self.names.pop((start, end, kind))

    def _join_names(self) -> None:
        """A person's name is one phrase: of two parts of it that hang alike on one word, the second joins the first."""
        for start, end, kind in self.names:
            first: int | None = None
            for i in range(start, end) if kind == "PERSON" else ():
                if start <= self.heads[i] < end and self.heads[i] != i:
                    continue
                if first is None:
                    first = i
                elif self.heads[i] == self.heads[first] and self.labels[i] in ("flat", self.labels[first]):
                    self.heads[i], self.labels[i] = first, "flat"

    def _mend_existentials(self) -> None:
        """What there is, is the subject: "he said there could be no dialogue"."""
        verbs = {self.heads[i] for i in self.tokens if self.labels[i] == "expl" and self.doc[i].lower_ == "there"}
        verbs -= {self.heads[i] for i in self.tokens if self.labels[i] == "nsubj"}
        for verb in verbs:
            above = {verb, self.heads[verb]} if self.labels[verb] == "ccomp" else {verb}
            behind = (i for i in self.tokens if i > verb and self.labels[i] == "obj" and self.heads[i] in above)
            subject = next(behind, None)
            if subject is not None and self.lemmas[verb] == "be":
                self.heads[subject], self.labels[subject] = verb, "nsubj"

    def _join_dashed(self) -> None:
        """What stands between two dashes before a verb is no second subject: "NATO – the alliance – said"."""
        first: dict[int, int] = {}
        for k, i in enumerate(self.tokens):
            verb = self.heads[i]
            if self.labels[i] not in ("nsubj", "nsubj:pass") or verb < i:
                continue
            subject = first.setdefault(verb, k)
            inside = range(subject + 1, min(len(self.tokens), subject + ASIDE))
            dashes = [j for j in inside if self.tokens[j] < verb and self.words[j] != ":" and self._is_dash(j)]
            if len(dashes) == 2 and dashes[0] < k < dashes[1]:
                self.heads[i], self.labels[i] = self.tokens[subject], "appos"

    def finish(self) -> None:
        """Write what was found into the Doc."""
        doc = self.doc
        self._agree_on_names()
        self._join_names()
        self._mend_existentials()
        self._join_dashed()
        previous: int | None = None
        for token in doc:
            # White space hangs on the word before it, as spaCy has it, or on the first word.
            if token.is_space:
                self.heads[token.i] = previous if previous is not None else (self.tokens[0] if self.tokens else token.i)
            else:
                previous = token.i
        if not self.tokens and len(doc):
            self.heads = [0] * len(doc)
            self.labels[0] = "root"
        annotated = Doc(
            doc.vocab,
            words=[token.text for token in doc],
            spaces=[bool(token.whitespace_) for token in doc],
            tags=self.tags,
            pos=self.upos,
            morphs=self.feats,
            lemmas=self.lemmas,
            heads=self.heads,
            deps=self.labels,
        )
        attributes = [
            spacy.attrs.TAG,
            spacy.attrs.POS,
            spacy.attrs.MORPH,
            spacy.attrs.LEMMA,
            spacy.attrs.DEP,
            spacy.attrs.HEAD,
        ]
        doc.from_array(attributes, annotated.to_array(attributes))  # type: ignore[arg-type]
        for i, (antecedent, score) in self.links.items():
            doc[i]._.antecedent = antecedent
            doc[i]._.antecedent_score = score
        doc._.roles, doc._.steps = self.roles, self.steps
        doc._.events, doc._.participants = self.events, self.participants
        doc.set_ents([Span(doc, start, end, label=kind) for start, end, kind in sorted(self.names)])
