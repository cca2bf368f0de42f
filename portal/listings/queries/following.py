"""Who follows which listing: asked for somebody themselves, or to tell all of them something."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Integer, and_, bindparam, func, select
from sqlalchemy.orm import Session, with_expression

from portal.kernel.policy import Actor
from portal.listings.models import Listing, ListingFollow
from portal.listings.policies import READ
from portal.listings.queries.lists import ListingLine
from portal.listings.states import ListingState
from portal.organisations.models import Organisation

# The number under which the reader of a page follows the listing, as a part of the statement that loads it.
FOLLOWED = with_expression(
    Listing.followed_as,
    select(ListingFollow.id)
    .where(ListingFollow.listing_id == Listing.id, ListingFollow.account_id == bindparam("reader", type_=Integer))
    .correlate(Listing)
    .scalar_subquery(),
)


@dataclass(frozen=True)
class Followed:
    """One listing that somebody follows; without `listing` where they cannot read it now."""

    id: int
    listing: ListingLine | None = None
    state: ListingState | None = None
    opens_at: dt.datetime | None = None  # of what is announced


def followed_by(session: Session, actor: Actor) -> list[Followed]:
    """What this person follows, what they followed last first."""
    query = (
        select(
            *(ListingFollow.id.label("follow_id"), Listing.id, Listing.kind, Listing.title, Listing.language),
            *(Listing.closes_at, Listing.opens_at, Listing._state.label("state"), Organisation.name.label("organisation")),
        )
        .select_from(ListingFollow)
        .outerjoin(Listing, and_(Listing.id == ListingFollow.listing_id, READ.where(actor)))
        .outerjoin(Organisation, Organisation.id == Listing.organisation_id)
        .where(ListingFollow.account_id == actor.id)
        .order_by(ListingFollow.id.desc())
    )
    return [
        Followed(
            row.follow_id,
            ListingLine(row.id, row.kind, row.title, row.language, row.closes_at, row.organisation),
            row.state,
            row.opens_at if row.state is ListingState.ANNOUNCED else None,
        )
        if row.id is not None
        else Followed(row.follow_id)
        for row in session.execute(query)
    ]


def followers(session: Session, listing_id: int, at: dt.datetime) -> Sequence[int]:
    """Account ids of all who follow a listing and did so at that moment: what was before is no news to them."""
    query = select(ListingFollow.account_id).where(ListingFollow.listing_id == listing_id, ListingFollow.begun_at <= at)
    return session.scalars(query).all()


def how_many_followed(session: Session, account_id: int | None) -> int:
    """How many listings one person follows."""
    return session.scalar(select(func.count()).where(ListingFollow.account_id == account_id)) or 0
