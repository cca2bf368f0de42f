"""From a record to an open listing: what is the same for every kind and source."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from portal.imports.models import ImportedRecord
from portal.imports.origins import Origin, content_hash, imported, remember
from portal.imports.reading import Record
from portal.imports.report import Outcome
from portal.imports.running import Importer
from portal.imports.terms import Terms
from portal.imports.text import Form, shortened, start_of, to_line, to_markdown
from portal.imports.values import parse_date, parse_moment
from portal.kernel import clock
from portal.kernel.policy import SYSTEM_ACTOR
from portal.listings.actions import publish_imported, renew_imported
from portal.listings.imports.credits import credit_of
from portal.listings.inputs import MOST_FIELDS, MOST_SKILLS, Written, written
from portal.listings.models import Field, Listing
from portal.listings.queries import fields_coded, keep_vocabulary, listing_in_full
from portal.listings.states import Kind, ListingState
from portal.listings.workflow import LISTING_FLOW
from portal.organisations.imports import Met, Named, organisation_for

TITLE, SUMMARY, DESCRIPTION, PROSE, PLACE = 200, 300, 40_000, 8_000, 200  # characters that a listing holds of each
_CUT = "… *(cut here; the whole text is at the source)*"
_LAST_SECOND = dt.time(23, 59)


@dataclass(frozen=True)
class Draft:
    """What a record says, in the words of a listing. `values` are those of `inputs.written`, without the deadline."""

    by: Named
    values: dict[str, Any]
    closes: tuple[dt.date | None, dt.time | None] = (None, None)
    fields: tuple[str, ...] = field(default=())  # codes of the OECD vocabulary, as far as it has been imported


@dataclass(frozen=True)
class Source:
    """How the records of one kind are told apart and read."""

    kind: Kind
    origin_of: Callable[[Record], Origin]
    read: Callable[[Record], Draft]


def listings_importer(name: str, source: Source, terms: Terms) -> Importer:
    """The importer that brings records of `source` in as open listings, on `terms`."""
    met = Met()
    terms_of_fields: dict[str, Field] = {}

    def upsert(session: Session, record: Record, origin: Origin) -> Outcome:
        keep_vocabulary(session, terms_of_fields)
        content, known = content_hash(record), imported(session, origin)
        if known and known.content_hash == content:
            return Outcome.UNCHANGED
        listing, outcome = _land(session, _Arrival(source.kind, source.read(record), origin, known), terms, met)
        remember(session, known, origin, listing, content=content)
        return outcome

    def forget() -> None:
        met.forget()
        terms_of_fields.clear()

    return Importer(name, source.origin_of, upsert, forget)


def title_of(text: Any, form: Form = "text") -> str:
    """A title that fits."""
    return shortened(to_line(text, form), TITLE) if isinstance(text, str) else ""


def prose(text: Any, form: Form = "text", *, most: int = PROSE) -> str:
    """Markdown that fits, with a visible mark where it had to be cut."""
    return shortened(to_markdown(text, form), most, _CUT) if isinstance(text, str) else ""


def sections(first: str, *others: tuple[str, str]) -> str:
    """One text of several parts, each under its heading; empty parts are left out."""
    parts = [first, *(f"### {heading}\n\n{text}" for heading, text in others if text)]
    return shortened("\n\n".join(part for part in parts if part), DESCRIPTION, _CUT)


def bullets(facts: dict[str, Any]) -> str:
    """Facts as a list; what is not known is left out."""
    return "\n".join(f"- {name}: {to_line(str(fact))}" for name, fact in facts.items() if fact not in (None, "", []))


def summary_of(description: str, *facts: Any) -> str:
    """The start of the text, or where there is none the facts beside one another."""
    return start_of(description, SUMMARY) or shortened(" · ".join(to_line(str(fact)) for fact in facts if fact), SUMMARY)


def skills_of(*texts: Any) -> tuple[str, ...]:
    """The skills that lists and texts name, each short enough for a label."""
    names = [name for text in texts for name in (text if isinstance(text, list) else str(text or "").split(","))]
    short = [to_line(name, "markdown").strip(" .\"'") for name in names if isinstance(name, str)]
    return tuple({name.casefold(): name for name in short if 1 <= len(name) <= 40}.values())[:MOST_SKILLS]


def deadline_of(value: Any, zone: str) -> tuple[dt.date | None, dt.time | None]:
    """Day and time of a deadline on the clocks of `zone`; without a time, the time stays open."""
    moment = parse_moment(value, zone=zone, last=True)
    if moment is None:
        return parse_date(value), None
    local = moment.astimezone(ZoneInfo(zone))
    time = local.time().replace(second=0, microsecond=0)
    return local.date(), None if time == _LAST_SECOND else time


@dataclass(frozen=True)
class _Arrival:
    """A draft that has come in, and what an earlier import made of its record."""

    kind: Kind
    draft: Draft
    origin: Origin
    known: ImportedRecord | None


def _land(session: Session, arrival: _Arrival, terms: Terms, met: Met) -> tuple[Listing, Outcome]:
    draft, origin = arrival.draft, arrival.origin
    text = _text(session, draft, arrival.kind, terms)
    credit = {"source_url": _page(origin.url), "source_note": credit_of(origin)}
    if arrival.known:
        listing = listing_in_full(session, arrival.known.subject_id)
        outcome = Outcome.UPDATED if renew_imported(session, listing, text, **credit) else Outcome.UNCHANGED
    else:
        organisation = organisation_for(session, draft.by, actor=terms.actor, met=met)
        listing = publish_imported(session, text, organisation=organisation, owner_id=terms.owner_for(session), **credit)
        outcome = Outcome.CREATED
    if listing.closes_at is not None and listing.closes_at <= clock.now() and listing.state is ListingState.PUBLISHED:
        LISTING_FLOW.perform(session, listing, "expire", actor=SYSTEM_ACTOR)
    return listing, outcome


def _text(session: Session, draft: Draft, kind: Kind, terms: Terms) -> Written:
    known = fields_coded(session, draft.fields[:MOST_FIELDS]) if draft.fields else ()
    day, time = draft.closes
    whole = written(kind, **draft.values, fields=tuple(term.code for term in known), closes_on=day, closes_time=time)
    if terms.keep_open and whole.core.closes_at is not None and whole.core.closes_at <= clock.now():
        return written(kind, **draft.values, fields=whole.core.fields)
    return whole


def _page(url: str) -> str:
    """The record's page, if it is one on the web that anybody can open."""
    parts = urlsplit(url)
    return url if parts.scheme in ("http", "https") and parts.username is None else ""
