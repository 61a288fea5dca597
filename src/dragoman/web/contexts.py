"""What each page shows: one dataclass a page, made in `views`, printed by the template of the same name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dragoman.codebook import CameoCode, EventType
from dragoman.knowledge.actors import Entity
from dragoman.mediation import Brief, FileStep, MediationFile, Report
from dragoman.presentation.wording import Names
from dragoman.records import Actor, Article, Event, Mediator, Place, Statement, Time
from dragoman.store import ArticleHead, Found, Info, Problem, Revision
from dragoman.store.reviews import Precision, Review
from dragoman.web.selection import Selection


@dataclass(frozen=True, slots=True)
class Paging:
    """Where in a long list one is; addresses are None where there is nothing on that side."""

    page: int
    pages: int
    total: int
    first: int
    last: int
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class ToldStep:
    """A step as it is read: its sentence, its days, and the reports that it rests on."""

    item: FileStep
    sentence: str
    days: str
    tone: str
    reports: tuple[Report, ...]
    address: str


@dataclass(frozen=True, slots=True)
class Summary:
    """A mediation in the list: who, through whom, how much, and its last step."""

    file: MediationFile
    title: str
    mediators: tuple[tuple[str, str], ...]
    latest: ToldStep | None
    address: str


@dataclass(frozen=True, slots=True)
class News:
    """What is new in one mediation since a day."""

    title: str
    address: str
    steps: tuple[ToldStep, ...]
    more: int


@dataclass(frozen=True, slots=True)
class HomePage:
    """`/`: what is there and what is new. `fresh` counts articles that came in since the last visit."""

    info: Info
    since: date
    chosen: bool
    fresh: int | None
    news: tuple[News, ...]
    mediations: tuple[Summary, ...]
    articles: int
    events: int


@dataclass(frozen=True, slots=True)
class MediationsPage:
    """`/mediations`."""

    mediations: tuple[Summary, ...]
    as_of: date | None


@dataclass(frozen=True, slots=True)
class Position:
    """What one party has said of a settlement: conditions first."""

    name: str
    address: str
    steps: tuple[ToldStep, ...]


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """What stands open, with the steps that it rests on."""

    sentence: str
    kind: str
    steps: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class MediationPage:
    """`/mediations/{id}`."""

    id: str
    title: str
    parties: tuple[tuple[str, str], ...]
    mediators: tuple[tuple[Mediator, str, str], ...]
    as_of: date | None
    articles: int
    span: str
    by: str
    first: date | None
    last: date | None
    timeline: str | None
    world: str | None
    places: tuple[tuple[str, int, str], ...]
    network: str | None
    links: tuple[tuple[str, str, int, str], ...]
    positions: tuple[Position, ...]
    others: tuple[ToldStep, ...]
    questions: tuple[OpenQuestion, ...]
    steps: tuple[ToldStep, ...]
    chosen: int
    paging: Paging
    zoom: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class StepPage:
    """`/mediations/{id}/steps/{step}`."""

    id: str
    title: str
    as_of: date | None
    told: ToldStep
    contradictions: tuple[str, ...]
    names: Names


@dataclass(frozen=True, slots=True)
class BriefPage:
    """`/mediations/{id}/brief`."""

    id: str
    as_of: date | None
    brief: Brief


@dataclass(frozen=True, slots=True)
class Card:
    """An event beside its article: number, roles, and what a reviewer has said."""

    number: int
    event: Event
    who: tuple[tuple[str, str], ...]
    whom: tuple[tuple[str, str], ...]
    said_by: tuple[str, str] | None
    topics: tuple[tuple[str, str], ...]
    code: str | None
    review: Review | None
    final: Event


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of text under the same marks: what it is dressed in, what it tells, and the events that end with it."""

    text: str
    classes: str
    told: str
    events: tuple[int, ...]
    ends: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in stretches, with the text between it and the next."""

    number: int
    stretches: tuple[Stretch, ...]
    gap: str


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """`/articles/{id}`."""

    article: Article
    heading: str
    lead: str
    sentences: tuple[Sentence, ...]
    cards: tuple[Card, ...]
    actors: tuple[Actor, ...]
    statements: tuple[tuple[Statement, str, str], ...]
    times: tuple[Time, ...]
    places: tuple[Place, ...]
    mediations: tuple[tuple[str, str, int], ...]
    copies: tuple[ArticleHead, ...]
    revisions: tuple[Revision, ...]
    versions: str
    names: Names


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence's tree."""

    number: int
    text: str
    tag: str
    relation: str
    head: int
    head_text: str


@dataclass(frozen=True, slots=True)
class TreePage:
    """`/articles/{id}/sentences/{n}`."""

    article: Article
    heading: str
    number: int
    text: str
    picture: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class ArticlesPage:
    """`/articles`."""

    articles: Sequence[tuple[str, str, date, str | None, int]]
    paging: Paging
    search: str
    since: date | None
    until: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet: how many events it has, whether it is chosen, and where choosing it leads."""

    value: str
    label: str
    n: int
    chosen: bool
    address: str


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to narrow a selection."""

    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event in a table."""

    found: Found[Event]
    final: Event
    review: Review | None
    address: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a bar chart: stretches by quad category, each with where it begins and how far it goes, in percent."""

    label: str
    address: str
    n: int
    says: str
    parts: tuple[tuple[str, float, float], ...]


@dataclass(frozen=True, slots=True)
class EventsPage:
    """`/events`."""

    selection: Selection
    show: str
    total: int
    facets: tuple[Facet, ...]
    rows: tuple[EventRow, ...]
    paging: Paging | None
    chart: str | None
    bars: tuple[tuple[str, tuple[Bar, ...]], ...]
    unplaced: int | None
    sql: str
    values: Mapping[str, object]
    types: tuple[str, ...]
    statuses: tuple[str, ...]
    names: Names


@dataclass(frozen=True, slots=True)
class Office:
    """An office of a person."""

    title: str
    of: str
    address: str
    days: str


@dataclass(frozen=True, slots=True)
class Deal:
    """With whom an actor has to do: how many events in all, and in each year (cooperation, conflict)."""

    name: str
    address: str
    n: int
    how: str
    years: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Saying:
    """A statement in its own words."""

    text: str
    quoted: bool
    published: date
    source: str | None
    address: str


@dataclass(frozen=True, slots=True)
class ActorPage:
    """`/actors/{id}`."""

    id: str
    name: str
    entity: Entity | None
    seen: Actor | None
    country: tuple[str, str] | None
    of: tuple[str, str] | None
    offices: tuple[Office, ...]
    events: int
    articles: int
    over_time: str | None
    deals: tuple[Deal, ...]
    deal_years: tuple[int, int] | None
    most_in_a_year: int
    mediations: tuple[tuple[str, str, str], ...]
    recent: tuple[EventRow, ...]
    statements: tuple[Saying, ...]
    names: Names


@dataclass(frozen=True, slots=True)
class ActorsPage:
    """`/actors`."""

    actors: tuple[tuple[str, str, str, int], ...]
    search: str
    paging: Paging


@dataclass(frozen=True, slots=True)
class CodebookPage:
    """`/codebook`."""

    types: tuple[tuple[EventType, int], ...]


@dataclass(frozen=True, slots=True)
class TypePage:
    """`/codebook/{type}`."""

    type: EventType
    codes: tuple[CameoCode, ...]
    frames: int
    words: tuple[str, ...]
    examples: tuple[str, ...]
    live: tuple[tuple[EventRow, str], ...]
    n: int
    names: Names


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """`/articles/{id}/events/{event}/review`."""

    article: ArticleHead
    heading: str
    sentence: str
    event: Event
    history: tuple[Review, ...]
    author: str
    types: tuple[EventType, ...]
    statuses: tuple[str, ...]
    known: tuple[tuple[str, str], ...]
    error: str | None
    names: Names


@dataclass(frozen=True, slots=True)
class ReviewsPage:
    """`/reviews`."""

    reviews: tuple[Review, ...]
    precision: tuple[Precision, ...]
    unsure: tuple[EventRow, ...]
    problems: tuple[Problem, ...]
    paging: Paging
    names: Names


@dataclass(frozen=True, slots=True)
class SqlPage:
    """`/sql`."""

    question: str
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    cut: bool
    error: str | None
    seconds: float | None
    tables: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LoginPage:
    """`/login`."""

    then: str
    wrong: bool


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """Any page that is not: what went wrong, in words."""

    status: int
    title: str
    words: str
