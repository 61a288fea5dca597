"""The dependency tree of a Doc as plain lists, for rooms that ask for children and edges of many tokens."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.tokens import Doc

CLAUSES = frozenset({"root", "ccomp", "advcl", "acl", "acl:relcl", "parataxis", "csubj", "csubj:pass", "advcl:relcl"})


class Tree:
    """Children, subtree edges and sentences of every token, gathered in one pass.

    spaCy's `Token.children` walks the subtree each time it is asked; here the cost is paid once, so that a room stays
    linear in the length of the article even where a "sentence" is a hundred thousand characters long.
    """

    __slots__ = ("children", "deps", "doc", "heads", "left", "right", "sentence", "starts")

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.heads: list[int] = [token.head.i for token in doc]
        self.deps: list[str] = [token.dep_ for token in doc]
        self.children: list[list[int]] = [[] for _ in self.heads]
        for i, head in enumerate(self.heads):
            if head != i:
                self.children[head].append(i)
        self.left: list[int] = [token.left_edge.i for token in doc]
        self.right: list[int] = [token.right_edge.i for token in doc]
        self.sentence: list[int] = []
        self.starts: list[int] = []
        for number, sentence in enumerate(doc.sents):
            self.starts.append(sentence.start)
            self.sentence.extend([number] * len(sentence))

    def kids(self, index: int, *deps: str) -> list[int]:
        """Children of a token with one of these labels, in order."""
        labels = self.deps
        return [child for child in self.children[index] if labels[child] in deps]

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
