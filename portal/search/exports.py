"""Any search to take along: a feed of what is new, a calendar of deadlines, a table."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from xml.etree import ElementTree

from icalendar import Calendar, Event

from portal.kernel import clock
from portal.kernel.spreadsheets import csv_line
from portal.kernel.text import clean
from portal.search.sources import Finding
from portal.web.words import gettext as _

FEED_ENTRIES, CALENDAR_ENTRIES, TABLE_ROWS = 50, 500, 10_000
_ATOM = "http://www.w3.org/2005/Atom"
_COLUMNS = ("reference", "kind", "title", "organisation", "place", "remote", "published", "opens", "closes", "address")
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
    """The deadlines of those that have one, and the day on which what is announced opens. Source of the format: RFC 5545."""
    made = Calendar()
    made.add("prodid", "-//Causeway//Deadlines//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", title)
    for row in findings:
        called = f"{row.title} ({row.organisation})"
        for moment, key, summary in (
            (row.opens_at, f"{row.reference}-opens", _("Opens: %(title)s", title=called)),
            (row.closes_at, row.reference, called),
        ):
            if moment is not None:
                made.add_component(_entry(moment, key, summary, address(row.href), address("/")))
    return bytes(made.to_ical())


def _entry(moment: dt.datetime, key: str, summary: str, url: str, home: str) -> Event:
    event = Event()
    event.add("uid", f"{key}@{home.split('//')[1].strip('/')}")
    event.add("dtstamp", clock.now())
    event.add("dtstart", moment)
    event.add("summary", summary)
    event.add("url", url)
    return event


def table(findings: Iterable[Finding], address: Address) -> Iterator[str]:
    """Lines of CSV as spreadsheets read it: with a byte order mark, and nothing that a spreadsheet would run."""
    yield "\ufeff" + csv_line(_COLUMNS)
    for row in findings:
        dates = (row.published_at.date().isoformat(), _minute(row.opens_at), _minute(row.closes_at))
        remote = "yes" if row.remote else "no"
        yield csv_line((row.reference, row.kind, row.title, row.organisation, row.place, remote, *dates, address(row.href)))


def _minute(moment: dt.datetime | None) -> str:
    return moment.isoformat(timespec="minutes") if moment else ""


def _say(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}").text = clean(text)
