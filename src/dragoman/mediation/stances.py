"""What is said of a settlement and of the mediation: conditions and assessments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dragoman.mediation.drafts import Draft
from dragoman.mediation.scene import Scene
from dragoman.mediation.talks import terms_of
from dragoman.mediation.vocabulary import Vocabulary
from dragoman.reading.statements import FoundStatement

# Verbs by which somebody judges without a statement: "Ankara considers the meeting a success".
_JUDGING = frozenset(
    "consider describe judge regard view see call rate deem characterize characterise assess hail term".split()
)
# A quotation of some sentences may hold both a judgement and a topic that have nothing to do with each other.
_LONG = 60


# Whoever does this makes what follows a condition, whatever it is.
_INSISTING = frozenset({"insist", "demand", "stipulate", "require"})
# A clause that one of these opens is what must come first; whose condition it is stands above it.
_CONDITIONAL = frozenset({"until", "unless", "if", "once", "before"})


class StanceFinder:
    """Finds conditions and assessments sentence by sentence and statement by statement."""

    def __init__(self, scene: Scene, parties: Sequence[str], vocabulary: Vocabulary) -> None:
        self.scene = scene
        self.parties = frozenset(parties)
        self.vocabulary = vocabulary

    def conditions(self) -> Iterator[Draft]:
        """Clauses in which somebody names what must come first or must be in a settlement."""
        scene = self.scene
        for sentence in scene.doc.sents:
            text = scene.text(sentence.start, sentence.end)
            if not _any((*self.vocabulary.conditions, *self.vocabulary.demands, *self.vocabulary.modals), text):
                continue
            done: set[tuple[str, ...]] = set()
            reached: list[tuple[int, int]] = []
            reach = {
                i: self._reach(i, sentence.start, sentence.end) for i in self._predicates(sentence.start, sentence.end)
            }
            # The narrowest clause that sets it tells whose it is: not who reports it, but who insists.
            for i in sorted(reach, key=lambda i: (reach[i][1] - reach[i][0], i)):
                first, last = reach[i]
                if any(first <= start and end <= last for start, end in reached):
                    continue
                clause = scene.text(first, last)
                strong = _any(self.vocabulary.conditions, clause)
                terms = terms_of(clause, self.vocabulary)
                said = bool(scene.said(i))
                asked = _any(self.vocabulary.demands, clause) or (said and _any(self.vocabulary.modals, clause))
                urged = scene.words[i] in _INSISTING and bool(scene.tree.kids(i, "ccomp", "xcomp", "obl", "obj"))
                if not strong and not (terms and asked) and not urged:
                    continue
                actors = self._holder(i)
                bodies = {scene.body(actor) for actor in actors}
                if not terms and not bodies & self.parties and not _any(self.vocabulary.topics, clause):
                    continue
                if not bodies or (not strong and not bodies & self.parties):
                    continue
                key = tuple(sorted(bodies))
                if key in done:
                    continue
                done.add(key)
                reached.append((first, last))
                named = scene.who(scene.tree.kids(i, "obl", "obj", "iobj"))
                inner = [
                    actor
                    for k in scene.tree.kids(i, "ccomp", "xcomp")
                    for actor in scene.who(scene.tree.kids(k, "nsubj", "nsubj:pass"))
                ]
                recipients = [a for a in dict.fromkeys([*named, *inner]) if scene.body(a) in self.parties - bodies]
                yield Draft("condition", i, first, last, actors, recipients, terms=terms or ("other",))

    def assessments(self) -> Iterator[Draft]:
        """Statements and verbs of judgement about the talks, the mediation or a deal."""
        scene, vocabulary = self.scene, self.vocabulary
        for found in scene.statements:
            speaker = found.record.speaker
            if speaker is None or not scene.can_act(speaker):
                continue
            tokens = found.tokens
            if len(tokens) > _LONG:
                tokens = range(tokens.start, tokens.start + _LONG)
            text = scene.text(tokens.start, tokens.stop)
            about = _any(vocabulary.topics, text) or found.record.quoted
            if _any(vocabulary.judgements, text) and about:
                head = self._head(found)
                yield Draft("assessment", head, tokens.start, tokens.stop, [speaker])
        for i, word in enumerate(scene.words):
            if word not in _JUDGING or scene.doc[i].pos_ != "VERB":
                continue
            actors = [actor for actor in scene.who(scene.subjects(i)) if scene.can_act(actor)]
            first, last = scene.tree.left[i], scene.tree.right[i] + 1
            if not actors or last - first > _LONG:
                first, last = scene.clause(i)
            whole = scene.text(*scene.sentence(i))
            if actors and _any(vocabulary.judgements, scene.text(first, last)) and _any(vocabulary.topics, whole):
                yield Draft("assessment", i, first, last, actors)

    def _head(self, found: FoundStatement) -> int:
        """The token of a statement that governs the rest of it."""
        tree, inside = self.scene.tree, found.tokens
        i = inside.start
        for _ in range(len(inside)):
            head = tree.heads[i]
            if head == i or head not in inside:
                break
            i = head
        return i

    def _predicates(self, start: int, end: int) -> list[int]:
        doc, tree = self.scene.doc, self.scene.tree
        return [
            i
            for i in range(start, end)
            if doc[i].pos_ in ("VERB", "AUX", "ADJ", "NOUN")
            and (tree.deps[i] in ("root", "ccomp", "advcl", "conj", "parataxis", "acl:relcl"))
            and not any(doc[kid].text.lower() in _CONDITIONAL for kid in tree.kids(i, "mark"))
        ]

    def _reach(self, i: int, start: int, end: int) -> tuple[int, int]:
        """A predicate with its complements: what it asks for belongs to it, what its speaker says before does not."""
        tree = self.scene.tree
        kept = [i]
        for child in tree.children[i]:
            if tree.deps[child] in ("parataxis", "punct", "cc"):
                continue
            if tree.deps[child] == "conj" and self.scene.doc[child].pos_ in ("VERB", "AUX"):
                continue
            kept += [tree.left[child], tree.right[child]]
        return max(start, min(kept)), min(end, max(kept) + 1)

    def _holder(self, i: int) -> list[str]:
        """Whose condition it is: the speaker's where it is said, else the subject's."""
        scene = self.scene
        cue = scene.cues.get(i)
        if cue is not None and cue.record.speaker is not None:
            return [cue.record.speaker]
        for found in scene.said(i):
            if found.record.speaker is not None:
                return [found.record.speaker] if scene.can_act(found.record.speaker) else []
        return [actor for actor in scene.who(scene.subjects(i)) if scene.can_act(actor)]


def _any(patterns: Sequence[re.Pattern[str]], text: str) -> bool:
    return any(pattern.search(text) for pattern in patterns)
