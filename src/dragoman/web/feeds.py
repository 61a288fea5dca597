"""New steps of mediations as Atom and RSS, the newest first."""

from __future__ import annotations

from datetime import UTC, date, datetime
from email.utils import format_datetime
from xml.etree import ElementTree as ET

from dragoman.mediation import FileStep, MediationFile, Report
from dragoman.mediation.wording import step_sentence
from dragoman.presentation import wording
from dragoman.web import urls
from dragoman.web.library import Shelf
from dragoman.web.views.parts import title

MEDIA_TYPES = {"atom": "application/atom+xml; charset=utf-8", "rss": "application/rss+xml; charset=utf-8"}
_ENTRIES = 60
_ATOM = "http://www.w3.org/2005/Atom"


def feed(shelf: Shelf, base: str, kind: str, identifier: str | None = None) -> bytes:
    """The feed of one mediation, or of all.

    Args:
        base: scheme and host that the links begin with.
        kind: ``atom`` or ``rss``.

    Raises:
        DragomanError: there is no mediation of that id.
    """
    files = [shelf.file(identifier)] if identifier is not None else list(shelf.files())
    name = f"Mediation {title(files[0], shelf)}" if identifier is not None else "Mediations"
    page = base + (urls.mediation(identifier) if identifier is not None else urls.mediations())
    address = base + urls.feed(kind, identifier)
    entries = newest(files)
    return (
        _atom(entries, shelf, base, name, page, address) if kind == "atom" else _rss(entries, shelf, base, name, page)
    )


Entry = tuple[date, MediationFile, FileStep, Report]


def newest(files: list[MediationFile], most: int = _ENTRIES) -> list[Entry]:
    """The steps that were first reported last, each with its first report."""
    found: list[Entry] = []
    for file in files:
        by_id = {report.id: report for report in file.reports}
        for item in file.steps:
            told = [by_id[report] for report in item.reports if report in by_id]
            if told:
                first = min(told, key=lambda report: (report.published, report.id))
                found.append((first.published, file, item, first))
    return sorted(found, key=lambda entry: (-entry[0].toordinal(), entry[1].id, entry[2].id))[:most]


def _midday(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def _clean(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(
        c for c in text if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff" and not "\ud800" <= c <= "\udfff")
    )


def _words(item: FileStep, shelf: Shelf) -> str:
    return _clean(f"{wording.days(item.step.when)}: {step_sentence(item.step, shelf.names.__getitem__)}")


def _atom(entries: list[Entry], shelf: Shelf, base: str, name: str, page: str, address: str) -> bytes:
    root = ET.Element("feed", xmlns=_ATOM)
    ET.SubElement(root, "title").text = _clean(name)
    ET.SubElement(root, "id").text = address
    ET.SubElement(root, "link", rel="self", href=address)
    ET.SubElement(root, "link", rel="alternate", href=page, type="text/html")
    ET.SubElement(root, "updated").text = _midday(entries[0][0] if entries else date(1970, 1, 1)).isoformat()
    ET.SubElement(ET.SubElement(root, "author"), "name").text = "Dragoman"
    for day, file, item, report in entries:
        entry = ET.SubElement(root, "entry")
        ET.SubElement(entry, "title").text = _words(item, shelf)
        ET.SubElement(entry, "id").text = f"urn:dragoman:{urls.step(file.id, item.id)[1:].replace('/', ':')}"
        ET.SubElement(entry, "link", rel="alternate", href=base + urls.step(file.id, item.id), type="text/html")
        ET.SubElement(entry, "updated").text = _midday(day).isoformat()
        ET.SubElement(entry, "category", term=item.step.kind)
        ET.SubElement(entry, "summary").text = _clean(report.quote)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _rss(entries: list[Entry], shelf: Shelf, base: str, name: str, page: str) -> bytes:
    root = ET.Element("rss", version="2.0")
    channel = ET.SubElement(root, "channel")
    ET.SubElement(channel, "title").text = _clean(name)
    ET.SubElement(channel, "link").text = page
    ET.SubElement(channel, "description").text = "Steps of mediations, the newest first"
    for day, file, item, report in entries:
        entry = ET.SubElement(channel, "item")
        ET.SubElement(entry, "title").text = _words(item, shelf)
        ET.SubElement(entry, "link").text = base + urls.step(file.id, item.id)
        ET.SubElement(entry, "guid", isPermaLink="false").text = f"{file.id}/{item.id}"
        ET.SubElement(entry, "pubDate").text = format_datetime(_midday(day))
        ET.SubElement(entry, "category").text = item.step.kind
        ET.SubElement(entry, "description").text = _clean(report.quote)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))
