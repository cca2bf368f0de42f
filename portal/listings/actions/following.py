"""Following listings: begun, ended, forgotten with the account."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.db import add_unique
from portal.kernel.errors import Refused
from portal.kernel.events import Fact, record
from portal.kernel.policy import Actor, require
from portal.kernel.text import N_
from portal.listings.events import ListingFollowed, ListingUnfollowed
from portal.listings.models import Listing, ListingFollow
from portal.listings.policies import FOLLOW, FOLLOWER
from portal.listings.queries import how_many_followed

MOST_FOLLOWED = 200  # per person: a page of them can still be read


def follow_listing(session: Session, listing: Listing, *, actor: Actor) -> None:
    """Tell `actor` when the listing opens and when it changes; asked twice, it is once.

    Raises:
        Forbidden: it is not for them, is their own, or is over.
        Refused: they follow `MOST_FOLLOWED` already.
    """
    require(FOLLOW, actor, listing)
    if how_many_followed(session, actor.id) >= MOST_FOLLOWED:
        raise Refused(
            N_("You follow %(n)s listings, which is as many as there can be. Stop following one first."), n=MOST_FOLLOWED
        )
    follow = ListingFollow(listing_id=listing.id, account_id=actor.id, begun_at=clock.now())
    if add_unique(session, follow):
        record(session, ListingFollowed(), actor=actor, subject=follow)


def stop_following(session: Session, follow: ListingFollow, *, actor: Actor) -> None:
    """Tell nothing more.

    Raises:
        Forbidden: it is somebody else's.
    """
    require(FOLLOWER, actor, follow)
    record(session, ListingUnfollowed(), actor=actor, subject=follow)
    session.delete(follow)


def forget_follower(session: Session, _fact: Fact, account: User, _actor: Actor) -> None:
    """Reaction to an erased account: it follows nothing any more."""
    session.execute(delete(ListingFollow).where(ListingFollow.account_id == account.id))
