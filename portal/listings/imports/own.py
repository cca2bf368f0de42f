"""Listings of one's own, in the words of the portal's own export: what administrators of an organisation upload.

They come in as drafts of whoever uploaded them, and change afterwards as far as that person may change them on their page.
"""

import dataclasses
import datetime as dt
import re
import types
import typing
from collections.abc import Iterable
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.imports.origins import Origin, content_hash, imported, origin_of, remember
from portal.imports.reading import Record
from portal.imports.report import Outcome
from portal.imports.running import Importer
from portal.imports.terms import Terms, Uploadable
from portal.imports.text import to_line, to_markdown
from portal.imports.values import parse_date
from portal.kernel.errors import Forbidden, Invalid, Refused
from portal.kernel.states import Labelled
from portal.kernel.text import N_, folded
from portal.kernel.units import format_amount
from portal.kernel.zones import known_zones
from portal.listings.actions import draft_listing, edit_listing
from portal.listings.imports.landing import deadline_of
from portal.listings.inputs import DETAIL_INPUTS, ListingCore, Written, written
from portal.listings.models import Field
from portal.listings.queries import FORD, listing_in_full
from portal.listings.states import Kind

_MINOR = "_minor"
_FIELDS = "fields of research by code and name"
_ROWS = ("phases", "sessions")  # of a table's row there is no room for
_MOMENTS = {"opens_at": "opens", "closes_at": "closes"}  # as the export writes them
_LINES = ("title", "place", "currency", "language", "time_zone")
_YES, _NO = ("yes", "true", "1", "y", "x"), ("no", "false", "0", "n")
_TAG = re.compile(r"</(?:p|div|ul|ol|li|h[1-6]|table|span|b|i|strong|em|a)>|<br", re.IGNORECASE)
_CURRENCY = re.compile(r"^[A-Z]{3} |[$€£]| [A-Z]{3}$")  # said beside an amount; which it is, its own column says
_CODES = re.compile(r"\d{1,2}(?:\.\d{1,2})?(?:\s*,\s*\d{1,2}(?:\.\d{1,2})?)*", re.ASCII)


def _typed(kind: Kind) -> dict[str, Any]:
    """Each field with the type of what it holds."""
    both = (*dataclasses.fields(ListingCore), *dataclasses.fields(DETAIL_INPUTS[kind]))
    return {field.name: field.type for field in both if field.name not in _ROWS}


_TYPES = {kind: _typed(kind) for kind in Kind}


def uploadable(kind: Kind) -> Uploadable:
    """Listings of one kind, as people bring them in with a form."""
    fields = ("id", *(name.removesuffix(_MINOR) for name in _TYPES[kind]), *_MOMENTS)
    return Uploadable(kind.label, partial(own_listings, kind), own=True, fields=fields, shown=partial(_shown, kind))


def own_listings(kind: Kind, terms: Terms) -> Importer:
    """The importer of an organisation's own listings. Ids are that organisation's: those of others are never met.

    Raises:
        Forbidden: the terms name no organisation.
    """
    if terms.organisation_id is None:
        raise Forbidden(N_("Say for which organisation these listings are."))
    organisation_id = terms.organisation_id
    source = f"organisation-{organisation_id}-{kind.value}"

    def origin(record: Record) -> Origin:
        return Origin(source, origin_of({"id": record.get("id")}, source).source_id)

    def upsert(session: Session, record: Record, own: Origin) -> Outcome:
        content, known = content_hash(record), imported(session, own)
        if known and known.content_hash == content:
            return Outcome.UNCHANGED
        text = _read(session, kind, record)
        if known is None:
            listing = draft_listing(session, text, organisation_id=organisation_id, actor=terms.actor)
            outcome = Outcome.CREATED
        else:
            listing = listing_in_full(session, known.subject_id)
            if listing.organisation_id != organisation_id:
                raise Refused(N_("The listing it became belongs to another organisation now."))
            outcome = Outcome.UPDATED if edit_listing(session, listing, text, actor=terms.actor) else Outcome.UNCHANGED
        remember(session, known, own, listing, content=content)
        return outcome

    return Importer(str(kind.value), origin, upsert)


def _read(session: Session, kind: Kind, record: Record) -> Written:
    """What a record says; every problem in it at once."""
    given = {name.removesuffix(_MINOR): value for name, value in record.items()}
    values: dict[str, Any] = {}
    for name, expected in _TYPES[kind].items():
        value = given.get(name.removesuffix(_MINOR))
        if value not in (None, "", []):
            values[name] = _value(name, expected, value)
    if isinstance(values.get("fields"), list):
        values["fields"] = _codes(session, values["fields"])
    zone = str(values.get("time_zone") or ListingCore.time_zone)
    for name, which in _MOMENTS.items():
        if record.get(name) and f"{which}_on" not in values and zone in known_zones():  # any other is refused below
            values[f"{which}_on"], values[f"{which}_time"] = _moment(name, record[name], zone)
    return written(kind, **{"title": "", **values})


def _value(name: str, expected: Any, value: Any) -> Any:
    """The value as the inputs want it; what makes no sense is left as it is, for them to refuse."""
    wanted = typing.get_args(expected) if isinstance(expected, types.UnionType) else (expected,)
    if typing.get_origin(expected) is tuple:
        return _several(name, value)
    if dt.date in wanted:
        return _day(name, value)
    if name.endswith(_MINOR):
        return value if isinstance(value, bool) else _CURRENCY.sub("", str(value)).strip()
    if isinstance(expected, type) and issubclass(expected, Labelled):
        return next((each for each in expected if folded(str(value)) in (folded(each.label), folded(str(each.value)))), value)
    if expected is bool:
        return _truth(value)
    if not isinstance(value, str) or expected is not str:
        return value
    return to_line(value) if name in _LINES else to_markdown(value, "html" if _TAG.search(value) else "markdown")


def _several(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    apart = r"[\n;,]" if name != "fields" or _CODES.fullmatch(value.strip()) else r"[\n;]"  # names of fields hold commas
    return [part.strip() for part in re.split(apart, value) if part.strip()]


def _truth(value: Any) -> Any:
    word = folded(str(value))
    return True if word in _YES else False if word in _NO else value


def _day(name: str, value: Any) -> dt.date:
    """A day in any way of writing it that leaves no doubt.

    Raises:
        Invalid: it is none, or 3/4 could be the third of April.
    """
    month_first, day_first = parse_date(value), parse_date(value, day_first=True)
    found = month_first or day_first
    if found is None or (month_first and day_first and month_first != day_first):
        raise Invalid(name, N_("Write the day as 2027-01-15."))
    return found


def _moment(name: str, value: Any, zone: str) -> tuple[dt.date, dt.time | None]:
    day, time = deadline_of(value, zone)
    if day is None:
        raise Invalid(name, N_("Write the day as 2027-01-15."))
    return day, time


def _codes(session: Session, told: Iterable[Any]) -> list[str]:
    """The codes of fields that are told by code or by name; the vocabulary is asked once in a session."""
    known: dict[str, str] | None = session.info.get(_FIELDS)
    if known is None:
        terms = session.execute(select(Field.id, Field.code, Field.label, Field.merged_into_id).where(Field.scheme == FORD)).all()
        codes = {term.id: term.code for term in terms}
        now = [(term, codes[term.merged_into_id or term.id]) for term in terms]
        known = {folded(term.label): code for term, code in now} | {term.code: code for term, code in now}
        session.info[_FIELDS] = known
    return [known.get(text := str(each), known.get(folded(text), text)) for each in told]


def _shown(kind: Kind, session: Session, record: Record) -> Iterable[tuple[str, str]]:
    """What the importer reads, by the name of the column."""
    text = _read(session, kind, record)
    yield "id", origin_of({"id": record.get("id")}, "").source_id
    for part in (text.core, text.details):
        for field in dataclasses.fields(part):
            value, usual = getattr(part, field.name), field.default
            if value != usual and field.name not in _ROWS:
                yield field.name.removesuffix(_MINOR), _told(field.name, value, text.core.currency)


def _told(name: str, value: Any, currency: str) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name.endswith(_MINOR):
        return f"{format_amount(value, currency)} {currency}"
    return ", ".join(value) if isinstance(value, tuple) else str(value)
