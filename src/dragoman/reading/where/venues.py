"""Where events happened that do not say it themselves: at the place of the talks or the fight that is being told.

A report of talks names their place once and then goes on: who signed, who refused, who told whom what. Each of these
was there, as long as the same people act and the story has not moved to another day. The tree of the event itself
always comes first; an event that nothing ties to a venue keeps None.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from spacy.tokens import Doc

from dragoman.reading.tree import Tree
from dragoman.reading.where.events import EventPlaces
from dragoman.reading.where.model import PlaceMention, country_where
from dragoman.reading.where.words import load_words
from dragoman.records import Where

Act = Literal["meeting", "deal", "speech", "force", "other"]

# A venue holds for what happened this many days from it; talks go on over a week.
_SPREAD = timedelta(days=7)
# A speech is placed by a meeting told no more than so many sentences before it.
_EARSHOT = 2
_VERBAL = frozenset({"meeting", "deal", "speech"})
_BACK = frozenset({"the", "this", "these", "that", "those"})
# Those who act at a venue are looked up in so many of the venues told last: enough for an article, linear for a book.
_MEMORY = 16


@dataclass(frozen=True, slots=True)
class Happening:
    """What is asked about an event.

    Attributes:
        predicate: the token that states it (its light verb where it has one).
        act: what sort of act it is; only meetings, deals and speech are placed by a venue, and force by its sentence.
        actors: everyone in it, each as the country or body that he or she acts for.
        told: whether it has happened and is news; what is planned, denied or long past shares no venue.
        earliest: the first day that it may have been on, and `latest` the last.
        code: what it is called in a codebook; two of one code on the same days are told of one place.
        home: the country whose people are on both sides of force, ISO 3166-1 alpha-3; it is there unless the text says
            otherwise.
        head: the event's own word where `predicate` is a light verb ("talks" in "held talks").
        doers: those of `actors` who do it: whoever speaks of one who was there need not have been there.
    """

    predicate: int
    act: Act
    actors: frozenset[str] = frozenset()
    told: bool = True
    earliest: date | None = None
    latest: date | None = None
    head: int | None = None
    code: str = ""
    home: str | None = None
    doers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Venue:
    where: Where
    happening: Happening
    sentence: int


def places_of(
    doc: Doc, happenings: Sequence[Happening], places: Sequence[PlaceMention], tree: Tree | None = None
) -> tuple[Where | None, ...]:
    """The place of each of an article's events, in their order; None where the article gives it none."""
    tree = tree or Tree.of(doc)
    finder = EventPlaces(doc, places, tree)
    own: dict[int, Where | None] = {}
    roaming: set[int] = set()
    for number, happening in enumerate(happenings):
        route = finder.route(happening.predicate)
        if route:
            roaming.add(number)
            own[number] = country_where(route[0]) if len(route) > 1 and len(set(route)) == 1 else None
            continue
        own[number] = finder.where(happening.predicate, happening.act)
        if own[number] is None and happening.head is not None and happening.head != happening.predicate:
            own[number] = finder.where(happening.head, happening.act)
    return _Story(tree, finder, happenings, own, roaming).run()


class _Story:
    """An article's events in the order of telling, each with the venues told before it."""

    def __init__(
        self,
        tree: Tree,
        finder: EventPlaces,
        happenings: Sequence[Happening],
        own: Mapping[int, Where | None],
        roaming: Collection[int] = (),
    ) -> None:
        self.tree = tree
        self.finder = finder
        self.happenings = happenings
        self.own = own
        self.roaming = roaming

    def run(self) -> tuple[Where | None, ...]:
        order = sorted(range(len(self.happenings)), key=lambda number: self.happenings[number].predicate)
        found: dict[int, Where | None] = dict(self.own)
        venues: list[_Venue] = []
        by_sentence = self._in_sentences()
        for number in order:
            happening = self.happenings[number]
            sentence = self.tree.sentence[happening.predicate]
            where = found[number]
            if number in self.roaming:
                continue
            if where is None and happening.told and happening.act in _VERBAL:
                where = self._of_lead(happening, sentence) or self._of_venue(happening, sentence, venues)
            if where is None and happening.act in ("meeting", "deal", "force"):
                where = self._beside(number, by_sentence.get(sentence, ()))
            found[number] = where
            if where is not None and happening.told and happening.act in ("meeting", "deal"):
                venues.append(_Venue(where, happening, sentence))
                # The story's own venue stays in mind, however many others are told of after it.
                del venues[1 : 1 + max(0, len(venues) - _MEMORY)]
        for number in order:
            happening = self.happenings[number]
            sentence = self.tree.sentence[happening.predicate]
            if sentence > self.finder.lead + 1:
                break
            if found[number] is None and happening.told and happening.act in ("meeting", "deal"):
                # "A and B agreed on Friday …", and a paragraph on: "they signed it in Beijing".
                later = (v for v in venues if len(v.happening.actors & happening.actors) > 1)
                found[number] = next((v.where for v in later if _near(happening, v.happening)), None)
        return _alike([_at_home(happening, found[number]) for number, happening in enumerate(self.happenings)])

    def _in_sentences(self) -> Mapping[int, Sequence[int]]:
        groups: dict[int, list[int]] = {}
        for number, happening in enumerate(self.happenings):
            groups.setdefault(self.tree.sentence[happening.predicate], []).append(number)
        return groups

    def _of_venue(self, happening: Happening, sentence: int, venues: Sequence[_Venue]) -> Where | None:
        """The place of the meeting that this event goes on with: the same people or the same talks, the same days.

        The story's first venue comes before those told in between; one of the same sentence comes before both.
        """
        for venue in sorted(venues, key=lambda venue: (venue.sentence != sentence, venue.sentence)):
            if not _near(happening, venue.happening):
                continue
            shared = happening.actors & venue.happening.actors
            if happening.act == "speech":
                # Words are placed by a meeting only where both of those who met exchange them, close by.
                gap = sentence - venue.sentence
                if self._looks_back(happening.predicate) or not 0 <= gap <= _EARSHOT:
                    continue
                # … or where one of them goes on in the next breath, and the story has not moved.
                goes_on = bool(shared & happening.doers) and gap <= 1
                if len(shared) > 1 or (goes_on and not self._elsewhere(sentence)):
                    return venue.where
                continue
            if len(shared) > 1 or (shared and (sentence == venue.sentence or happening.act == "meeting")):
                return venue.where
            signed = happening.act == "deal" and shared & happening.doers and not self._was_before(happening.predicate)
            if signed and not self._elsewhere(sentence):
                return venue.where  # "The minister, who signed for the government": where both did
            if happening.code == venue.happening.code or self._is_the_same(happening):
                return venue.where
            nominal = self.tree.doc[happening.predicate].pos_ == "NOUN"
            close = sentence - venue.sentence <= _EARSHOT
            if nominal and close and happening.act == "meeting" and not self._elsewhere(sentence):
                return venue.where
        return None

    def _looks_back(self, predicate: int) -> bool:
        """Whether words fell before the meeting, or are told in passing: "had refused to meet", "whom he accused"."""
        return self._was_before(predicate) or self.tree.deps[predicate] == "acl:relcl"

    def _was_before(self, predicate: int) -> bool:
        return any(self.tree.doc[child].lower_ in ("had", "'d") for child in self.tree.kids(predicate, "aux"))

    def _elsewhere(self, sentence: int) -> bool:
        """Whether a sentence names a town of its own."""
        first, last = self.tree.bounds(self.tree.starts[sentence])
        town = self.finder.town_before(last + 1)
        return town is not None and town.start >= first and not town.dateline

    def _is_the_same(self, happening: Happening) -> bool:
        """Whether the words point back: "the talks", "joined the final round"."""
        tree, doc, occasions = self.tree, self.tree.doc, load_words().occasions
        nouns = [happening.predicate, *tree.kids(happening.predicate, "obj", "obl")]
        if happening.head is not None:
            nouns.append(happening.head)
        return any(
            doc[noun].lower_ in occasions and any(doc[child].lower_ in _BACK for child in tree.kids(noun, "det"))
            for noun in nouns
        )

    def _of_lead(self, happening: Happening, sentence: int) -> Where | None:
        """The dateline's place, for the meeting or deal that the article opens with and places nowhere else."""
        dateline = self.finder.dateline
        if dateline is None or sentence > self.finder.lead or happening.act not in ("meeting", "deal"):
            return None
        clause = self.tree.clause(happening.predicate)
        if self.tree.deps[clause] in ("advcl", "acl:relcl") and self._is_finite(clause):
            return None  # "three days after they agreed …"
        return dateline.where

    def _is_finite(self, verb: int) -> bool:
        return bool(self.tree.kids(verb, "nsubj", "nsubj:pass"))

    def _beside(self, number: int, others: Sequence[int]) -> Where | None:
        """The place of an act of the same sort that the same sentence tells: "… near the port; the army answered"."""
        happening = self.happenings[number]
        alike = [
            other
            for other in others
            if other != number
            and self.own[other] is not None
            and (self.happenings[other].act == "force") == (happening.act == "force")
            and (happening.act == "force" or happening.actors & self.happenings[other].actors)
            and _near(happening, self.happenings[other])
        ]
        if not alike:
            return None
        return self.own[min(alike, key=lambda other: abs(self.happenings[other].predicate - happening.predicate))]


def _alike(found: Sequence[Where | None]) -> tuple[Where | None, ...]:
    """ "Ambushed a patrol in Pidie and wounded three soldiers": a village has the country that one tells."""
    known = {where.text: where.country for where in found if where is not None and where.country is not None}
    return tuple(
        replace(where, country=known.get(where.text)) if where is not None and where.country is None else where
        for where in found
    )


def _at_home(happening: Happening, found: Where | None = None) -> Where | None:
    """The country in which its own people fight, arrest or march, where the article says no more than a village."""
    if found is not None:
        known = found.country is not None or happening.act != "force" or happening.home is None
        return found if known else replace(found, country=happening.home)
    return country_where(happening.home) if happening.act == "force" and happening.home is not None else None


def _near(one: Happening, other: Happening) -> bool:
    """Whether two may have been on the same days, as far as is known."""
    if one.earliest is None or one.latest is None or other.earliest is None or other.latest is None:
        return True
    return one.earliest - _SPREAD <= other.latest and other.earliest - _SPREAD <= one.latest
