"""One article all the way, on one page: here alone the rooms meet."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeVar, cast

from spacy.language import Language
from spacy.tokens import Doc

from dragoman.codebook import Codebook, load_codebook
from dragoman.knowledge import Knowledge, load_knowledge
from dragoman.knowledge.places import Gazetteer, load_gazetteer
from dragoman.language import load
from dragoman.language.relations import load_relations
from dragoman.machine import cores
from dragoman.mediation import find_mediations
from dragoman.mediation.scene import Scene
from dragoman.reading.actors import Actors, everyone, find_actors
from dragoman.reading.events import Classifier, Pair, code_events
from dragoman.reading.statements import FoundStatement, find_statements
from dragoman.reading.ties import find_ties
from dragoman.reading.when import TimeExpression, find_times
from dragoman.reading.where import PlaceMention, find_places
from dragoman.records import Article, Event, Reading, Span
from dragoman.sources import RawArticle, from_text

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Layers:
    """What is found in an article one layer upon the other, each tied to the tokens of `doc`."""

    doc: Doc
    article: Article
    actors: Actors
    times: Sequence[TimeExpression]
    places: Sequence[PlaceMention]
    statements: Sequence[FoundStatement]
    events: tuple[Event, ...]

    def scene(self, knowledge: Knowledge) -> Scene:
        """The article as the finders of mediations see it."""
        return Scene(self.doc, self.article, self.actors, self.events, self.statements, self.places, knowledge)


@dataclass(frozen=True, slots=True)
class Reader:
    """A language model and what is known beforehand: all that reading needs.

    Attributes:
        nlp: our pipeline, or another one with Universal Dependencies labels.
        classifier: the learned coder of events that is weighed with the frames; None for the frames alone.
    """

    nlp: Language
    knowledge: Knowledge
    codebook: Codebook
    gazetteer: Gazetteer
    classifier: Classifier | None = None

    def read(self, raw: RawArticle) -> Reading:
        """The records of one article."""
        return self.interpret(raw, self.nlp(raw.text))

    def read_all(self, articles: Iterable[RawArticle]) -> Iterator[Reading]:
        """The records of many articles, in their order; with two cores the language model is one article ahead."""
        pairs = ((raw.text, raw) for raw in articles)
        with closing(_ahead(self.nlp.pipe(pairs, as_tuples=True))) as docs:
            for doc, raw in docs:
                yield self.interpret(raw, doc)

    def layers(self, raw: RawArticle, doc: Doc) -> Layers:
        """From the annotated article to who acts in it, when, where, on whose word: all but ties and mediations."""
        day = raw.published
        article = Article(
            id=raw.id,
            external_id=raw.external_id,
            title=raw.title,
            text=raw.text,
            published=day,
            source=raw.source,
            url=raw.url,
            language="en",
            sentences=tuple(_sentences(doc)),
        )
        actors = find_actors(doc, day, self.knowledge, raw.spans)
        times = find_times(doc, day)
        places = find_places(doc, actors, self.gazetteer)
        statements = find_statements(doc, actors)
        events = code_events(
            doc, article.id, day, actors, times, places, statements, self.codebook, self.knowledge, self.classifier
        )
        return Layers(doc, article, actors, times, places, statements, events)

    def interpret(self, raw: RawArticle, doc: Doc) -> Reading:
        """From the annotated article to its records."""
        layers = self.layers(raw, doc)
        said = tuple(statement.record for statement in layers.statements)
        ties = find_ties(doc, layers.actors, self.knowledge)
        mediations = find_mediations(layers.scene(self.knowledge), layers.times)
        return Reading(
            article=layers.article,
            actors=everyone(
                layers.actors,
                layers.events,
                said,
                ties,
                mediations,
                self.knowledge,
                raw.published,
                layers.article.sentences,
            ),
            events=layers.events,
            statements=said,
            times=tuple(time.record for time in layers.times),
            places=tuple(place.record for place in layers.places),
            ties=ties,
            mediations=mediations,
        )


def _ahead(items: Iterable[T]) -> Generator[T, None, None]:
    """The same items, each worked out in a thread of its own while the one before it is used.

    The network does its sums outside of Python's lock, so that a second core reads while the first interprets.
    """
    if cores() == 1:  # then it would only be one more to wait for
        yield from items
        return
    iterator, end = iter(items), object()
    with ThreadPoolExecutor(1, thread_name_prefix="dragoman-ahead") as thread:
        coming = thread.submit(next, iterator, end)
        while (item := coming.result()) is not end:
            coming = thread.submit(next, iterator, end)
            yield cast(T, item)


def _sentences(doc: Doc) -> Iterator[Span]:
    """The sentences without the white space around them."""
    for sentence in doc.sents:
        text = sentence.text
        start = sentence.start_char + len(text) - len(text.lstrip())
        end = sentence.end_char - (len(text) - len(text.rstrip()))
        if start < end:
            yield Span(start, end)


def shipped_coder(doc: Doc, pairs: Sequence[Pair]) -> Sequence[Mapping[str, float]]:
    """The learned coder that ships, loaded when the first pair is to be judged.

    Raises:
        ModelError: its files are missing or broken.
    """
    return load_relations()(doc, pairs)


@cache
def default_reader(
    frames: tuple[Path, ...] = (), actors: tuple[Path, ...] = (), model: str | None = None, *, learned: bool = True
) -> Reader:
    """The reader with what ships, and what the user adds to it.

    Args:
        frames: files of frames that extend the codebook.
        actors: files of actors that extend the knowledge.
        model: another spaCy pipeline with Universal Dependencies labels, by package name or folder.
        learned: whether the learned coder of events is heard beside the frames.

    Raises:
        DataError: one of the files is malformed; the message names the file and the line.
        ModelError: the language model is missing or broken.
    """
    return Reader(
        nlp=load() if model is None else _other_pipeline(model),
        knowledge=load_knowledge(actors),
        codebook=load_codebook(frames),
        gazetteer=load_gazetteer(),
        classifier=shipped_coder if learned else None,
    )


def _other_pipeline(name: str) -> Language:
    import spacy

    from dragoman.errors import ModelError

    try:
        return spacy.load(name)
    except OSError as error:
        raise ModelError(f"the pipeline {name!r} cannot be loaded: {error}") from error


def read(
    text: str,
    *,
    published: date | str | None = None,
    external_id: str | None = None,
    title: str | None = None,
    source: str | None = None,
    url: str | None = None,
    spans: Sequence[tuple[int, int]] = (),
    reader: Reader | None = None,
) -> Reading:
    """Read one article.

    Args:
        text: the article; without `published` it must carry its day (a first line ``date 2022-03-21``, front matter,
            a dateline).
        published: the day of publication. Today is never assumed.
        spans: stretches of `text`, in characters, that are known to be actors and are kept as actors.
        reader: another reader than the one that ships, see `default_reader`.

    Raises:
        ArticleError: the text cannot be read: no day, no words, not English, a web page; the message says how to
            mend it.
    """
    raw = from_text(
        text, published=published, external_id=external_id, title=title, source=source, url=url, spans=spans
    )
    return (reader or default_reader()).read(raw)
