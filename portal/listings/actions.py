"""Writing listings: begun, changed, taken over from a source, closed when their time has come."""

import dataclasses
import datetime as dt
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.kernel import clock
from portal.kernel.db import add_unique
from portal.kernel.errors import Forbidden, Invalid
from portal.kernel.events import record
from portal.kernel.inputs import line
from portal.kernel.policy import SYSTEM_ACTOR, Actor, require
from portal.kernel.text import N_
from portal.listings.events import ListingChanged, ListingDrafted
from portal.listings.inputs import DETAIL_INPUTS, Written, shown_by_clocks, source_address, written
from portal.listings.models import DETAILS, Field, Listing, Skill
from portal.listings.policies import COPY, EDIT, POSTERS
from portal.listings.queries import FORD, fields_coded, listing_from_form
from portal.listings.states import ListingState
from portal.listings.workflow import LISTING_FLOW

CLOSED_AT_ONCE = 500  # listings that one run closes; the next run goes on
_OWN_COLUMNS = ("title", "summary", "description", "language", "place", "remote", "time_zone")
_FIXED_ONCE_OPEN = ("visibility", "intake", "currency")


def draft_listing(
    session: Session, written: Written, *, organisation_id: int, actor: Actor, form_key: str | None = None
) -> Listing:
    """Begin a listing for an organisation. A `form_key` makes sending the same form twice one listing.

    Raises:
        Forbidden: `actor` may not post for this organisation.
        Invalid: one of the fields is not in the vocabulary.
    """
    if actor.id is None or organisation_id not in actor.organisations_as(*POSTERS):
        raise Forbidden(N_("You need the role “poster” in this organisation. Its administrators can give it to you."))
    if form_key and (known := listing_from_form(session, actor.id, form_key)):
        return known
    listing = _new(session, written, organisation_id, actor.id)
    listing.form_key = form_key or None
    if not add_unique(session, listing) and form_key and (known := listing_from_form(session, actor.id, form_key)):
        return known  # the same form arrived in another request at this very moment
    record(session, ListingDrafted(), actor=actor, subject=listing)
    return listing


def copy_listing(session: Session, listing: Listing, *, actor: Actor, form_key: str | None = None) -> Listing:
    """Begin a listing that says what another, loaded in `FULL`, says: all but its dates, its files and where it stands.

    Raises:
        Forbidden: `actor` may not read it, not post for its organisation, or it was taken over from a source.
        Invalid: it says something that no listing may say any more.
    """
    require(COPY, actor, listing)
    core = {name: getattr(listing, name) for name in (*_OWN_COLUMNS, *_FIXED_ONCE_OPEN)}
    own = {field.name: getattr(listing.detail, field.name) for field in dataclasses.fields(DETAIL_INPUTS[listing.kind])}
    undated = {name: value for name, value in own.items() if not name.endswith("_on")}
    codes = [term.code for term in listing.fields if term.scheme == FORD]
    text = written(listing.kind, **core, **undated, skills=listing.skills, fields=codes)
    return draft_listing(session, text, organisation_id=listing.organisation_id, actor=actor, form_key=form_key)


def edit_listing(session: Session, listing: Listing, written: Written, *, actor: Actor) -> bool:
    """Change the text and facts of a listing loaded in `FULL`; returns whether anything differs now.

    What is open already may be clarified and prolonged: those who answered are told of every change.

    Raises:
        Forbidden: `actor` may not change it in its present state.
        Invalid: a field is not in the vocabulary, or is fixed since the listing is open.
    """
    require(EDIT, actor, listing)
    if listing.is_open:
        _require_clarification(listing, written)
    return _change(session, listing, written, actor)


def publish_imported(
    session: Session, written: Written, *, organisation_id: int, owner_id: int, source_url: str = "", source_note: str = ""
) -> Listing:
    """A record of a public source as an open listing. `source_note` names source and licence; it is shown with the text.

    Raises:
        Invalid: one of the fields is not in the vocabulary, or the source's address is none.
    """
    listing = _new(session, written, organisation_id, owner_id)
    _credit(listing, source_url, source_note)
    session.add(listing)
    record(session, ListingDrafted(), actor=SYSTEM_ACTOR, subject=listing)
    LISTING_FLOW.perform(session, listing, "take_over", actor=SYSTEM_ACTOR)
    return listing


def renew_imported(session: Session, listing: Listing, written: Written, *, source_url: str = "", source_note: str = "") -> bool:
    """Bring a listing loaded in `FULL` to the state its source's record has now; returns whether anything differs now."""
    _credit(listing, source_url, source_note)
    return _change(session, listing, written, SYSTEM_ACTOR)


def close_due(session: Session) -> int:
    """Close the listings whose deadline has passed; returns how many. Run twice, it closes nothing twice."""
    due = (
        select(Listing)
        .where(Listing._state == ListingState.PUBLISHED, Listing.closes_at <= clock.now())
        .order_by(Listing.closes_at)
        .limit(CLOSED_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    listings = session.scalars(due).all()
    for listing in listings:
        LISTING_FLOW.perform(session, listing, "expire", actor=SYSTEM_ACTOR)
    return len(listings)


def add_field(session: Session, scheme: str, code: str, label: str, *, parent: str = "") -> tuple[Field, bool]:
    """A term of a field vocabulary as it reads now; returns it and whether that changed anything."""
    return _add_term(
        session, Field, scheme, code, {"label": line("label", label), "parent": line("parent", parent, required=False)}
    )


def add_skill(session: Session, scheme: str, code: str, label: str, *, description: str = "") -> tuple[Skill, bool]:
    """A term of a skill vocabulary as it reads now; returns it and whether that changed anything."""
    return _add_term(session, Skill, scheme, code, {"label": line("label", label), "description": description})


def _new(session: Session, written: Written, organisation_id: int, owner_id: int) -> Listing:
    now = clock.now()
    listing = Listing(kind=written.kind, organisation_id=organisation_id, owner_id=owner_id, created_at=now, updated_at=now)
    listing.field_links = []
    setattr(listing, str(written.kind.value), DETAILS[written.kind]())
    _write(session, listing, written)
    return listing


def _change(session: Session, listing: Listing, written: Written, actor: Actor) -> bool:
    _write(session, listing, written)
    if not (session.is_modified(listing) or session.is_modified(listing.detail)):
        return False
    listing.updated_at = clock.now()
    session.flush()
    record(session, ListingChanged(material=listing.is_open), actor=actor, subject=listing)
    return True


def _write(session: Session, listing: Listing, written: Written) -> None:
    """Put the text into the rows. Equal values are passed over, so that an unchanged listing stays unmodified."""
    core = written.core
    others = [term for term in listing.fields if term.scheme != FORD]  # of imported records; nobody chooses those
    chosen = _known_fields(session, core.fields)
    for name in (*_OWN_COLUMNS, *_FIXED_ONCE_OPEN):
        _put(listing, name, getattr(core, name))
    _put(listing, "skills", list(core.skills))
    _put(listing, "closes_at", _deadline(listing, written))
    for field in dataclasses.fields(written.details):
        _put(listing.detail, field.name, getattr(written.details, field.name))
    if {term.id for term in listing.fields} != {term.id for term in (*others, *chosen)}:
        listing.fields = [*others, *chosen]


def _put(row: Any, name: str, value: Any) -> None:
    if getattr(row, name) != value:
        setattr(row, name, value)


def _deadline(listing: Listing, written: Written) -> dt.datetime | None:
    """The deadline as written – or the one there is, if clocks show the same: seconds and repeated hours are not lost."""
    known, wanted, zone = listing.closes_at, written.core.closes_at, written.core.time_zone
    if known is not None and wanted is not None and shown_by_clocks(known, zone) == shown_by_clocks(wanted, zone):
        return known
    return wanted


def _known_fields(session: Session, codes: tuple[str, ...]) -> list[Field]:
    found = list(fields_coded(session, codes)) if codes else []
    if len(found) < len(codes):
        raise Invalid("fields", N_("Choose from the fields shown."))
    return found


def _require_clarification(listing: Listing, written: Written) -> None:
    for name in _FIXED_ONCE_OPEN:
        if getattr(written.core, name) != getattr(listing, name):
            raise Invalid(name, N_("This cannot change any more: the listing is open and people rely on it."))
    before, after = listing.closes_at, _deadline(listing, written)
    if before is not None and after is not None and after < before:
        raise Invalid("closes_on", N_("People rely on the deadline: choose the same or a later one, or close the listing."))
    if after is not None and after != before and after <= clock.now():
        raise Invalid("closes_on", N_("Choose a deadline that is still to come."))


def _credit(listing: Listing, url: str, note: str) -> None:
    _put(listing, "source_url", source_address(url))
    _put(listing, "source_note", line("source_note", note, most=300, required=False))


def _add_term(session: Session, model: Any, scheme: str, code: str, values: dict[str, str]) -> tuple[Any, bool]:
    term = session.scalars(select(model).where(model.scheme == scheme, model.code == code)).one_or_none()
    if term is None:
        term = model(scheme=line("scheme", scheme, most=40), code=line("code", code, most=200), **values)
        session.add(term)
        return term, True
    for name, value in values.items():
        _put(term, name, value)
    return term, session.is_modified(term)
