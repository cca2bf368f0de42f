"""Reads over annexes."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.annexes.models import Annex
from portal.listings.models import Listing
from portal.listings.queries import OUTLINE

WITH_LISTING = (joinedload(Annex.listing).load_only(*OUTLINE),)


def annex_of(session: Session, listing: Listing) -> Annex | None:
    """The annex of this listing."""
    return session.scalars(select(Annex).where(Annex.listing_id == listing.id)).one_or_none()
