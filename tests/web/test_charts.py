"""Charts are Vega-Lite that anybody's Vega draws, and in the page each mark is a link that says what it is."""

from __future__ import annotations

from xml.etree import ElementTree

import altair as alt
import pytest

from dragoman.web import charts
from dragoman.web.charts.drawing import svg

SAYS = 'Talks in "Doha" <later> & on'
SVG = "{http://www.w3.org/2000/svg}"


def _months() -> charts.Spec:
    return charts.over_time(
        [
            {"month": "2024-01-01", "quad": "verbal cooperation", "n": 3, "says": SAYS, "href": "/events?a=1&b=2"},
            {"month": "2024-02-01", "quad": "material conflict", "n": 1, "says": "one", "href": "/events?a=2"},
        ],
        "month",
        "Events by month",
    )


def _timeline() -> charts.Spec:
    steps = [
        charts.Mark("talks", "2024-01-03", "2024-01-05", "near", "actual", SAYS, "/events?a=1&b=2"),
        charts.Mark("offer", "2024-02-03", "2024-02-03", "even", "future", "an offer", "/articles/b"),
    ]
    return charts.timeline(steps, ["offer", "talks"], None, "Steps by kind")


def _network() -> charts.Spec:
    nodes = [("Qatar", "/actors/QAT", False), ("Israel", "/actors/ISR", True)]
    return charts.network(nodes, [charts.Link("Qatar", "Israel", 2, "near", SAYS, "/events?a=1&b=2")], "Who talks")


def _world() -> charts.Spec:
    doha = {"name": "Doha", "longitude": 51.5, "latitude": 25.3, "n": 2, "says": SAYS, "href": "/events?a=1&b=2"}
    return charts.world([doha], "Where")


CHARTS = {"months": _months, "timeline": _timeline, "network": _network, "world": _world}


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_vega_lite_by_its_schema(name: str) -> None:
    alt.Chart.from_dict(CHARTS[name](), validate=True)


@pytest.mark.parametrize("name", CHARTS)
def test_each_mark_leads_to_its_evidence_and_says_what_it_is(name: str) -> None:
    drawn = ElementTree.fromstring(svg(CHARTS[name]()))
    told = [(link.get("href"), [mark.get("aria-label") for mark in link]) for link in drawn.iter(f"{SVG}a")]
    assert ("/events?a=1&b=2", [SAYS]) in told
    assert all(href.startswith("/") and label for href, labels in told if href for label in labels)


def test_who_deals_with_whom_is_told_by_name() -> None:
    drawn = ElementTree.fromstring(svg(_network()))
    assert {text.text for text in drawn.iter(f"{SVG}text")} == {"Qatar", "Israel"}
    assert {mark.get("aria-label") for link in drawn.iter(f"{SVG}a") for mark in link} == {"Qatar", "Israel", SAYS}


def test_a_chart_is_called_by_its_title() -> None:
    assert ElementTree.fromstring(svg(_world())).get("aria-label") == "Where"


def test_what_is_not_yet_is_hollow_on_a_time_line() -> None:
    drawn = ElementTree.fromstring(svg(_timeline()))
    filled = {
        mark.get("aria-label"): float(mark.get("fill-opacity", 1))
        for mark in drawn.iter(f"{SVG}path")
        if mark.get("aria-roledescription") == "point"
    }
    assert filled["an offer"] < 0.5 < filled[SAYS]


def test_the_same_chart_is_drawn_to_the_same_bytes() -> None:
    assert svg(_network()) == svg(_network())
