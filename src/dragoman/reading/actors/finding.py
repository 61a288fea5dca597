"""From an annotated text to its actors: the rooms of this package in their order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from spacy.tokens import Doc

from dragoman.knowledge import Knowledge
from dragoman.reading.actors.coreference import Resolver, country_context, drop_homonyms, tell_twins_apart
from dragoman.reading.actors.drafts import Draft, Facts
from dragoman.reading.actors.lexicon import load_lexicon
from dragoman.reading.actors.linking import Linker, Profile
from dragoman.reading.actors.mentions import MentionFinder
from dragoman.reading.actors.model import Actors, Mention
from dragoman.reading.actors.names import NameFinder
from dragoman.reading.tree import Tree
from dragoman.records import Actor, Span

# The normal name of the office of whoever speaks for others.
_SPEAKING = "spokesperson"


def find_actors(doc: Doc, published: date, knowledge: Knowledge, given: Sequence[tuple[int, int]] = ()) -> Actors:
    """Everyone who acts in an article, resolved on the day it was published.

    `given` are character spans that the caller knows to be actors: each is kept with exactly that extent, linked where
    it can be and with a key of its own where not.
    """
    tree = Tree.of(doc)
    drafts, resolver = draft_mentions(tree, published, knowledge)
    resolver.resolve(drafts)
    linker = resolver.linker
    extents = _place_given(tree, drafts, linker, given)
    mentions: list[Mention] = []
    spans: list[Span] = []
    for draft in sorted(drafts, key=lambda one: (one.start, -one.end, one.head)):
        for actor in draft.actors:
            mentions.append(Mention(draft.start, draft.end, draft.head, actor, draft.sense, draft.form))
            spans.append(
                extents.get(draft.head, _characters(doc, draft.start, draft.end))
                if draft.form == "given"
                else _characters(doc, draft.start, draft.end)
            )
    women = {profile.id: profile.gender == "fem" for profile in linker.profiles.values() if profile.gender}
    places: dict[str, list[Span]] = {}
    for mention, span in zip(mentions, spans, strict=True):
        if mention.sense == "place":
            places.setdefault(mention.actor, []).append(span)
    return Actors(*_records(mentions, spans, linker.profiles), women, places)


def draft_mentions(tree: Tree, published: date, knowledge: Knowledge) -> tuple[list[Draft], Resolver]:
    """The mentions of an article before they are resolved, and what will resolve them."""
    lexicon = load_lexicon()
    names = NameFinder(tree, published, knowledge, lexicon).find()
    context = country_context(tree, names, knowledge, lexicon, published)
    tell_twins_apart(names, context, lexicon)
    drop_homonyms(tree, names, context, knowledge, lexicon)
    drafts = MentionFinder(tree, names, knowledge, lexicon).find()
    linker = Linker(published, knowledge, lexicon, context)
    return drafts, Resolver(tree, names, linker, knowledge, lexicon, published)


def _characters(doc: Doc, start: int, end: int) -> Span:
    last = doc[end - 1]
    return Span(doc[start].idx, last.idx + len(last.text))


def _place_given(tree: Tree, drafts: list[Draft], linker: Linker, given: Sequence[tuple[int, int]]) -> dict[int, Span]:
    """Put the caller's spans in the place of what was found there; returns their characters by head."""
    doc = tree.doc
    extents: dict[int, Span] = {}
    for first, last in sorted(set(given)):
        span = doc.char_span(first, last, alignment_mode="expand")
        if span is None or not len(span):
            continue
        start, end = span.start, span.end
        head = span.root.i
        inside = [draft for draft in drafts if draft.start < end and draft.end > start]
        same = next((draft for draft in inside if draft.head == head and draft.actors), None)
        if same is None:
            same = next(
                (
                    draft
                    for draft in inside
                    if draft.actors and start <= draft.start and draft.end <= end and draft.form == "name"
                ),
                None,
            )
            if same is not None and doc[head].pos_ not in ("PROPN",) and same.head != head:
                same = None
        actors = same.actors[:1] if same is not None else ()
        if not actors:
            words = [token.text for token in span if token.pos_ not in ("DET", "PUNCT", "PART")] or [span.text]
            nations = [nation for draft in inside if draft.form == "modifier" for nation in draft.facts.nations[:1]]
            actors = (linker.own_key(" ".join(words), Facts(nations=nations, noun=doc[head].lemma_.lower()), "group"),)
        for draft in inside:
            if draft.form != "given" and (draft.head == head or not (draft.start < start and draft.end > end)):
                drafts.remove(draft)
        drafts.append(Draft(start, end, head, "name", "given", Facts(), actors=actors))
        extents[head] = Span(first, last)
    return extents


def _records(
    mentions: list[Mention], spans: list[Span], profiles: dict[str, Profile]
) -> tuple[list[Actor], list[Mention], dict[str, Actor]]:
    acting: dict[str, list[Span]] = {}
    for mention, span in zip(mentions, spans, strict=True):
        if mention.sense == "actor":
            places = acting.setdefault(mention.actor, [])
            if span not in places[-1:]:
                places.append(span)
    known = {mention.actor: _record(profiles[mention.actor], acting.get(mention.actor, [])) for mention in mentions}
    return [known[actor] for actor in acting], mentions, known


def _record(profile: Profile, spans: list[Span]) -> Actor:
    office, of = profile.office, profile.of
    if office == f"military {_SPEAKING}" and of is not None and of == profile.country:
        of = f"{of}:MIL"
    if office is not None and office.endswith(f" {_SPEAKING}") and not office.startswith(("former ", "deputy ")):
        office = _SPEAKING  # of a ministry, a palace or an army: for whom he speaks `of` and the sector tell
    return Actor(
        profile.id, profile.name, profile.kind, profile.country, profile.sector, office,
        of, profile.known, tuple(spans),
    )  # fmt: skip
