"""Dates as calendar programs read them. Source of the format: RFC 5545."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from urllib.parse import urlsplit

from icalendar import Calendar, Event

from portal.board.queries import Dated
from portal.kernel import clock
from portal.kernel.text import N_
from portal.web.words import gettext

REFRESHED = dt.timedelta(hours=1)  # how often programs may well ask


def as_calendar(entries: Iterable[Dated], base: str) -> bytes:
    """A promised day is a whole day, the same wherever it is read; a moment is given in UTC and shown in the reader's zone."""
    made = Calendar()
    made.add("prodid", "-//Causeway//Deadlines//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", gettext(N_("Causeway: deadlines")))
    made.add("refresh-interval", REFRESHED, {"value": "DURATION"})
    for entry in entries:
        made.add_component(_event(entry, base))
    return bytes(made.to_ical())


def _event(entry: Dated, base: str) -> Event:
    event = Event()
    # Known again when it is moved; its name must not tell what it is.
    event.add("uid", f"{hashlib.sha256(entry.key.encode()).hexdigest()[:32]}@{urlsplit(base).hostname or 'localhost'}")
    event.add("dtstamp", clock.now())
    event.add("dtstart", entry.when)
    label = gettext(entry.label).rstrip(":")
    event.add("summary", gettext(N_("%(what)s: %(title)s"), what=label, title=entry.title))
    event.add("url", base + entry.href)
    event.add("transp", "TRANSPARENT")  # nobody is busy because something is due
    return event
