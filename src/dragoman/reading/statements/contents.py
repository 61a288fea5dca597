"""What a reporting word reports: its clause, over the tree."""

from __future__ import annotations

from dragoman.reading.statements.cues import Cue, CueLexicon
from dragoman.reading.statements.extents import CIRCUMSTANCE, LONGEST, TRIMMED, Content, Extents
from dragoman.reading.statements.reporting import ReportingWords
from dragoman.reading.statements.speakers import SUBJECTS, load_mouthpieces, named_behind
from dragoman.reading.tree import Tree

_QUESTION_MARKS = frozenset({"whether", "if"})
# The tags of words that open a clause below another.
_SUBORDINATING = frozenset({"IN", "WRB", "WP", "WDT"})
# What parts one clause of a sentence from the next, and the tags of verbs that make a clause.
_PARTING, _FINITE = frozenset({";", ":", "."}), frozenset({"VBD", "VBZ", "VBP", "MD"})
_AUXILIARIES = ("aux", "aux:pass", "cop")


class Contents:
    """Cues of a Doc and the clauses that they report."""

    def __init__(self, tree: Tree, lexicon: CueLexicon) -> None:
        self.tree = tree
        self.words = ReportingWords(tree, lexicon)
        self._extents = Extents(tree, self.words)
        self.norms = load_mouthpieces().norms
        self.told = load_mouthpieces().told

    def find(self) -> dict[int, list[Content]]:
        """Every cue of the Doc with what it reports by the tree; none for one that only a quotation may make a cue."""
        cues: dict[int, list[Content]] = {}
        for index in range(len(self.tree.heads)):
            cue = self.words.cue(index)
            if cue is None:
                if self.tree.doc[index].lower_ == "according":
                    self._according(index, cues)
                continue
            if self.words.withheld(index):
                continue
            if self.words.in_the_words(index):
                cues[index] = self._extents.span(self.tree.clause(self.tree.heads[index]), index)
            elif self.tree.doc[index].pos_ == "NOUN":
                cues[index] = self._of_noun(index, cue)
            else:
                cues[index] = self._joined(self._of_verb(index, cue), index)
        return cues

    def _of_verb(self, index: int, cue: Cue) -> list[Content]:
        tree, takes = self.tree, cue.takes
        found: list[Content] = []
        for child in tree.children[index]:
            dep = tree.deps[child]
            if tree.doc[child].lower_ == "following" and tree.kids(child, "det"):
                continue  # "stated the following: …"
            opened = dep == "xcomp" and self._is_opened(child)
            if (dep == "ccomp" or opened) and ("that" in takes or ("to" in takes and not self.words.is_clause(child))):
                if not (self._is_question(child) or self._is_bare(child) or self._is_beside(child, index)) and not (
                    child > index and any(index < verb < tree.left[child] for verb in tree.kids(index, "conj"))
                ):
                    # "The army, he wrote, had cleared it": the clause begins before its cue.
                    parted = any(subject < index < child for subject in tree.kids(child, *SUBJECTS))
                    found += (self._interrupted(index) if parted else []) or self._whole(child, index)
            elif (
                (dep == "xcomp" and self._takes_infinitive(index, child, cue))
                or (dep == "parataxis" and child > index and "that" in takes and self._is_said(child, index))
                or (dep == "obj" and "object" in takes and self._is_told(index, child, cue))
                or (dep == "obl" and "about" in takes and self._is_about(child))
            ):
                found += self._extents.span(child, index)
        if found and "that" in takes:
            found += self._continued(index, found)
        if not found and "that" in takes:
            found += self._after_hearer(index) or self._after_first(index)
        if not found and "that" in takes and named_behind(tree, index) is not None:
            found += self._extents.span(tree.heads[index], index)
        if not found and "that" in takes and self._is_parenthetical(index):
            parted = any(self.tree.doc[i].text in (":", ";") for i in range(tree.heads[index], index))
            if parted or not self._is_predicate(tree.heads[index]):
                found += self._interrupted(index)
            found = found or self._extents.span(tree.heads[index], index)
        if not found and "that" in takes:
            found += self._moved(index) or self._interrupted(index)
        return found

    def _whole(self, child: int, index: int) -> list[Content]:
        """A clause, with the subject that the parse has made the cue's object: "said nothing they agree will hold"."""
        tree, doc = self.tree, self.tree.doc
        found = self._extents.span(child, index)
        finite = any(doc[i].tag_ in _FINITE for i in (child, *tree.kids(child, *_AUXILIARIES)))
        if (
            found
            and finite
            and child > index
            and not self.words.is_clause(child)
            and not tree.kids(child, "expl", "csubj")
        ):
            for thing in tree.kids(index, "obj"):
                if index < tree.left[thing] and tree.right[thing] + 1 == tree.left[child] == found[0].start:
                    return [Content(tree.left[thing], found[0].stop, found[0].gap)]
        return found

    def _moved(self, index: int) -> list[Content]:
        """The clause behind "a step that Israel says", which the parse has hung beside "says".

        It is the one behind "talks which Rubio said had ended", and the one before "Delhi, which arms them, he says".
        """
        tree, doc = self.tree, self.tree.doc
        if not tree.deps[index].startswith("acl"):
            return []
        subject = self.words.subject(index)
        for clause in tree.kids(tree.heads[index], tree.deps[index]):
            subjects = tree.kids(clause, *SUBJECTS)
            if clause < index:
                begins = None if subject is None or subject > index else tree.left[subject]
                if begins and doc[begins - 1].text == "," and 0 < begins - tree.right[clause] <= 2:
                    return self._extents.span(clause, index)
            elif any(tree.left[each] == index + 1 for each in subjects) or (
                any(each < index for each in subjects) and index + 1 in (clause, *tree.kids(clause, *_AUXILIARIES))
            ):
                return self._extents.span(clause, index)
        return []

    def _after_first(self, index: int) -> list[Content]:
        """A clause right behind a cue, which the parse has hung on a verb before: "spoke of it but said it is late"."""
        tree, doc = self.tree, self.tree.doc
        if tree.deps[index] != "conj" or tree.heads[index] > index or index + 1 >= len(doc):
            return []
        clause = index + 1
        while tree.heads[clause] != clause and tree.left[tree.heads[clause]] == index + 1:
            clause = tree.heads[clause]
        if tree.left[clause] != index + 1 or tree.heads[clause] == clause or tree.kids(clause, "cc"):
            return []
        gerund = any(doc[i].tag_ == "VBG" for i in (clause, *tree.kids(clause, "aux")) if i <= index + 1)
        if self.words.is_clause(clause) or (gerund and self.words.takes(index, "to")):
            return self._extents.span(clause, index)
        return []

    def _continued(self, index: int, found: list[Content]) -> list[Content]:
        """Clauses that go on with what is said, which the parse has hung on the cue itself.

        One that "that" opens ("said that it was late but that he would wait"), and one without a subject that tells no
        deed ("said that he would not sign, but was ready to talk"): a speaker's own next deed is told by a plain verb.
        """
        tree, doc = self.tree, self.tree.doc
        more: list[Content] = []
        for child in tree.kids(index, "conj"):
            if child < index or self._is_circumstance(child):
                continue
            marked = any(doc[mark].lower_ == "that" for mark in tree.kids(child, "mark"))
            bare = not self.words.is_clause(child) and not tree.kids(index, "aux", "aux:pass")
            state = bool(tree.kids(child, "cop")) or any(doc[aux].tag_ == "MD" for aux in tree.kids(child, "aux"))
            if (marked and self.words.is_clause(child)) or (bare and state and doc[index].tag_ in _FINITE):
                more += [
                    each for each in self._extents.span(child, index) if each.start >= max(part.stop for part in found)
                ]
        return more

    def _joined(self, found: list[Content], index: int) -> list[Content]:
        """Clauses of one cue as one: side by side ("that A and that B"), or with only the cue's words between."""
        tree, doc = self.tree, self.tree.doc
        subject = self.words.subject(index)
        named = range(0) if subject is None else range(tree.left[subject], tree.right[subject] + 1)
        joined: list[Content] = []
        for content in sorted(found, key=lambda each: (each.start, -each.stop)):
            last = joined[-1] if joined else None
            if last is not None and last.start <= content.start and content.stop <= last.stop:
                continue  # a part of it, which the parse has hung beside
            if last is None or last.gap is not None or content.gap is not None or content.start < last.stop:
                joined.append(content)
                continue
            between = range(last.stop, content.start)
            others = [i for i in between if i != index and i not in named and not self._is_joint(i)]
            others = [i for i in others if tree.heads[i] != index or tree.deps[i] == "conj"]
            if (
                any(doc[i].text in _PARTING for i in between)
                or others
                or (index in between and doc[content.start - 1].text != ",")
            ):
                joined.append(content)
            else:
                joined[-1] = Content(last.start, content.stop, between if index in between else None)
        return joined

    def _is_joint(self, index: int) -> bool:
        token = self.tree.doc[index]
        return (
            (token.text in TRIMMED and token.text not in _PARTING)
            or token.pos_ == "CCONJ"
            or (token.lower_ == "that" and token.pos_ == "SCONJ")
        )

    def _is_opened(self, child: int) -> bool:
        """Whether "that" and a subject make a clause of what the parse takes for an infinitive: "that it meet"."""
        marked = any(self.tree.doc[mark].lower_ == "that" for mark in self.tree.kids(child, "mark"))
        return marked and self.words.is_clause(child)

    def _is_but(self, child: int) -> bool:
        """Whether "but" opens a clause with a subject of its own: with it the article speaks again."""
        opened = any(self.tree.doc[i].lower_ == "but" and i < child for i in self.tree.kids(child, "cc"))
        return opened and bool(self.tree.kids(child, "expl", *SUBJECTS))

    def _is_circumstance(self, child: int) -> bool:
        """Whether a clause is opened by a word that tells when or why, not what."""
        first = self.tree.kids(child, "mark", "advmod")
        return any(i < child and self.tree.doc[i].lower_ in CIRCUMSTANCE and self._opens(i, child) for i in first)

    def _opens(self, index: int, child: int) -> bool:
        """Whether no word of a clause stands before this one."""
        return all(self.tree.doc[i].text in TRIMMED for i in range(self.tree.left[child], index))

    def _is_beside(self, child: int, index: int) -> bool:
        """Whether a clause that the parse takes for what is said is told beside it: behind a semicolon, or "after"."""
        if self._is_circumstance(child):
            return True
        tree, doc = self.tree, self.tree.doc
        begins = tree.left[child]
        near = {doc[begins].text, doc[max(0, begins - 1)].text}
        parted = child > index and (";" in near or ("," in near and self._is_but(child)))
        return parted and not any(doc[mark].lower_ == "that" for mark in tree.kids(child, "mark"))

    def _interrupted(self, index: int) -> list[Content]:
        """The clause that a cue stands in the middle of, whatever the parse says: "Quito, he wrote, wanted more"."""
        tree, doc = self.tree, self.tree.doc
        subject, (first, last) = self.words.subject(index), tree.bounds(index)
        beside = [tree.right[kid] for kid in tree.kids(index, "obl", "iobj", "obl:unmarked", "advmod") if kid > index]
        behind = max([index, *beside]) + 1
        if subject is None or subject > index or behind > last or doc[behind].text != ",":
            return []
        begins = next(i for i in range(tree.left[subject], subject + 1) if doc[i].text not in TRIMMED)
        start = comma = begins - 1
        if comma <= first or doc[comma].text != "," or tree.kids(index, "mark", "aux:pass"):
            return []
        while start > max(first, comma - LONGEST) and doc[start - 1].text not in _PARTING:
            start -= 1
        gap, behind = range(comma, behind + 1), behind + 1
        while behind < last and doc[behind].pos_ == "ADV":
            behind += 1
        finite = [i for i in (*range(start, comma), behind) if i <= last and doc[i].tag_ in _FINITE]
        if start == comma or finite != [behind]:
            return []
        stop = next((i for i in range(behind, last + 1) if doc[i].text in _PARTING), last + 1)
        start, stop = self._extents.trim(start, self._extents.sentence_end(behind, stop, behind), behind)
        return [Content(start, stop, gap)]

    def _is_bare(self, child: int) -> bool:
        """Whether a participle tells of the hearer: "told leaders gathered in the capital that …"."""
        tree = self.tree
        return tree.doc[child].tag_ == "VBN" and not tree.kids(child, "aux", "aux:pass", "mark", "cop", *SUBJECTS)

    def _is_told(self, index: int, child: int, cue: Cue) -> bool:
        """Whether an object is what is said: any for "promised", a charge for "denied"."""
        if self.tree.kids(index, "nsubj:pass", "aux:pass"):
            return False
        word = self.tree.doc[child]
        if word.pos_ in ("PRON", "PROPN"):
            return False
        return not cue.objects or bool({word.lower_, word.lemma_.lower()} & cue.objects)

    def _after_hearer(self, index: int) -> list[Content]:
        """A "that" clause which the parse has hung on the hearer: "told the two sides that …"."""
        tree, doc = self.tree, self.tree.doc
        for child in tree.kids(index, "obj", "iobj", "obl"):
            if self.words.cue(child) is not None:
                continue  # "responded to claims that …": it is the claims'
            for clause in tree.kids(child, "acl", "acl:relcl", "ccomp"):
                mark = next(iter(tree.kids(clause, "mark")), None)
                if child < clause and mark is not None and doc[mark].lower_ == "that" and tree.kids(clause, *SUBJECTS):
                    return self._extents.span(clause, index)
        return []

    def _takes_infinitive(self, index: int, child: int, cue: Cue) -> bool:
        tree = self.tree
        if self._is_bare(child):
            return False
        if tree.doc[child].pos_ not in ("VERB", "AUX") and not tree.kids(child, "cop", "mark"):
            return False
        if tree.kids(index, "nsubj:pass", "aux:pass"):
            # "is said to have fled", not "was ordered to leave"
            return "tell" in cue.takes or ("that" in cue.takes and cue.kind != "directive")
        return "to" in cue.takes or ("tell" in cue.takes and bool(tree.kids(index, "obj", "iobj")))

    def _is_said(self, child: int, index: int) -> bool:
        """Whether a clause beside a cue is what is said, not the next thing told."""
        between = self.tree.doc[self.tree.left[child] - 1].text if self.tree.left[child] else ""
        return between in TRIMMED and between != ";" and not self.tree.kids(index, "ccomp")

    def _is_about(self, child: int) -> bool:
        return any(self.tree.doc[c].lower_ in ("of", "about", "against") for c in self.tree.kids(child, "case"))

    def _is_parenthetical(self, index: int) -> bool:
        """Whether the cue hangs on what is said: "talks failed, he said", "as he said"."""
        tree = self.tree
        if tree.deps[index] == "advcl" and tree.doc[index].tag_ == "VBN" and tree.kids(index, "obl:agent"):
            as_told = any(tree.doc[child].lower_ == "as" for child in tree.kids(index, "mark"))
            return as_told and tree.doc[index].lemma_.lower() in self.told  # "as reported by the mission"
        if not tree.kids(index, *SUBJECTS) or tree.kids(index, "obj", "xcomp"):
            return False
        if tree.deps[index] == "parataxis":
            head = tree.heads[index]
            if not self._is_predicate(head) and any(self._is_dash(i) for i in range(head, index)):
                return False  # a dateline
            begins = tree.left[index]
            return ";" not in (tree.doc[begins].text, tree.doc[max(0, begins - 1)].text)
        if tree.deps[index] != "advcl":
            return False
        if index and tree.doc[index - 1].text == "," and tree.left[index] >= index - 1:
            return True  # "the envoy, said Dahl, had left": nothing stands before the verb
        as_told = any(tree.doc[child].lower_ == "as" for child in tree.kids(index, "mark", "advmod", "case"))
        return as_told or self._is_behind(index)

    def _is_behind(self, index: int) -> bool:
        """Whether a cue closes its sentence behind a comma: "losses may be high, analysts estimated".

        English has no finite clause of circumstance that nothing opens.
        """
        tree = self.tree
        start = tree.left[index] + (tree.doc[tree.left[index]].text == ",")
        if tree.heads[index] > index or start == 0 or tree.doc[start - 1].text != ",":
            return False
        opened = (
            any(child < index for child in tree.kids(index, "mark", "cc")) or tree.doc[start].tag_ in _SUBORDINATING
        )
        finite = any(tree.doc[i].tag_ in _FINITE for i in (index, *tree.kids(index, "aux", "aux:pass")))
        return not opened and finite and not tree.kids(index, "ccomp", "obj")

    def _is_predicate(self, index: int) -> bool:
        return self.tree.doc[index].pos_ in ("VERB", "AUX") or bool(self.tree.kids(index, "cop", *SUBJECTS))

    def _is_dash(self, index: int) -> bool:
        doc = self.tree.doc
        return doc[index].text in ("-", "–", "—", "--") and index > 0 and bool(doc[index - 1].whitespace_)

    def _is_question(self, clause: int) -> bool:
        return any(self.tree.doc[child].lower_ in _QUESTION_MARKS for child in self.tree.kids(clause, "mark"))

    def _of_noun(self, index: int, cue: Cue) -> list[Content]:
        tree = self.tree
        found: list[Content] = []
        for child in tree.kids(index, "acl", "ccomp"):
            marks = [tree.doc[mark].lower_ for mark in tree.kids(child, "mark")]
            if "that" in marks or (marks == ["to"] and "to" in cue.takes):
                found += self._extents.span(child, index)
        return found

    def _according(self, index: int, cues: dict[int, list[Content]]) -> None:
        tree = self.tree
        source = self.words.source(index)
        if source is None or source == index or tree.doc[source].lemma_.lower() in self.norms:
            return
        if any(tree.doc[kid].lower_ == "own" for kid in tree.kids(source, "amod")):
            return  # "according to its own maps"
        phrase = source if tree.deps[index] in ("case", "mark") else index
        clause = tree.clause(tree.heads[phrase])
        if clause != phrase:
            cues[index] = self._extents.span(clause, phrase)
