"""That those who answered a listing keep being able to read it, and stay on their own side of it."""

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from portal.kernel.errors import Refused
from portal.kernel.policy import Actor
from portal.kernel.text import N_
from portal.listings.events import ListingCoOwnerNamed, ListingReleased
from portal.listings.models import Listing
from portal.listings.policies import AUDIENCE, READABLE
from portal.organisations.queries import seats_of
from portal.proposals.models import Interest, Proposal
from portal.proposals.states import STANDING, InterestState

_OVER = (InterestState.DRAFT, InterestState.REDIRECTED, InterestState.DECLINED, InterestState.WITHDRAWN, InterestState.LAPSED)


def keep_for_those_who_answered(session: Session, _fact: ListingReleased, listing: Listing, _actor: Actor) -> None:
    """Reaction to other readers of a listing: whoever has sent an answer that still stands is among them.

    Raises:
        Refused: somebody is not.
    """
    if listing.state not in READABLE:
        return
    interests = select(Interest.author_id).where(Interest.listing_id == listing.id, Interest._state.not_in(_OVER))
    proposals = select(Proposal.author_id).where(
        Proposal.listing_id == listing.id, Proposal._state.in_(STANDING), Proposal.submitted_at.is_not(None)
    )
    for account_id in session.scalars(union(interests, proposals)).all():
        if not AUDIENCE.holds(Actor(account_id, seats=seats_of(session, account_id)), listing):
            raise Refused(
                N_("Somebody who has answered could not read it any more. Name them as well, or decide on their answer first.")
            )


def keep_the_sides_apart(session: Session, fact: ListingCoOwnerNamed, listing: Listing, _actor: Actor) -> None:
    """Reaction to a new co-owner: nobody decides where they have answered themselves.

    Raises:
        Refused: they have.
    """
    interests = select(Interest.id).where(
        Interest.listing_id == listing.id, Interest.author_id == fact.account_id, Interest.sent_at.is_not(None)
    )
    proposals = select(Proposal.id).where(
        Proposal.listing_id == listing.id, Proposal.author_id == fact.account_id, Proposal.submitted_at.is_not(None)
    )
    if session.execute(union(interests, proposals).limit(1)).first() is not None:
        raise Refused(N_("They have answered this listing: whoever did cannot decide on the answers."))
