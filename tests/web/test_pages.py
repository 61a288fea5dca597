from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urlsplit

import pytest
from rooms import IMAGE, LONG, RIGHT_TO_LEFT, SCRIPT, add, hostile, moved, quiet, room
from sample_reading import sample_reading
from starlette.testclient import TestClient

from dragoman.records import Reading, Status, StepKind, When
from dragoman.web.export import file_name

PAGES = [
    "/",
    "/?since=2000-12-01",
    "/mediations",
    "/mediations?as_of=2000-12-13",
    "/mediations/ERI-ETH",
    "/mediations/ERI-ETH?by=mediator&first=1999-01-01&last=1999-12-31",
    "/mediations/ERI-ETH/brief",
    "/mediations/ERI-ETH/brief?since=2000-12-13",
    "/articles",
    "/articles?q=Algiers&since=2000-12-01",
    "/articles/article0",
    "/events",
    "/events?actor=DZA&type=AGREE",
    "/events?show=chart",
    "/events?show=map",
    "/actors",
    "/actors/DZA",
    "/actors/abdelaziz-bouteflika",
    "/codebook",
    "/codebook/AGREE",
    "/articles/article0/events/article0-e1/review",
    "/reviews",
    "/sql?q=SELECT type FROM events",
    "/api",
    "/login",
]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    folder = tmp_path_factory.mktemp("quiet") / "archive"
    add(folder, quiet())
    return room(folder)


@pytest.fixture(scope="module")
def besieged(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    folder = tmp_path_factory.mktemp("hostile") / "archive"
    add(folder, [*quiet(), hostile()])
    return room(folder)


class Document(HTMLParser):
    """The tags of a page, its links, and what must not be in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.faults: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if "id" in values:
            self.ids.append(str(values["id"]))
        if tag == "script" and not str(values.get("src", "")).startswith("/static/"):
            self.faults.append(f"a script that is not ours: {values}")
        if tag in ("img", "iframe", "object", "embed", "style", "base", "meta") and (
            tag != "meta" or "http-equiv" in values
        ):
            self.faults.append(f"<{tag}>")
        for name, value in attrs:
            if name.startswith("on") or name == "style":
                self.faults.append(f"{tag} {name}={value}")
            if name in ("href", "xlink:href", "src", "action", "formaction"):
                address = (value or "").strip()
                # The one way out is to where an article stood.
                outside = bool(urlsplit(address).scheme) or address.startswith("//")
                if outside and (tag != "a" or "nofollow" not in str(values.get("rel"))):
                    self.faults.append(f"{tag} {name}={value}")
                self.links.append(address)


@pytest.mark.parametrize("address", PAGES)
def test_each_page_is_there_and_is_whole(client: TestClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    page = Document(response.text)
    assert not page.faults
    assert len(page.ids) == len(set(page.ids))
    assert response.text.count("<h1") == 1
    assert 'lang="en"' in response.text


@pytest.mark.parametrize("which", ["client", "besieged"])
def test_every_link_leads_somewhere_and_nothing_hostile_works(which: str, request: pytest.FixtureRequest) -> None:
    client: TestClient = request.getfixturevalue(which)
    seen: dict[str, int] = {}
    for address, response in crawled(client, most=200):
        seen[address] = response.status_code
        # Somebody of whom an article says nothing but that he was there has no page.
        assert response.status_code in ((200,) if which == "client" else (200, 404)), address
        if "html" in response.headers["content-type"]:
            assert not Document(response.text).faults, address
    assert len(seen) > 60


def crawled(client: TestClient, most: int) -> Iterator[tuple[str, Any]]:
    """The pages from the front page on, breadth first; trees are left out, for they need the model."""
    waiting, known = deque(["/"]), {"/"}
    for _ in range(most):
        if not waiting:
            return
        address = waiting.popleft()
        response = client.get(address)
        yield address, response
        if "html" not in response.headers["content-type"]:
            continue
        for link in Document(response.text).links:
            target = urldefrag(link)[0]
            if target.startswith("/") and "/sentences/" not in target and target not in known:
                known.add(target)
                waiting.append(target)


def test_hostile_texts_are_shown_as_texts(besieged: TestClient) -> None:
    page = besieged.get("/articles/hostile").text
    assert SCRIPT not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<img" not in page
    assert RIGHT_TO_LEFT in page
    assert LONG in page
    assert 'href="javascript:' not in page


@pytest.mark.parametrize(
    "text", [SCRIPT, IMAGE, RIGHT_TO_LEFT, "' OR 1=1 --", "%00%ff", "a" * 199, "{{7*7}}", "../../etc"]
)
@pytest.mark.parametrize(
    "page", ["/articles?q={}", "/actors?q={}", "/events?actor={}", "/events?source={}", "/mediations/{}", "/actors/{}"]
)
def test_hostile_parameters_are_answered_and_escaped(besieged: TestClient, page: str, text: str) -> None:
    response = besieged.get(page.format(text.replace("%", "%25").replace("/", "%2F").replace("#", "%23")))
    assert response.status_code in (200, 404, 422)
    assert not Document(response.text).faults
    assert SCRIPT not in response.text


@pytest.mark.parametrize(
    "address",
    [
        "/?since=tomorrow",
        "/events?type=NONSENSE",
        "/events?since=2022-13-01",
        "/events?min_confidence=nan",
        "/events?min_confidence=2",
        "/events?show=dance",
        "/events?page=0",
        "/events?page=999",
        "/events?page=x",
        "/articles?q=" + "a" * 300,
        "/mediations/ERI-ETH?by=colour",
        "/sql?q=DROP TABLE events",
    ],
)
def test_a_parameter_that_is_wrong_is_named(client: TestClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 422
    assert "<h1" in response.text
    assert "Traceback" not in response.text


@pytest.mark.parametrize(
    "address",
    ["/nothing", "/mediations/AAA-BBB", "/articles/none", "/actors/none", "/codebook/NONE", "/events.exe",
     "/articles/article0/sentences/99", "/mediations/ERI-ETH/steps/none", "/static/1/secrets.txt",
     "/static/1/..%2f..%2fapp.py", "/articles/article0/events/none/review"],
)  # fmt: skip
def test_what_is_not_there_is_said_to_be_missing(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_mediation_shows_its_steps_and_each_mark_opens_its_evidence(client: TestClient) -> None:
    page = client.get("/mediations/ERI-ETH").text
    for heading in ("Who mediates", "Timeline", "Where", "Who deals with whom", "Steps"):
        assert f">{heading}</h2>" in page
    chart = page.split('id="chart-timeline"')[1].split("</figure>")[0]
    marks = re.findall(r'href="(/mediations/ERI-ETH/steps/[^"]+)"', chart)
    assert marks
    evidence = client.get(marks[0]).text
    assert "Evidence" in evidence
    assert 'href="/articles/article0#s' in evidence


def test_a_mediation_tells_at_first_glance_where_it_stands(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    add(folder, [with_steps(("refusal", "actual", 1), ("refusal", "negated", 2), ("endorsement", "actual", 3))])
    page = room(folder).get("/mediations/ERI-ETH").text
    stands = page.split("Where it stands</h2>")[1].split("</section>")[0]
    assert page.index("Where it stands") < page.index("Timeline</h2>")
    assert re.findall(r"<dt>(.*?)</dt>", stands) == ["Agreed", "Offered", "Said no"]
    assert "Algeria offered to mediate" in stands
    # What was said stands beside it, and what was denied or only praised does not.
    assert "had offered to mediate in 1999" in stands
    assert stands.count("turned down") == 1
    assert "voiced support" not in stands


def test_a_mediation_stands_in_the_list_with_its_last_turn_and_not_with_the_applause_alone(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    add(folder, [with_steps(("endorsement", "actual", 1))])
    page = room(folder).get("/mediations").text
    assert page.index("Eritrea and Ethiopia concluded an agreement") < page.index("voiced support")


def with_steps(*more: tuple[StepKind, Status, int]) -> Reading:
    """The sample with more steps of Ethiopia: kind, status, days after the agreement."""
    reading = sample_reading()
    told = reading.mediations[0]
    days = [date(2000, 12, 12) + timedelta(days=after) for *_, after in more]
    steps = tuple(
        replace(told.steps[1], kind=kind, status=status, actors=("ETH",), outcome=None, terms=(),
                when=When(day, day, "then", "stated"))
        for (kind, status, _), day in zip(more, days, strict=True)
    )  # fmt: skip
    return moved(replace(reading, mediations=(replace(told, steps=(*told.steps, *steps)),)), "told")


def test_a_step_says_what_was_said_and_not_only_that_something_was(client: TestClient) -> None:
    steps = client.get("/mediations/ERI-ETH").text.split("Steps</h2>")[1]
    offer = steps[steps.index("offered to mediate") :]
    assert "had offered to mediate in 1999" in offer[: offer.index("<details")]


def test_a_timeline_of_some_days_says_how_many_of_the_steps_it_shows(client: TestClient) -> None:
    assert "1 of 2 steps from 3 articles" in client.get("/mediations/ERI-ETH?first=1999-01-01&last=1999-12-31").text
    assert ">2 steps from 3 articles" in client.get("/mediations/ERI-ETH").text


def test_a_brief_as_markdown_tells_the_same_news_as_its_page(client: TestClient) -> None:
    import html

    page = client.get("/mediations/ERI-ETH/brief?since=2000-12-13").text
    assert 'name="since" value="2000-12-13"' in page
    link = re.search(r'href="([^"]*format=markdown[^"]*)"', page)
    assert link
    assert "## New since 13 December 2000" in client.get(html.unescape(link[1])).text


@pytest.mark.parametrize("suffix", ["steps.csv", "steps.json"])
def test_the_files_of_several_mediations_bear_names_of_their_own(client: TestClient, suffix: str) -> None:
    answer = client.get(f"/mediations/ERI-ETH/{suffix}")
    assert 'filename="ERI-ETH-' in answer.headers["content-disposition"]


def test_the_name_of_a_file_is_harmless_whatever_a_mediation_is_called() -> None:
    assert file_name('A"; x\r\n/../מ:GOV', "steps.csv") == "A-x-GOV-steps.csv"


def test_a_topic_is_linked_only_where_there_is_a_file_on_it(tmp_path: Path) -> None:
    reading = sample_reading()
    events = (replace(reading.events[0], topics=("ERI-ETH", "SYRIA")), *reading.events[1:])
    folder = tmp_path / "archive"
    add(folder, [moved(replace(reading, events=events), "both")])
    page = room(folder).get("/articles/both").text
    assert '<a href="/mediations/ERI-ETH">ERI-ETH</a>, SYRIA' in page
    assert "/mediations/SYRIA" not in page


def test_an_event_of_an_article_without_a_source_is_told_by_its_title(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    add(folder, [moved(sample_reading(), "nameless", title="Peace at last", source=None)])
    assert re.search(r'data-head="Told by".*Peace at last</bdi>', room(folder).get("/events").text)


def test_a_term_that_says_nothing_is_not_shown(tmp_path: Path) -> None:
    reading = sample_reading()
    told = reading.mediations[0]
    steps = (told.steps[0], replace(told.steps[1], terms=("other",)))
    folder = tmp_path / "archive"
    add(folder, [moved(replace(reading, mediations=(replace(told, steps=steps),)), "other")])
    visitor = room(folder)
    for address in set(re.findall(r"/mediations/ERI-ETH/steps/\w+", visitor.get("/mediations/ERI-ETH").text)):
        assert "Terms" not in visitor.get(address).text


def test_a_file_is_shown_as_of_a_day(client: TestClient) -> None:
    early = client.get("/mediations/ERI-ETH?as_of=2000-12-13").text
    late = client.get("/mediations/ERI-ETH").text
    assert "from 1 article" in early
    assert "from 3 articles" in late


def test_an_article_is_marked_layer_by_layer_and_its_events_lead_to_their_cards(client: TestClient) -> None:
    page = client.get("/articles/article0").text
    for layer in ("actor", "event", "statement", "time", "place"):
        assert re.search(rf'class="[^"]*\b{layer}\b[^"]*" ', page), layer
        assert f'id="show-{layer}"' in page
    assert 'href="#event-article0-e1"' in page
    assert 'id="event-article0-e1"' in page
    assert "frame “sign an agreement”" in page


def test_the_text_of_an_article_is_all_there(client: TestClient) -> None:
    from sample_reading import TEXT

    class Words(HTMLParser):
        inside, depth, text = False, 0, ""

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            values = dict(attrs)
            if tag == "div" and values.get("class") == "text":
                self.inside = True
            self.depth += self.inside and (tag == "sup" or values.get("class") == "tree")

        def handle_endtag(self, tag: str) -> None:
            self.inside &= tag != "div"
            if self.depth and tag in ("sup", "a"):
                self.depth -= 1

        def handle_data(self, data: str) -> None:
            if self.inside and not self.depth:
                self.text += data

    words = Words()
    words.feed(client.get("/articles/article0").text)
    assert words.text.split() == TEXT.split()


def test_what_is_new_is_told_since_a_day_and_since_the_last_visit(client: TestClient, tmp_path: Path) -> None:
    assert "Eritrea – Ethiopia" in client.get("/?since=2000-12-12").text.split("Mediations</h2>")[0]
    assert "No new step" in client.get("/?since=2000-12-15").text
    folder = tmp_path / "archive"
    first, second, third = quiet()
    add(folder, [first])
    from rooms import library

    held = library(folder)
    visitor = room(held)
    assert "came in since your last visit" not in visitor.get("/").text
    add(folder, [second, third])
    assert held.look()
    page = visitor.get("/").text
    assert "2 articles came in since your last visit, without a step" in page  # the first article told the same steps
    other = moved(sample_reading(), "other", 90, title="Another round")
    thursday = When(date(2001, 3, 1), date(2001, 3, 1), "on Thursday", "stated")
    told = other.mediations[0]
    later = replace(told, steps=tuple(replace(step, when=thursday) for step in told.steps))
    add(folder, [replace(other, mediations=(later,))])
    assert held.look()
    fresh = visitor.get("/").text.split("New since your last visit</h2>")[1].split("</section>")[0]
    assert "1 article came in" in fresh
    assert "1 Mar 2001" in fresh
    assert "came in since your last visit" not in visitor.get("/").text


def test_a_page_that_has_not_changed_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/mediations/ERI-ETH")
    again = client.get("/mediations/ERI-ETH", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert not again.content
    other = client.get("/mediations/ERI-ETH?by=mediator", headers={"if-none-match": first.headers["etag"]})
    assert other.status_code == 200


def test_facets_narrow_a_selection_and_count_what_they_lead_to(client: TestClient) -> None:
    page = client.get("/events").text
    found = re.search(r'<a href="(/events\?type=AGREE)"><bdi>AGREE</bdi></a> <span class="soft">(\d+)', page)
    assert found
    narrowed = client.get(found[1]).text
    assert f"{found[2]} events chosen" in narrowed
    assert re.search(r'<a href="/events" aria-current="true"><bdi>AGREE', narrowed)


@pytest.mark.parametrize(
    "filters", ["", "type=AGREE&min_confidence=0.5", "actor=DZA&since=2000-01-01&until=2000-12-31"]
)
def test_every_choice_leads_to_as_many_events_as_it_says(client: TestClient, filters: str) -> None:
    import html

    link = r'<li><a href="(/events[^"]*)"( aria-current="true")?><bdi>([^<]*)</bdi></a> <span class="soft">([\d,]+)'
    choices = re.findall(link, client.get(f"/events?{filters}").text)
    told = {choice[2].replace("\N{NO-BREAK SPACE}", " ") for choice in choices}
    assert {"AGREE", "Algeria", "2000", "50 % and more", "Example Gazette"} <= told
    for address, chosen, label, n in choices:
        number = re.search(r'<p class="lead">([\d,]+) events?', client.get(html.unescape(address)).text)
        assert number, address
        widened = len(re.findall(r"\b(?:type|actor)=", address)) > 1  # a second value beside the one that is chosen
        if not chosen and not widened:  # choosing one again takes it back
            assert number[1] == n, (label, address)


def test_the_sql_of_a_selection_gives_the_same_events(client: TestClient) -> None:
    import html

    page = client.get("/events?actor=DZA&since=2000-12-01&min_confidence=0.5").text
    number = re.search(r"(\d+) events? chosen", page)
    assert number
    sql = html.unescape(re.search(r"<code>(SELECT.*?)</code></pre>", page, re.DOTALL)[1])  # type: ignore[index]
    answer = client.get("/api/sql", params={"q": sql}).json()
    assert len(answer["rows"]) == int(number[1])


def test_many_years_are_drawn_by_year(tmp_path: Path) -> None:
    from rooms import moved
    from sample_reading import sample_reading

    folder = tmp_path / "archive"
    add(folder, [moved(sample_reading(), f"a{n}", n * 31) for n in range(80)])
    page = room(folder).get("/events?show=chart").text
    assert "Events by year and quad category" in page
    assert "since=2003-01-01" in page


def test_of_many_who_ask_for_the_same_at_once_one_makes_it() -> None:
    import time
    from threading import Thread

    from dragoman.web.library import Kept

    kept, made = Kept(), []

    def make() -> int:
        made.append(1)
        time.sleep(0.05)
        return 7

    got: list[int] = []
    threads = [Thread(target=lambda: got.append(kept.get("page", make))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [7] * 8
    assert len(made) == 1


def test_a_page_that_was_kept_carries_nothing_of_the_first_who_asked(client: TestClient) -> None:
    first = client.get("/", headers={"cookie": "dragoman_seen=1"})
    again = client.get("/", headers={"cookie": "dragoman_seen=1"})
    assert first.text == again.text
    assert len(again.headers.get_list("set-cookie")) == 1
    assert "set-cookie" not in client.get("/codebook").headers
