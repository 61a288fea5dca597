"""The dependency tree of a Doc as plain lists, for rooms that ask for children and edges of many tokens."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

import numpy as np
from spacy.attrs import DEP, HEAD
from spacy.tokens import Doc

from dragoman.reading.attachment import mended

_KEY = "dragoman.tree"

CLAUSES = frozenset({"root", "ccomp", "advcl", "acl", "acl:relcl", "parataxis", "csubj", "csubj:pass", "advcl:relcl"})

_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
_DASHES = frozenset({"-", "–", "—", "--"})
# A dateline with its day and agency is no longer than so many tokens.
_DATELINE = 16


class Tree:
    """Children, subtree edges and sentences of every token, gathered in one pass.

    spaCy's `Token.children` walks the subtree each time it is asked; here the cost is paid once, so that a room stays
    linear in the length of the article even where a "sentence" is a hundred thousand characters long.
    """

    __slots__ = ("children", "deps", "doc", "heads", "left", "right", "sentence", "starts", "text")
    heads: list[int]
    deps: list[str]

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text = doc.text
        size = len(doc)
        # Heads come as distances in unsigned integers; arrays are many times quicker than token after token.
        codes = doc.to_array([HEAD, DEP])
        distances = codes[:, 0].astype(np.int64).tolist()
        heads: list[int] = [i + distance for i, distance in enumerate(distances)]
        names = {code: doc.vocab.strings[code] for code in set(codes[:, 1].tolist())}
        self.heads, self.deps = mended(doc, heads, [names[code] for code in codes[:, 1].tolist()])
        self.children: list[list[int]] = [[] for _ in range(size)]
        roots: list[int] = []
        for i, head in enumerate(self.heads):
            (self.children[head] if head != i else roots).append(i)
        self.left, self.right = self._edges(roots)
        self._free_datelines()
        self.sentence: list[int] = []
        self.starts: list[int] = []
        for number, sentence in enumerate(doc.sents):
            self.starts.append(sentence.start)
            self.sentence.extend([number] * len(sentence))

    @classmethod
    def of(cls, doc: Doc) -> Tree:
        """The tree of a Doc, made once and kept with it: every room asks for it."""
        tree: Tree | None = doc.user_data.get(_KEY)
        if tree is None or len(tree.heads) != len(doc):
            tree = doc.user_data[_KEY] = cls(doc)
        return tree

    def _edges(self, roots: list[int]) -> tuple[list[int], list[int]]:
        """The first and the last token under each token."""
        order = list(roots)
        for i in order:
            order.extend(self.children[i])
        left, right = list(range(len(self.heads))), list(range(len(self.heads)))
        for i in reversed(order):
            head = self.heads[i]
            left[head], right[head] = min(left[head], left[i]), max(right[head], right[i])
        return left, right

    def _free_datelines(self) -> None:
        """Take "SEOUL, Sept 20 -" for no second subject of "North Korea said": what stands before a dash is none."""
        for predicate, children in enumerate(self.children):
            subjects = [child for child in children if child < predicate and self.deps[child] in _SUBJECTS]
            if len(subjects) < 2:
                continue
            last = subjects[-1]
            for child in subjects[:-1]:
                between = range(child + 1, min(last, child + _DATELINE))
                if any(self.doc[i].text in _DASHES and self.doc[i - 1].whitespace_ for i in between):
                    self.deps[child] = "dislocated"

    def kids(self, index: int, *deps: str) -> list[int]:
        """Children of a token with one of these labels, in order."""
        labels, children = self.deps, self.children[index]
        return [child for child in children if labels[child] in deps] if children else []

    def subtree(self, index: int, skip: Callable[[int], bool] = lambda _: False) -> Iterator[int]:
        """The tokens under a token, itself included, without the branches that `skip` names; not in order."""
        stack = [index]
        while stack:
            i = stack.pop()
            yield i
            stack.extend(child for child in self.children[i] if not skip(child))

    def is_under(self, index: int, ancestor: int) -> bool:
        """Whether a token is the ancestor or lies below it."""
        while index != ancestor:
            head = self.heads[index]
            if head == index:
                return False
            index = head
        return True

    def is_beside(self, index: int, other: int) -> bool:
        """Whether a token lies below the other, or both hang alike on one word.

        Of a title and the name behind it a parse may make two subjects.
        """
        alike = self.heads[index] == self.heads[other] and self.deps[index] == self.deps[other]
        return alike or self.is_under(index, other)

    def runs(self, labels: Sequence[int]) -> Iterator[tuple[range, int]]:
        """Each run of tokens of one label other than 0, with the token that heads it in the tree."""
        start = 0
        for label, group in groupby(labels):
            run = range(start, start + sum(1 for _ in group))
            start = run.stop
            if label:
                yield run, next((i for i in run if self.heads[i] not in run or self.heads[i] == i), run.start)

    def clause(self, index: int) -> int:
        """The predicate of the clause that a token stands in: itself when it heads one."""
        while self.deps[index] not in CLAUSES and self.heads[index] != index:
            index = self.heads[index]
        return index

    def bounds(self, index: int) -> tuple[int, int]:
        """First and last token (inclusive) of the sentence of a token."""
        number = self.sentence[index]
        last = self.starts[number + 1] - 1 if number + 1 < len(self.starts) else len(self.heads) - 1
        return self.starts[number], last
