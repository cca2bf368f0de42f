"""What may still change in an open listing, and the record of what did."""

import dataclasses
import datetime as dt
from functools import partial
from typing import Any

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from portal.kernel import clock
from portal.kernel.errors import Invalid
from portal.kernel.inputs import gather
from portal.kernel.prepared import Change
from portal.kernel.states import Labelled
from portal.kernel.text import N_
from portal.kernel.units import format_amount
from portal.listings.inputs import DETAIL_INPUTS, shown_by_clocks
from portal.listings.models import Listing, ListingClarification
from portal.listings.states import Kind

CLARIFIABLE = ("summary", "description", "closes_at", "questions_until")  # whatever else it says holds once somebody proposed
_LISTINGS = Listing.metadata.tables[Listing.__tablename__]
_UNANSWERED = update(_LISTINGS).where(_LISTINGS.c.id == bindparam("listing"), _LISTINGS.c.answered_at.is_(None))
_FIRST_PROPOSAL = Change(_UNANSWERED.values(answered_at=bindparam("now")), "listing", "now")
_SAID = ("title", "summary", "description", "language", "place", "remote", "skills", "closes_at", "questions_until", "capacity")


def note_first_proposal(session: Session, listing_id: int) -> None:
    """From now on the listing can only be made clearer. Written beside its version: its owner changed nothing."""
    _FIRST_PROPOSAL.make(session.connection(), {"listing": listing_id, "now": clock.now()})


def said(listing: Listing) -> dict[str, str]:
    """What a listing loaded in `FULL` says, field by field, as text."""
    own = {field.name: getattr(listing.detail, field.name) for field in dataclasses.fields(DETAIL_INPUTS[listing.kind])}
    names = [name for name in _SAID if name != "capacity" or listing.kind is not Kind.INTERNSHIP]  # that says its places
    core = {name: getattr(listing, name) for name in names} | {"fields": sorted(term.label for term in listing.fields)}
    return {name: _as_text(name, value, listing) for name, value in (core | own).items()}


def keep_clarification(session: Session, listing: Listing, before: dict[str, str]) -> None:
    """Add to the record what the listing says differently from `before`.

    Raises:
        Invalid: it is something that holds since somebody answered with a proposal.
    """
    after = said(listing)
    changed = [name for name in after if after[name] != before[name]]
    if listing.answered_at is not None:
        gather(*(partial(_refuse, name) for name in changed if name not in CLARIFIABLE))
    now = clock.now()
    newest = select(func.max(ListingClarification.number)).where(ListingClarification.listing_id == listing.id)
    session.add(
        ListingClarification(
            listing_id=listing.id,
            number=(session.scalar(newest) or 0) + 1,
            at=now,
            changes=[[name, before[name], after[name]] for name in changed],
        )
    )
    listing.clarified_at = now


def _refuse(name: str) -> None:
    raise Invalid(name, N_("This holds since somebody answered with a proposal. Explain in the description what is not clear."))


def _as_text(name: str, value: Any, listing: Listing) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "✓" if value else "–"
    if isinstance(value, Labelled):
        return value.label
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, tuple):
        return "\n".join(str(row) for row in value)
    if isinstance(value, dt.datetime):
        day, time = shown_by_clocks(value, listing.time_zone)
        return f"{day} {time:%H:%M} {listing.time_zone}"
    return f"{format_amount(value, listing.currency)} {listing.currency}" if name.endswith("_minor") else str(value)
