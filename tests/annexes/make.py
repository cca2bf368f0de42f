"""Annexes for tests of rules."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.annexes.models import Annex
from portal.kernel import clock
from portal.listings.models import Listing


def annex_every_other(session: Session) -> None:
    """Every other listing has a confidential annex from now on."""
    for listing_id in session.scalars(select(Listing.id).where(Listing.id % 2 == 0)).all():
        session.add(Annex(listing_id=listing_id, text="A secret.", written_at=clock.now()))
    session.flush()
