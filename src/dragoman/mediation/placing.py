"""Where the steps of a mediation were taken: where their words say, at the talks, or where the news was filed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from dragoman.mediation.drafts import Draft
from dragoman.mediation.folding import MEETINGS, days_meet, days_of
from dragoman.mediation.scene import Scene
from dragoman.mediation.wordlists import load_wordlists
from dragoman.reading.where import EventPlaces, country_where
from dragoman.reading.where.words import load_words
from dragoman.records import Article, Event, Step, When, Where

if TYPE_CHECKING:
    from dragoman.reading.where import PlaceMention

HELD = frozenset({"talks", "agreement", "breakdown"})
# Where talks are, those who sit in them refuse, accept and confer; who was there and speaks of them spoke there.
_AT_TABLE = frozenset({*HELD, "consultation", "refusal", "acceptance", "proposal"})
# What went on for more days than these was not at one table.
_EPISODE = 62
# Of what ends talks, and of who is seen after them, the place is that of the talks that ended some days before.
_LATE = frozenset({"breakdown", "refusal", "consultation"})
_WORDS = frozenset({"assessment", "appeal"})
# How many days a round of talks may last.
_ROUND = 7
# What is told of these days is news, and news is filed from where it happens.
_FRESH = timedelta(days=3)
# How many sentences back the sides may have been told to be together.
_JUST = 2
_COVERED = "truce|cease-?fire|war|fighting|calm|peace|hostilities|violence|conflict|pause|future"
# A clause that says when or where something happened: its place goes for both.
_WHEN_OR_WHERE = frozenset({"when", "where"})
# Whoever does this to talks has them under his roof; who chairs or leads them may sit anywhere.
_HOSTING = frozenset({"host"})
_LOCATIVE = frozenset({"in", "at", "near", "outside"})


class StepPlaces:
    """Asked for the place of a draft, and for that of the report."""

    def __init__(self, scene: Scene, parties: Sequence[str], mentions: Sequence[PlaceMention]) -> None:
        self.scene = scene
        self.parties = tuple(parties)
        self.mentions = tuple(mentions)
        self.places = EventPlaces(scene.doc, mentions, scene.tree)

    def _is_remote(self, draft: Draft) -> bool:
        """Whether who confers does so by telephone or the like: from no one place."""
        words = {self.scene.words[i] for i in range(draft.start, draft.end)}
        return draft.kind in MEETINGS and bool(words & load_wordlists().meetings.remote)

    def where(self, draft: Draft, event: Event | None) -> Where | None:
        """The place that the words of a draft name, or that of its event; None where there is none."""
        if self._is_remote(draft):
            return None
        if event is not None and event.where is not None and draft.kind in HELD and _is_wide(event.where):
            # "Exchanged views on missiles in Europe"
            return None
        elsewhere = event is not None and event.where is not None and not self._names(draft, event.where)
        own = self._nearby(draft, draft.start, draft.end) if elsewhere and draft.kind in MEETINGS else None
        own = own or (self._hosted(draft) if elsewhere else None)
        if own is not None:
            return own
        if event is not None and event.where is not None:
            return None if draft.kind != "consultation" and self._covers(draft, event.where) else event.where
        if draft.kind not in (*MEETINGS, "agreement", "breakdown"):
            # "said in Geneva that …", "at the ceremony in Nairobi, Mr Danforth urged …"
            cue = next((found.cue for found in self.scene.clauses.said(draft.predicate) if found.cue is not None), None)
            return self.places.stated(draft.predicate if cue is None else cue) if draft.kind in _WORDS else None
        found = self.places.where(draft.predicate)
        if found is not None:
            return found
        return self._nearby(draft, *self.scene.tokens.sentence(draft.predicate)) or self._hosted(draft)

    def _hosted(self, draft: Draft) -> Where | None:
        """The one country that is told to host talks: "the talks that Qatar has hosted since March"."""
        scene, tree, i = self.scene, self.scene.tree, draft.predicate
        above = tree.heads[i]
        if scene.words[above] in load_wordlists().shared.all_periods:
            # "hosted three days of talks"
            above = tree.heads[above]
        verbs = [k for k in (above, *tree.kids(i, "acl", "acl:relcl")) if scene.words[k] in _HOSTING]
        hosts = {
            scene.profiles.country_of(actor)
            for verb in verbs
            for head in [*scene.arguments.subjects(verb), *scene.tokens.obliques(verb, "by")]
            for actor in scene.phrases.hosts(head)
        }
        code = hosts.pop() if draft.kind in MEETINGS and len(hosts) == 1 else None
        place = None if code is None else country_where(code)
        return place if place is not None and self.is_abroad(place) else None

    def _names(self, draft: Draft, where: Where) -> bool:
        """Whether the sentence of a step names a place."""
        first, last = self.scene.tokens.sentence(draft.predicate)
        return any(self.scene.places[i].name == where.name for i in range(first, last) if i in self.scene.places)

    def _covers(self, draft: Draft, where: Where) -> bool:
        """Whether a deal holds at the place rather than was made there: "a truce in Gaza", "a truce signed in Algiers".

        It holds where the parties are, and the place hangs on the deal and not on the verb.
        """
        scene = self.scene
        if where.country not in {scene.profiles.country_of(party) for party in self.parties}:
            return False
        first, last = scene.tokens.sentence(draft.predicate)
        words = scene.tokens.text(first, last)
        if not re.search(rf"\b(?:{_COVERED}) (?:in|for|on) (?:the )?{re.escape(where.text.lower())}", words):
            return False
        heads = [i for i in range(first, last) if i in scene.places and scene.places[i].name == where.name]
        return not any(scene.doc[scene.tree.heads[i]].pos_ == "VERB" for i in heads)

    def _nearby(self, draft: Draft, first: int, last: int) -> Where | None:
        """A place or "the Togolese capital" that these tokens name by "in" or "at", and not of another happening."""
        scene = self.scene
        named = [i for i in range(first, last) if scene.tokens.case(i) in _LOCATIVE and self._is_shared(draft, i)]
        for i in sorted(named, key=lambda i: (not draft.start <= i < draft.end, abs(i - draft.predicate))):
            if i in self.places.heads:
                return self.places.placed(self.places.heads[i])
            if scene.words[i] == "capital":
                for actor in scene.actors.within(scene.tree.left[i], scene.tree.right[i] + 1):
                    country = scene.profiles.country_of(actor.actor)
                    known = scene.knowledge.country(country) if country is not None else None
                    if known is not None:
                        words = scene.doc[scene.tree.left[i] : i + 1].text
                        return Where(words, known.capital or words, country, None, None, None)
        return None

    def _is_shared(self, draft: Draft, i: int) -> bool:
        """Whether what a phrase says goes for a step: it stands above it, or in a clause that says when or where."""
        tree = self.scene.tree
        own, other = tree.clause(draft.predicate), tree.clause(i)
        while tree.deps[other] == "xcomp" and other != own:
            # "agreed to meet in Nairobi"
            other = tree.clause(tree.heads[other])
        if tree.is_under(own, other):
            return True
        opening = {self.scene.plain[kid] for kid in tree.kids(other, "advmod", "mark")}
        return bool(opening & _WHEN_OR_WHERE) and tree.clause(tree.heads[other]) == own

    def is_remote(self, step: Step) -> bool:
        """Whether those who confer did so from afar: nobody tells the place of that from what else was told."""
        tokens, remote = self.scene.tokens, load_wordlists().meetings.remote
        spans = [(tokens.index(each.start), tokens.index(max(each.start, each.end - 1)) + 1) for each in step.evidence]
        return step.kind in MEETINGS and any(
            self.scene.words[i] in remote for one, end in spans for i in range(one, end)
        )

    def together(self, step: Step) -> Where | None:
        """Where the sides were just told to be with each other: "embraced in Ouagadougou. They had signed …"."""
        scene = self.scene
        at = scene.tree.sentence[scene.tokens.index(step.evidence[0].start)]
        near = [
            event
            for events in scene.events.values()
            for event in events
            if event.where is not None and event.status == step.status and event.quad == "verbal cooperation"
            if 0 <= at - scene.tree.sentence[scene.tokens.index(event.predicate.start)] <= _JUST
            if self._are_there(step, event)
        ]
        return max(near, key=lambda event: event.predicate.start).where if near else None

    def _are_there(self, step: Step, event: Event) -> bool:
        """Whether two sides are in an event, one of them a side of the step, on its days."""
        bodies = {self.scene.bodies.body(actor) for actor in (*event.actors, *event.recipients)}
        sides = bodies & {*self.parties, *step.actors}
        return len(sides) > 1 and bool(sides & set(step.actors)) and days_meet(step.when, event.when)

    def story(self) -> Where | None:
        """Where an article without a dateline begins, if that is one country and no party's: "… met at Arusha"."""
        scene = self.scene
        first = [
            m for m in self.mentions if scene.tree.sentence[m.start] <= 1 and scene.tokens.case(m.head) in _LOCATIVE
        ]
        countries = {mention.record.country for mention in first}
        if len(countries) != 1 or self.places.dateline is not None or not self.is_abroad(first[0].where):
            return None
        return first[0].where if first[0].record.country is not None else None

    def left(self) -> Where | None:
        """The place that the sides left, in what the article tells first: "Haftar left Moscow without signing"."""
        scene, words = self.scene, load_words()
        for i in range(len(scene.doc)):
            if scene.tree.sentence[i] > self.places.lead + 1:
                break
            if scene.doc[i].pos_ != "VERB" or not words.is_leaving(scene.doc[i]):
                continue
            who = {scene.bodies.body(actor) for actor in scene.phrases.who(scene.arguments.subjects(i))}
            place = next((self.places.heads[k] for k in scene.arguments.objects(i) if k in self.places.heads), None)
            if place is not None and who & set(self.parties):
                return self.places.placed(place)
        return None

    def at_home(self, step: Step) -> Where | None:
        """The one country that all who sit at a table are of, whoever mediates included."""
        profiles = self.scene.profiles
        countries = {profiles.country_of(actor) for actor in (*step.actors, *step.third_parties)}
        code = countries.pop() if len(countries) == 1 and step.third_parties and len(step.actors) > 1 else None
        return None if code is None else country_where(code)

    def is_abroad(self, venue: Where) -> bool:
        """Whether a place is in no party's country."""
        return venue.country not in {self.scene.profiles.country_of(party) for party in self.parties}

    def dateline(self) -> Where | None:
        """Where the report was written from, if it was from one place."""
        lines = [mention for mention in self.mentions if mention.dateline]
        if not lines or len({line.record.country for line in lines}) != 1:
            return None
        # "RAMBOUILLET, France" is one place, the town.
        place = next((line for line in lines if line.kind != "country"), lines[0]).record
        return Where(place.text, place.name, place.country, place.latitude, place.longitude, place.geonames)


def placed(step: Step, steps: Sequence[Step], places: StepPlaces, article: Article) -> Step:
    """A meeting without a place was where the same sides met in those days; news of the day, where it was filed.

    What is filed from a party's own capital may be news of a meeting elsewhere, unless the article opens with it.
    """
    if places.is_remote(step):
        return step
    # What nearly broke down did so at the table.
    status = "actual" if step.kind == "breakdown" and step.status == "negated" else step.status
    if step.where is not None or status not in ("actual", "historical"):
        return step
    if step.kind != "talks" and days_of(step.when) > _EPISODE and step.when.earliest is not None:
        # What went on for years was not at one table.
        return step
    sides, persons = set(step.actors), set(step.persons)
    if step.kind not in (*HELD, "consultation") and step.when.earliest is None:
        # What was said on a day that nobody names was not said at the talks.
        return step
    near = [
        other
        for other in steps
        if other.where is not None and other.kind in HELD and other.status == status
        # Of talks that are only known to have been some day that month, nobody knows what else was said there.
        if step.kind in HELD or days_of(other.when) <= _ROUND
        if (step.kind in _AT_TABLE and sides & {*other.actors, *other.third_parties})
        or (step.kind in _WORDS and persons & set(other.persons))
        if days_meet(step.when, other.when) or (step.kind in _LATE and _days_before(step.when, other.when))
    ]
    if near:
        at = step.evidence[0].start
        return replace(step, where=min(near, key=lambda other: abs(other.evidence[0].start - at)).where)
    if step.kind not in HELD:
        return step
    fresh = step.when.latest is not None and step.when.latest >= article.published - _FRESH
    lead = article.sentences[min(1, len(article.sentences) - 1)].end
    early = step.evidence[0].start < lead
    venue = places.dateline()
    told = places.together(step) or (places.left() if fresh or early else None)
    if told is None and venue is not None and fresh:
        told = venue if places.is_abroad(venue) or early else None
    told = told or (places.story() if fresh else None)
    return replace(step, where=told or places.at_home(step))


def _is_wide(where: Where) -> bool:
    """Whether a known place lies in no one country: a continent, a sea."""
    return where.country is None and where.latitude is not None


def _days_before(one: When, other: When) -> bool:
    """Whether something ended in the last days before something else did: talks nearly failed on Monday, then held."""
    if one.latest is None or other.earliest is None:
        return False
    return timedelta(0) < other.earliest - one.latest <= _FRESH
