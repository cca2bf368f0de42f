"""Writing listings: begun, copied, changed."""

import dataclasses
import datetime as dt
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from portal.files.queries import files_for
from portal.imports.origins import forget
from portal.kernel import clock
from portal.kernel.db import add_unique
from portal.kernel.errors import Forbidden, Invalid, Refused
from portal.kernel.events import record
from portal.kernel.policy import Actor, require
from portal.kernel.text import N_
from portal.listings.actions.clarifying import keep_clarification, said
from portal.listings.events import ListingChanged, ListingDiscarded, ListingDrafted
from portal.listings.inputs import DETAIL_INPUTS, InternshipInput, Written, shown_by_clocks, written
from portal.listings.models import DETAILS, Field, Listing
from portal.listings.policies import COPY, DISCARD, EDIT, POSTERS
from portal.listings.queries import FORD, fields_coded, listing_from_form, listing_in_full
from portal.listings.states import ListingState

_OWN_COLUMNS = ("title", "summary", "description", "language", "place", "remote", "time_zone")
_OWN_DATES = ("questions_until",)
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
        return known if known.kind is not written.kind else _written_again(session, known, written, actor)
    listing = begin(session, written, organisation_id, actor.id)
    listing.form_key = form_key or None
    if not add_unique(session, listing) and form_key and (known := listing_from_form(session, actor.id, form_key)):
        return known  # the same form arrived in another request at this very moment
    record(session, ListingDrafted(), actor=actor, subject=listing)
    return listing


def _written_again(session: Session, known: Listing, written: Written, actor: Actor) -> Listing:
    """The draft that the very same form made before, with what the form says now: somebody went back and wrote on."""
    if known.state is ListingState.DRAFT and known.published_at is None:
        change(session, listing_in_full(session, known.id), written, actor)
    return known


def copy_listing(session: Session, listing: Listing, *, actor: Actor, form_key: str | None = None) -> Listing:
    """Begin a listing that says what another, loaded in `FULL`, says: all but its dates, its files and where it stands.

    Raises:
        Forbidden: `actor` may not read it, not post for its organisation, or it was taken over from a source.
        Invalid: it says something that no listing may say any more.
    """
    require(COPY, actor, listing)
    text = written(listing.kind, **repeatable(listing))
    return draft_listing(session, text, organisation_id=listing.organisation_id, actor=actor, form_key=form_key)


def repeatable(listing: Listing) -> dict[str, Any]:
    """What a listing loaded in `FULL` says that another may say as well: all but dates, in phases and sessions too."""
    core = {name: getattr(listing, name) for name in (*_OWN_COLUMNS, *_FIXED_ONCE_OPEN, "capacity")}
    own = {field.name: getattr(listing.detail, field.name) for field in dataclasses.fields(DETAIL_INPUTS[listing.kind])}
    undated = {name: value for name, value in own.items() if not name.endswith("_on") and name != "sessions"}
    if "phases" in undated:
        undated["phases"] = tuple(dataclasses.replace(phase, ends_on=None) for phase in undated["phases"])
    codes = [term.code for term in listing.fields if term.scheme == FORD]
    return {**core, **undated, "skills": listing.skills, "fields": codes}


def discard_draft(session: Session, listing: Listing, *, actor: Actor) -> None:
    """Remove a draft that nobody else ever read; what happened to it stays in the log.

    Raises:
        Forbidden: it is not `actor`'s, or was sent or open before.
        Refused: files hang on it.
    """
    require(DISCARD, actor, listing)
    if files_for(session, actor, "listing", listing.id):
        raise Refused(N_("Remove its files first."))
    if listing.has_annex:
        raise Refused(N_("Remove its confidential annex first."))
    record(session, ListingDiscarded(), actor=actor, subject=listing)
    forget(session, listing)
    session.execute(delete(Listing).where(Listing.id == listing.id, Listing.version == listing.version))
    session.expunge(listing)


def note_annex(session: Session, listing: Listing, *, there_is: bool) -> None:
    """Whether a confidential annex belongs to the listing, said by whoever keeps annexes. Its text is no other for that."""
    session.execute(update(Listing).where(Listing.id == listing.id).values(has_annex=there_is))
    session.expire(listing, ["has_annex"])


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
        if listing.closes_at is not None and written.core.closes_at is None:
            listing.renewed_at = clock.now()  # from now on it is the year without a deadline that counts
    return change(session, listing, written, actor)


def begin(session: Session, written: Written, organisation_id: int, owner_id: int) -> Listing:
    """A listing that says what is written, not yet added to the session."""
    now = clock.now()
    listing = Listing(kind=written.kind, organisation_id=organisation_id, owner_id=owner_id, created_at=now, updated_at=now)
    listing.field_links = []
    setattr(listing, str(written.kind.value), DETAILS[written.kind]())
    _write(session, listing, written)
    return listing


def change(session: Session, listing: Listing, written: Written, actor: Actor) -> bool:
    """Let the listing say what is written; returns whether anything differs now, and then there is a fact about it."""
    before = said(listing) if listing.is_open and actor.is_person else None
    _write(session, listing, written)
    if not (session.is_modified(listing) or session.is_modified(listing.detail)):
        return False
    if before is not None:
        with session.no_autoflush:
            keep_clarification(session, listing, before)
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
        put(listing, name, getattr(core, name))
    internship = written.details if isinstance(written.details, InternshipInput) else None
    put(listing, "capacity", internship.places if internship else core.capacity)
    for name in _OWN_DATES:
        put(listing, name, getattr(core, name))
    put(listing, "skills", list(core.skills))
    put(listing, "closes_at", _deadline(listing, written))
    if listing.published_at is None:
        put(listing, "opens_at", core.opens_at)
        put(listing, "announces", core.announces)
    for field in dataclasses.fields(written.details):
        put(listing.detail, field.name, getattr(written.details, field.name))
    if {term.id for term in listing.fields} != {term.id for term in (*others, *chosen)}:
        listing.fields = [*others, *chosen]


def put(row: Any, name: str, value: Any) -> None:
    """Set a value unless it is there already, so that what did not change is not written."""
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
