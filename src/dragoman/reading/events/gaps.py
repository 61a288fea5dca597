"""What a clause leaves out is taken from where English leaves it.

From the controller of an infinitive, the noun that a relative or a participle modifies, the first of two coordinated
verbs, the subject of the clause around.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dragoman.reading.events.phrases import Phrases, Predicate, Slots

# Prepositions before the clause that tells of what the object of the verb above is blamed.
BLAMING = frozenset({"of", "from", "for", "into"})


@dataclass(frozen=True, slots=True)
class Control:
    """Verbs by who does what an infinitive under them says, from `data/control.toml`."""

    object: frozenset[str]
    subject: frozenset[str]


@cache
def load_control() -> Control:
    """The verbs that ship, read once."""
    data = tomllib.loads(files(__package__).joinpath("data", "control.toml").read_text(encoding="utf-8"))
    return Control(frozenset(data["object"]), frozenset(data["subject"]))


class Gaps(Phrases):
    """Fills the slots of verbs that their own clause leaves empty."""

    def _inherit(self, i: int, slots: Slots, passive: bool, notes: list[str]) -> None:
        """Fill what the clause leaves out."""
        tree, dep, head = self.tree, self.tree.deps[i], self.tree.heads[i]
        wanted = "obj" if passive else "subj"
        if dep in {"acl:relcl", "advcl:relcl"}:
            self._relative(i, head, slots, passive, notes)
        elif (
            dep in {"acl", "amod"} and not slots.get(wanted) and self.doc[head].pos_ in {"NOUN", "PROPN", "PRON", "NUM"}
        ):
            if self.doc[i].tag_ == "VBG" and self.mark(i) == "of" and self._measures(head):
                # Twelve hours of wrangling: whoever is the subject of the clause that tells how long.
                governor = self.at(tree.heads[head]) if tree.heads[head] != head else None
                for filler in governor.fillers("subj") if governor else ():
                    slots.add("subj", filler)
                notes.append("shared subject")
            elif passive or self.doc[i].tag_ in {"VBG", "VBN"} or dep == "amod":
                slots.add(wanted, head)
                notes.append("participle on a noun")
                if not passive and self.lemma(head) in self.codebook.classes["document"]:
                    # A decree granting amnesty: whoever signed it grants.
                    governor = self.at(self.tree.heads[head])
                    for filler in governor.fillers("subj") if governor else ():
                        slots.add(wanted, filler)
            else:
                # An infinitive on a noun (the plan to attack): whoever has the noun does it.
                noun = self.at(head)
                if noun:
                    for slot in ("light", "poss", "by", "mod", "of"):
                        for filler in noun.fillers(slot):
                            slots.add("subj", filler)
                    notes.append("infinitive on a noun")
        elif dep in {"xcomp", "advcl", "ccomp"} and not slots.get(wanted) and not tree.kids(i, "expl"):
            governor = self.at(head)
            if governor and governor.pos in {"v", "a", "n"}:
                controlled = dep != "ccomp" and (governor.lemma in load_control().object or self._steers(governor, i))
                if dep in {"advcl", "xcomp"} and self.mark(i) in BLAMING and governor.fillers("obj"):
                    controlled = True  # accused Russia of sending: Russia sends
                source = ("obj", "iobj", "on", "to", "for", "subj") if controlled else ("subj",)
                if dep == "advcl" and not controlled and not governor.fillers("subj"):
                    source = ("obj",)
                if dep == "ccomp" and self.doc[i].tag_ != "VBG" and self.mark(i) != "to":
                    return
                for slot in source:
                    if governor.fillers(slot):
                        for filler in governor.fillers(slot):
                            slots.add(wanted, filler)
                        notes.append("control" if dep == "xcomp" else "shared subject")
                        break
        elif dep == "conj":
            first = self.at(head)
            if first and first.pos in {"v", "a"}:
                if not slots.get(wanted) and not slots.get("subj"):
                    shared = "obj" if passive and self.passive(head) else "subj"
                    fillers = first.fillers(shared) or (first.fillers("obj") if self.passive(head) else ())
                    for filler in self._acting(fillers, head) if wanted == "subj" else fillers:
                        slots.add(wanted, filler)
                    notes.append("coordination")
                    if passive and self.passive(head):  # seized by soldiers and put on a plane
                        for filler in first.fillers("subj"):
                            slots.add("subj", filler)
                if not passive and not slots.get("obj"):
                    for filler in first.fillers("obj"):
                        if filler > i and tree.heads[filler] == head:
                            slots.add("obj", filler)
        if not passive and not slots.get("obj") and not slots.get("comp"):
            # "attacked and killed rebels": the object hangs on the last verb.
            for child in tree.kids(i, "conj"):
                if self.doc[child].pos_ == "VERB" and not tree.kids(child, "nsubj") and not self.passive(child):
                    if all(self.tree.deps[k] not in {"obl", "ccomp", "xcomp"} for k in tree.children[i]):
                        for filler in tree.kids(child, "obj"):
                            slots.add("obj", filler)
                    break

    def _steers(self, governor: Predicate, i: int) -> bool:
        """Whether a verb makes its object do what an infinitive says: mandated Kenya to mediate, Kenya was mandated to.

        Only an object of its own counts, not one lent by a clause around it ("the plan that Kenya tried to block").
        """
        if governor.pos != "v" or self.tree.deps[i] != "xcomp" or self.mark(i) != "to":
            return False
        if governor.lemma in load_control().subject:
            return False
        own = governor.fillers("obj") if self.passive(governor.head) else self.tree.kids(governor.head, "obj", "iobj")
        return any(self._may_act(filler) for filler in own)

    def _measures(self, i: int) -> bool:
        """Whether a noun only says how much of something there was: hours, rounds."""
        lemma = self.lemma(i)
        return lemma in self.words.times or lemma in self.codebook.classes.get("round", ())

    def _acting(self, fillers: tuple[int, ...], verb: int) -> tuple[int, ...]:
        """The subject that a coordinated verb shares; where it cannot act, that of the clause around which can.

        "Sudan said the talks had failed and called for help": it was not the talks that called.
        """
        if self.acts is None or any(self._may_act(filler) for filler in fillers):
            return fillers
        node = verb
        for _ in range(4):
            parent = self.tree.heads[node]
            if parent == node or self.tree.deps[node] not in {"ccomp", "xcomp", "acl", "acl:relcl", "advcl", "conj"}:
                break
            node = parent
            outer = self.at(node) if self.doc[node].pos_ == "VERB" else None
            found = outer.fillers("subj") if outer else ()
            if any(self._may_act(filler) for filler in found):
                return found
        return fillers
