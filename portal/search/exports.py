"""Any search to take along: a feed of what is new, a calendar of deadlines, a table."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from xml.etree import ElementTree

from icalendar import Calendar, Event

from portal.kernel import clock
from portal.kernel.spreadsheets import csv_line
from portal.kernel.text import clean
from portal.search.sources import Finding

FEED_ENTRIES, CALENDAR_ENTRIES, TABLE_ROWS = 50, 500, 10_000
_ATOM = "http://www.w3.org/2005/Atom"
_COLUMNS = ("reference", "kind", "title", "organisation", "place", "remote", "published", "closes", "address")
Address = Callable[[str], str]  # path → whole address


def atom(title: str, own: str, findings: Iterable[Finding], address: Address) -> str:
    """A feed, the newest first. `own` is the path of the feed itself. Source of the format: RFC 4287."""
    ElementTree.register_namespace("", _ATOM)
    rows = list(findings)
    feed = ElementTree.Element(f"{{{_ATOM}}}feed")
    _say(feed, "title", title)
    _say(feed, "id", address(own))
    _say(feed, "updated", max((row.published_at for row in rows), default=dt.datetime(2026, 1, 1, tzinfo=dt.UTC)).isoformat())
    ElementTree.SubElement(feed, f"{{{_ATOM}}}link", rel="self", href=address(own))
    for row in rows:
        entry = ElementTree.SubElement(feed, f"{{{_ATOM}}}entry")
        _say(entry, "title", row.title)
        _say(entry, "id", address(row.href))
        _say(entry, "updated", row.published_at.isoformat())
        _say(entry, "summary", row.summary)
        ElementTree.SubElement(entry, f"{{{_ATOM}}}link", rel="alternate", href=address(row.href))
        _say(ElementTree.SubElement(entry, f"{{{_ATOM}}}author"), "name", row.organisation)
    return ElementTree.tostring(feed, encoding="unicode", xml_declaration=True)


def calendar(title: str, findings: Iterable[Finding], address: Address) -> bytes:
    """The deadlines of those that have one. Source of the format: RFC 5545."""
    made = Calendar()
    made.add("prodid", "-//Causeway//Deadlines//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", title)
    for row in findings:
        if row.closes_at is None:
            continue
        event = Event()
        event.add("uid", f"{row.reference}@{address('/').split('//')[1].strip('/')}")
        event.add("dtstamp", clock.now())
        event.add("dtstart", row.closes_at)
        event.add("summary", f"{row.title} ({row.organisation})")
        event.add("url", address(row.href))
        made.add_component(event)
    return bytes(made.to_ical())


def table(findings: Iterable[Finding], address: Address) -> Iterator[str]:
    """Lines of CSV as spreadsheets read it: with a byte order mark, and nothing that a spreadsheet would run."""
    yield "\ufeff" + csv_line(_COLUMNS)
    for row in findings:
        closes = row.closes_at.isoformat(timespec="minutes") if row.closes_at else ""
        dates = (row.published_at.date().isoformat(), closes)
        remote = "yes" if row.remote else "no"
        yield csv_line((row.reference, row.kind, row.title, row.organisation, row.place, remote, *dates, address(row.href)))


def _say(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}").text = clean(text)
