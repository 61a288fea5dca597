"""The pages in a real browser: the Debian `chromium` or another that is installed; none is fetched."""

from __future__ import annotations

import csv
import re
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rooms import add, library, moved, quiet, room
from sample_reading import sample_reading

from dragoman.presentation.html import page_html
from dragoman.web.app import create_app
from dragoman.web.security import Doors

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
PAGES = [
    "/",
    "/mediations",
    "/mediations/ERI-ETH",
    "/mediations/ERI-ETH/brief",
    "/articles",
    "/articles/article0",
    "/events",
    "/events?show=chart",
    "/events?show=map",
    "/actors",
    "/actors/DZA",
    "/codebook",
    "/codebook/AGREE",
    "/articles/article0/events/article0-e1/review",
    "/reviews",
    "/sql?q=SELECT type FROM events",
    "/api",
    "/nothing",
]


def chromium() -> str | None:
    """The browser of this machine."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(chromium() is None, reason="no chromium on this machine: apt-get install chromium"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A reading room that listens."""
    import uvicorn

    folder = tmp_path_factory.mktemp("walked") / "archive"
    add(folder, quiet())
    app = create_app(library(folder), Doors(rate=0))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    for _ in range(200):
        if server.started:
            break
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        # As root, as in most containers, chromium has no sandbox; it sees nothing here but our own pages.
        opened = started.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield opened
        opened.close()


@pytest.fixture(params=SIZES)
def page(browser: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A page of each width that notes what the browser complains of."""
    width, height = SIZES[request.param]
    context = browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True)
    opened = context.new_page()
    opened.set_default_timeout(20_000)
    opened.complaints = []
    opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
    opened.on("console", lambda said: opened.complaints.append(said.text) if said.type == "error" else None)
    opened.on("requestfailed", lambda failed: opened.complaints.append(f"failed: {failed.url}"))
    yield opened
    context.close()


def test_each_page_fits_its_screen_and_the_browser_has_nothing_to_complain_of(page: Any, address: str) -> None:
    for path in PAGES:
        page.complaints.clear()
        # Until all has come that it asked for: going on would break off the icon, and the browser complain of it.
        answer = page.goto(address + path, wait_until="networkidle")
        assert answer.status == (404 if path == "/nothing" else 200)
        assert page.locator("h1").count() == 1
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert beyond <= 0, f"{path} is {beyond} px too wide"
        wrong = [text for text in page.complaints if "404" not in text or path != "/nothing"]
        assert not wrong, path


def test_nothing_is_fetched_from_elsewhere(page: Any, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in PAGES:
        page.goto(address + path)
    assert asked
    assert all(url.startswith((address, "data:")) for url in asked)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault(browser: Any, address: str, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    for width, height in SIZES.values():
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce", bypass_csp=True
        )
        opened = context.new_page()
        for path in PAGES:
            opened.goto(address + path)
            found = axe.Axe().run(opened).response["violations"]
            serious = [
                f"{fault['id']}: {fault['nodes'][0]['html'][:200]}"
                for fault in found
                if fault["impact"] in ("serious", "critical")
            ]
            assert not serious, f"{path} at {width} px, {scheme}"
        context.close()


def test_a_step_is_followed_from_its_mark_to_its_sentence(page: Any, address: str) -> None:
    page.goto(f"{address}/mediations/ERI-ETH")
    page.locator("#chart-timeline .chart a").last.click()
    page.wait_for_url("**/steps/*")
    page.locator(".evidence blockquote a").first.click()
    page.wait_for_url("**/articles/article*#s*")
    target = page.locator(".s:target")
    assert target.count() == 1
    assert target.first.is_visible()


def test_pointing_at_an_event_lights_its_card(browser: Any, address: str) -> None:
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    opened.goto(f"{address}/articles/article0")
    opened.locator("[data-events]").first.hover()
    assert opened.locator(".card.lit").count() == 1
    assert "SUPPORT" in opened.locator(".card.lit").inner_text()
    opened.locator("#show-actor").uncheck()
    background = opened.locator(".text .actor:not(.place):not(.event)").first.evaluate(
        "node => getComputedStyle(node).backgroundColor"
    )
    assert background == "rgba(0, 0, 0, 0)"
    opened.close()


def test_a_mark_says_what_it_is_when_one_points_at_it(browser: Any, address: str) -> None:
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    opened.goto(f"{address}/mediations/ERI-ETH")
    opened.locator("#chart-timeline .chart a").last.hover()
    assert opened.locator(".tip").is_visible()
    assert "2000" in opened.locator(".tip").inner_text() or "1999" in opened.locator(".tip").inner_text()
    opened.close()


def test_an_event_is_corrected_and_stands_so_in_the_export(page: Any, address: str, tmp_path: Path) -> None:
    page.goto(f"{address}/articles/article1")
    page.locator("#event-article1-e1").get_by_role("link", name="Review").click()
    page.get_by_label("Your name").fill("A. Reader")
    page.get_by_label("Note").fill("they only met")
    page.get_by_label("Type").select_option("CONSULT")
    page.get_by_role("button", name="Keep the correction").click()
    page.wait_for_url("**/articles/article1#event-article1-e1")
    assert "Corrected by A. Reader" in page.locator("#event-article1-e1").inner_text()
    page.goto(f"{address}/events?article=article1")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    download.value.save_as(tmp_path / "events.csv")
    with (tmp_path / "events.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["event"]: row for row in csv.DictReader(file)}
    assert rows["article1-e1"]["type"] == "CONSULT"
    assert rows["article1-e1"]["coded_type"] == "SUPPORT"
    assert rows["article1-e1"]["review_note"] == "they only met"


def test_every_link_of_a_chart_shows_where_the_keyboard_stands(browser: Any, address: str) -> None:
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    opened.goto(f"{address}/mediations/ERI-ETH")
    ring = opened.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--focus').trim()")
    opened.locator("#chart-timeline .scroll").focus()
    stroke = """() => {
        const mark = document.activeElement.querySelector("path, line");
        const probe = document.createElement("i");
        probe.style.color = "%s";
        document.body.append(probe);
        return getComputedStyle(mark).stroke === getComputedStyle(probe).color;
    }"""
    seen = set()
    for _ in range(60):
        opened.keyboard.press("Tab")
        if opened.evaluate("Boolean(document.activeElement.closest('.chart'))"):
            seen.add(opened.evaluate("document.activeElement.firstElementChild.tagName"))
            assert opened.evaluate(stroke % ring)
    assert seen == {"path", "line"}
    opened.close()


def test_on_a_phone_a_network_begins_with_its_middle_where_the_parties_stand(browser: Any, address: str) -> None:
    opened = browser.new_page(viewport={"width": 390, "height": 844})
    opened.goto(f"{address}/mediations/ERI-ETH")
    for chart in ("#chart-world", "#chart-network"):
        left, most = opened.locator(f"{chart} .scroll").evaluate("e => [e.scrollLeft, e.scrollWidth - e.clientWidth]")
        assert most > 0
        assert abs(left - most / 2) < 2
    opened.close()


def test_on_a_phone_those_whom_an_actor_deals_with_need_no_scrolling(browser: Any, address: str) -> None:
    opened = browser.new_page(viewport={"width": 390, "height": 844})
    opened.goto(f"{address}/actors/DZA")
    assert opened.locator("table.deals").evaluate("e => e.parentElement.scrollWidth - e.parentElement.clientWidth") == 0
    assert opened.locator("table.deals").get_by_role("link", name="by them").first.is_visible()
    opened.close()


def test_a_long_reason_does_not_widen_what_it_stands_in(page: Any, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    reading = sample_reading()
    why = "given " + "|".join(["independence", "amnesty", "citizenship", "representation"] * 8)
    reading = replace(reading, events=tuple(replace(event, why=why) for event in reading.events))
    add(folder, [moved(reading, "reasoned")])
    shown = page_of(folder, "/articles/reasoned")
    for text, held in ((shown, ".card"), (page_html("One", [reading], []), ".dragoman-scroll")):
        page.set_content(text)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        wider = page.locator(held).evaluate_all("all => all.map(e => e.scrollWidth - e.clientWidth)")
        assert wider
        assert max(wider) == 0


def page_of(folder: Path, address: str) -> str:
    """A page of a room with its style in it, so that it needs no server."""
    from dragoman.web import pages

    text = room(folder).get(address).text
    style = (Path(pages.__file__).parent / "static" / "style.css").read_text(encoding="utf-8")
    return re.sub(r'<link rel="stylesheet"[^>]*>', lambda _: f"<style>{style}</style>", text)


def test_a_brief_is_printed_without_the_room_around_it(browser: Any, address: str) -> None:
    opened = browser.new_page()
    opened.goto(f"{address}/mediations/ERI-ETH/brief")
    opened.emulate_media(media="print")
    assert not opened.locator(".top").is_visible()
    assert not opened.locator(".tools").is_visible()
    assert opened.locator("h1").is_visible()
    paper = opened.pdf(format="A4")
    assert paper.startswith(b"%PDF")
    assert len(paper) > 5000
    opened.close()


def test_the_room_is_walked_by_keyboard_alone(browser: Any, address: str) -> None:
    opened = browser.new_page()
    opened.goto(address)
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.className") == "skip"
    opened.keyboard.press("Enter")
    assert opened.evaluate("location.hash") == "#main"
    opened.keyboard.press("/")
    assert opened.evaluate("document.activeElement.id") == "find"
    opened.keyboard.type("Algiers")
    opened.keyboard.press("Enter")
    opened.wait_for_url("**/articles?q=Algiers")
    assert opened.locator(".articles li").count() == 3
    opened.close()


def test_every_page_works_without_scripts(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.goto(f"{address}/mediations/ERI-ETH")
    assert opened.locator("#chart-timeline svg path").count() > 3
    opened.locator("details summary").first.click()
    opened.goto(f"{address}/events")
    opened.locator("details.more summary").click()
    opened.locator("#f-type").select_option("AGREE")
    opened.get_by_role("button", name="Choose").click()
    opened.wait_for_url("**type=AGREE**")
    assert opened.locator("table.events tbody tr").count() == 3
    context.close()
