"""Places that fill up: counted by the owner, and by the portal for each answer that becomes a collaboration."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from portal.kernel.db import require_version
from portal.kernel.errors import Invalid
from portal.kernel.events import record
from portal.kernel.policy import SYSTEM_ACTOR, Actor, require
from portal.kernel.text import N_
from portal.listings.events import ListingPlacesCounted
from portal.listings.inputs import Places
from portal.listings.models import Listing
from portal.listings.policies import COUNT_PLACES
from portal.listings.states import ListingState
from portal.listings.workflow import LISTING_FLOW


def count_places(session: Session, listing: Listing, places: Places, *, actor: Actor, version: str | None = None) -> None:
    """Say how many places are filled; with the last one the listing closes.

    Raises:
        Forbidden: it is not `actor`'s, is not open yet, or nobody counts its places.
        Invalid: there are not so many.
        Stale: `version`, the one the form was drawn from, is no longer the present one.
    """
    require(COUNT_PLACES, actor, listing)
    require_version(listing, version)
    if places.filled > (listing.capacity or 0):
        raise Invalid("filled", N_("It has %(capacity)s places."), capacity=listing.capacity)
    if listing.filled == places.filled:
        return
    listing.filled = places.filled
    session.flush()
    record(session, ListingPlacesCounted(places.filled), actor=actor, subject=listing)
    _close_if_full(session, listing)


def fill_place(session: Session, listing: Listing) -> None:
    """One answer more was taken on. Written beside the listing's version: its owner changed nothing."""
    session.execute(update(Listing).where(Listing.id == listing.id).values(filled=Listing.filled + 1))
    session.refresh(listing, ["filled"])
    if listing.capacity is None:
        return
    record(session, ListingPlacesCounted(listing.filled), actor=SYSTEM_ACTOR, subject=listing)
    _close_if_full(session, listing)


def _close_if_full(session: Session, listing: Listing) -> None:
    if listing.is_full and listing.state is ListingState.PUBLISHED:
        LISTING_FLOW.perform(session, listing, "fill", actor=SYSTEM_ACTOR)
