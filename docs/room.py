"""Draw docs/room.png, article.png and events.png anew: pages of the reading room over the articles that ship.

    python docs/room.py [ARCHIVE]

Without an archive, the samples are read into one first. Needs the extras `dev` and a chromium.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

import dragoman

HERE = Path(__file__).parent
CHROMIUM = "/usr/bin/chromium"
ADDRESS = "http://127.0.0.1:8793"
# What each picture shows: the page, the part of it to begin with, and how much of it in pixels.
PICTURES = {
    "room": ("/mediations/RUS-UKR", "main", (1160, 760)),
    "article": ("/articles/{article}", "main", (1160, 760)),
    "events": ("/events?show=chart", "main", (1160, 760)),
}


def main() -> None:
    """Serve the archive, look at it, and write what is seen."""
    with tempfile.TemporaryDirectory() as temporary:
        archive = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(temporary) / "archive"
        if not archive.exists():
            subprocess.run([sys.executable, "-m", "dragoman", "ingest", str(HERE.parent / "samples"), "--archive",
                            str(archive)], check=True)  # fmt: skip
        article = min(dragoman.open(archive).mediation("RUS-UKR").articles)
        room = subprocess.Popen([sys.executable, "-m", "dragoman", "serve", str(archive), "--port", ADDRESS[-4:]])
        try:
            _wait()
            with sync_playwright() as play:
                browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
                for name, (path, part, (width, height)) in PICTURES.items():
                    page = browser.new_page(viewport={"width": width, "height": height})
                    page.goto(ADDRESS + path.format(article=article))
                    box = page.locator(part).bounding_box()
                    top = box["y"] if box else 0
                    clip = {"x": 0, "y": top, "width": width, "height": height}
                    page.screenshot(path=str(HERE / f"{name}.png"), full_page=True, clip=clip)
                browser.close()
        finally:
            room.terminate()
            room.wait()


def _wait() -> None:
    for _ in range(120):
        try:
            urllib.request.urlopen(ADDRESS, timeout=1)
            return
        except OSError:
            time.sleep(0.5)
    raise SystemExit("the reading room did not open")


if __name__ == "__main__":
    main()
