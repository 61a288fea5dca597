"""What clauses say that somebody is, is made, leads or has left: "who heads the party", "was elected president"."""

from __future__ import annotations

from dragoman.knowledge import Knowledge
from dragoman.reading.actors.drafts import Facts, Found
from dragoman.reading.actors.facts import FactFinder
from dragoman.reading.actors.lexicon import Lexicon
from dragoman.reading.actors.names import Name, Names
from dragoman.reading.actors.phrases import SUBJECTS, case_of, core, first_conjunct, is_plural, noun_lemma
from dragoman.reading.tree import Tree

_ITSELF = frozenset({"himself", "herself", "itself"})


class CareerReader:
    """Reads what the clauses of one article say of those they name."""

    def __init__(
        self, tree: Tree, names: Names, knowledge: Knowledge, lexicon: Lexicon, facts: FactFinder, found: Found
    ) -> None:
        self.tree, self.doc, self.names = tree, tree.doc, names
        self.knowledge, self.lexicon, self.facts, self.found = knowledge, lexicon, facts, found

    def take_clauses(self, head: int, facts: Facts) -> None:
        """Take in what a relative clause says that somebody is or leads."""
        for child in self.tree.kids(head, "acl:relcl"):
            self._leads(child, facts)
            self._sent_by(child, facts)
            self._is_now(child, facts)
            self._serves_as(child, facts)
            if self.doc[child].lemma_.lower() in self.lexicon.naming and any(
                "Rel" in self.doc[kid].morph.get("PronType", []) for kid in self.tree.kids(child, "obj", "nsubj:pass")
            ):
                self._made(child, facts)  # "whom parliament has elected president"
        for child in self.tree.kids(head, "acl"):
            self._sent_by(child, facts)
            if self.doc[child].tag_ == "VBN" and self.doc[child].lemma_.lower() in self.lexicon.naming:
                self._made(child, facts)  # "Mr Ba, named prime minister on Friday"
            elif self.doc[child].tag_ == "VBG":
                self._serves_as(child, facts)

    def _sent_by(self, verb: int, facts: Facts) -> None:
        """Give an envoy of nobody's the one who sent him: "whom the United Nations sent", "sent by the bloc"."""
        if facts.office is None or facts.former or facts.nations or facts.bodies or facts.owners or facts.holders:
            return
        if self.doc[verb].lemma_.lower() not in self.lexicon.sending | self.lexicon.naming:
            return
        whom = any("Rel" in self.doc[kid].morph.get("PronType", []) for kid in self.tree.kids(verb, "obj"))
        sender = self.tree.kids(verb, *SUBJECTS) if whom else self.tree.kids(verb, "obl:agent")
        for head in sender[:1]:
            name = self.names.at.get(head)
            if name is not None and name.entities and name.entities[0].kind != "person":
                entity = name.entities[0]
                (facts.nations if entity.kind == "country" else facts.bodies).append(entity.id)

    def take_appointment(self, head: int, facts: Facts) -> None:
        """Take in what somebody is made: "was elected president", "named him its envoy", "became foreign minister"."""
        dep, verb = self.tree.deps[head], self.tree.heads[head]
        lemma, tag = self.doc[verb].lemma_.lower(), self.doc[verb].tag_
        if tag not in ("VBD", "VBN"):
            return
        itself = any(self.doc[kid].lower_ in _ITSELF for kid in self.tree.kids(verb, "obj"))
        if (lemma in self.lexicon.naming and (dep in ("nsubj:pass", "obj") or (dep == "nsubj" and itself))) or (
            lemma == "become" and dep == "nsubj"
        ):
            self._made(verb, facts)

    def take_lead(self, head: int, facts: Facts) -> None:
        """Take in of "two factions of the movement, led by A and B" that A and B lead them."""
        first = first_conjunct(self.tree, head)
        verb = self.tree.heads[first]
        if self.tree.deps[first] != "obl:agent" or self.tree.deps[verb] != "acl":
            return
        led = self.tree.heads[verb]
        named = self.names.at.get(led)
        group = named is not None and bool(named.entities) and named.entities[0].kind == "group"
        if self.doc[verb].lemma_.lower() not in self.lexicon.leading:
            return
        if group or noun_lemma(self.doc[led]) in self.lexicon.followers:
            other = self.facts.of(led, core(self.tree, led)[0], led + 1)
            if named is not None and group:
                other.bodies.append(named.entities[0].id)
            facts.belong_with(other)
            facts.office = facts.office or "leader"
            facts.sector = facts.sector or other.sector

    def has_left(self, head: int) -> bool:
        """Whether a clause tells that somebody has left an office: "had resigned", "was dismissed"."""
        dep, verb = self.tree.deps[head], self.tree.heads[head]
        token = self.doc[verb]
        lost = dep in ("nsubj:pass", "obj")
        left = self.lexicon.leaving if dep == "nsubj" else self.lexicon.removing if lost else frozenset()
        helpers = {self.doc[kid].lower_.replace("’", "'") for kid in self.tree.children[verb]}
        stays = bool(helpers & self.lexicon.staying)
        return token.lemma_.lower() in left and token.tag_ in ("VBD", "VBN") and not stays

    def follow(self, facts: Facts, other: Facts) -> None:
        """Put what somebody is in the place of what he was, a guerrilla of whatever movement."""
        if facts.former:
            facts.office, facts.noun, facts.sector, facts.former = None, None, None, False
            facts.bodies.clear()
        self.facts.merge(facts, other)

    def _is_now(self, noun: int, facts: Facts) -> None:
        """ "Who is now the oil minister": what a relative clause in the present says that somebody is."""
        copulas = self.tree.kids(noun, "cop")
        if not copulas or self.doc[copulas[0]].tag_ != "VBZ" or is_plural(self.doc[noun]):
            return
        helpers = {self.doc[kid].lower_ for kid in self.tree.children[noun]}
        subjects = [self.doc[kid].lower_ for kid in self.tree.kids(noun, *SUBJECTS)]
        other = self.facts.described(noun) if subjects == ["who"] and not helpers & self.lexicon.staying else None
        if other is not None and other.office is not None:
            self.follow(facts, other)
            self.found.consume(noun, other)

    def _serves_as(self, verb: int, facts: Facts) -> None:
        """ "Who serves as the group's spokesman", "acting as mediator": what a clause in the present says."""
        if self.doc[verb].lemma_.lower() in self.lexicon.serving and self.doc[verb].tag_ in ("VBZ", "VBG"):
            self._made(verb, facts)

    def _made(self, verb: int, facts: Facts) -> None:
        """Take in the office that somebody is given, where nothing says that it was long since or has not happened."""
        styles = self.lexicon.ranks | self.lexicon.styles
        if facts.office is not None and facts.office not in styles and not facts.former:
            return
        helpers = {self.doc[kid].lower_.replace("’", "'") for kid in self.tree.children[verb]}
        years = any(self.doc[i].shape_ == "dddd" for i in range(self.tree.left[verb], self.tree.right[verb] + 1))
        before = self.tree.deps[verb] in ("conj", "advcl", "ccomp") and "had" in helpers
        if helpers & self.lexicon.staying or years or before:
            return
        cases = ("as",) if self.doc[verb].lemma_.lower() in self.lexicon.serving else ("", "as")
        for noun in self.tree.kids(verb, "xcomp", "obj", "obl", "iobj", "nmod"):
            if noun < verb or noun in self.names.at or is_plural(self.doc[noun]):
                continue
            if case_of(self.tree, noun) not in cases:
                continue
            other = self.facts.described(noun)
            if other is not None and other.office is not None and not other.former:
                self.follow(facts, other)
                return

    def _leads(self, verb: int, facts: Facts) -> None:
        """ "Who heads the party", "who leads a wing of the opposition": what a relative clause says of him."""
        if self.doc[verb].lemma_.lower() not in self.lexicon.leading:
            return
        if self.doc[verb].tag_ not in ("VBZ", "VBG") and not self._led_delegates(verb):
            return
        if any(self.doc[child].lower_ not in ("who", "that") for child in self.tree.kids(verb, *SUBJECTS)):
            return
        for led in self.tree.kids(verb, "obj"):
            name, office = self.names.at.get(led), self._leading_office(verb, led)
            if name is not None and (name.entities or name.label == "ORG"):
                self._leads_named(led, name, office, facts)
            else:
                self._leads_group(led, office, facts)

    def _led_delegates(self, verb: int) -> bool:
        """Whether somebody led those who are sent to talks, which news tells of in the past: "who led the team"."""
        led = self.tree.kids(verb, "obj")
        return self.doc[verb].tag_ == "VBD" and any(noun_lemma(self.doc[i]) in self.lexicon.delegated for i in led)

    def _leads_named(self, led: int, name: Name, office: str, facts: Facts) -> None:
        """ "Who heads Hamas": a body by name, known or not."""
        if not name.entities:
            facts.holders.append(led)
            facts.office = facts.office or office
            return
        entity = name.entities[0]
        if entity.kind not in ("person", "country") and entity.id not in facts.bodies:
            facts.bodies.append(entity.id)
            facts.office = facts.office or office

    def _leads_group(self, led: int, office: str, facts: Facts) -> None:
        """ "Who leads the rebels' delegation", "who heads the ministry": a body or followers by a noun."""
        lemma, other = noun_lemma(self.doc[led]), self.facts.of(led, core(self.tree, led)[0], led + 1)
        unsaid = facts.office is None or facts.office in self.lexicon.ranks
        if lemma in self.lexicon.delegated and facts.office is None:
            facts.belong_with(other)
            facts.office = office
            facts.sector = facts.sector or other.sector
            facts.holders += [] if facts.nations or facts.bodies else other.holders
        elif lemma in self.lexicon.followers or (lemma in self.lexicon.institutions and unsaid):
            facts.belong_with(other)
            other = self.facts.described(led) or other
            for child in self.tree.kids(led, "appos", "flat"):
                called = self.names.at.get(child)
                if called is not None and called.entities and called.entities[0].kind in ("group", "organization"):
                    facts.bodies += [called.entities[0].id]  # "leads the opposition coalition CNARED"
                elif called is not None and called.label == "ORG" and not facts.bodies:
                    facts.holders.append(child)
            below = [self.knowledge.sector_of_noun(noun_lemma(self.doc[c])) for c in self.tree.kids(led, "nmod")]
            facts.sector = facts.sector or other.sector or next(filter(None, below), None)
            facts.office = office if unsaid else facts.office

    def _leading_office(self, verb: int, led: int) -> str:
        """What he is who leads: "the head of the delegation", who commands is a commander, who chairs a chairman."""
        if noun_lemma(self.doc[led]) in self.lexicon.delegated:
            return "head of delegation"
        return {"command": "commander", "chair": "chairman"}.get(self.doc[verb].lemma_.lower(), "leader")
