"""What each page shows: one dataclass a page, made in `views`, printed by the template of the same name."""

from __future__ import annotations

from dragoman.web.contexts.actors import ActorPage, ActorsPage, Deal, Office, Saying
from dragoman.web.contexts.articles import ArticlePage, ArticlesPage, Card, Sentence, Stretch, TreePage, Word
from dragoman.web.contexts.codebook import CodebookPage, TypePage
from dragoman.web.contexts.events import Bar, Choice, EventRow, EventsPage, Facet
from dragoman.web.contexts.front import HomePage, MediationsPage, News, Summary
from dragoman.web.contexts.mediation import BriefPage, MediationPage, OpenQuestion, Position, Standing, StepPage
from dragoman.web.contexts.others import ErrorPage, LoginPage, SqlPage
from dragoman.web.contexts.reviews import ReviewPage, ReviewsPage
from dragoman.web.contexts.steps import Paging, ToldStep

__all__ = [
    "ActorPage",
    "ActorsPage",
    "ArticlePage",
    "ArticlesPage",
    "Bar",
    "BriefPage",
    "Card",
    "Choice",
    "CodebookPage",
    "Deal",
    "ErrorPage",
    "EventRow",
    "EventsPage",
    "Facet",
    "HomePage",
    "LoginPage",
    "MediationPage",
    "MediationsPage",
    "News",
    "Office",
    "OpenQuestion",
    "Paging",
    "Position",
    "ReviewPage",
    "ReviewsPage",
    "Saying",
    "Sentence",
    "SqlPage",
    "Standing",
    "StepPage",
    "Stretch",
    "Summary",
    "ToldStep",
    "TreePage",
    "TypePage",
    "Word",
]
