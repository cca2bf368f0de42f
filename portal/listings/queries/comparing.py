"""A few listings side by side."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.kernel.policy import Actor
from portal.listings.models import Listing
from portal.listings.policies import READ
from portal.listings.queries.reading import FULL


def compared(session: Session, actor: Actor, numbers: Collection[int]) -> list[Listing]:
    """Those of the listings that this person may read, in the order asked for. The others might as well not exist."""
    query = select(Listing).where(Listing.id.in_(numbers), READ.where(actor)).options(*FULL)
    found = {listing.id: listing for listing in session.scalars(query).unique()}
    return [found[number] for number in numbers if number in found]
