"""Reads over expressions of interest."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload, load_only, undefer

from portal.accounts.models import User
from portal.kernel.paging import Slice, cut, newest_first
from portal.kernel.policy import Actor
from portal.listings.models import Listing
from portal.listings.queries import OUTLINE
from portal.organisations.queries import NAMED
from portal.proposals.models import Interest, PassedOn
from portal.proposals.policies import INTEREST_AUTHOR, INTEREST_LIAISON, INTEREST_OFFICERS, INTEREST_OWNER, INTEREST_SENT
from portal.proposals.states import InterestState, View

# What an interest's page and rules need, in one statement.
INTEREST_FULL = (
    undefer(Interest.asked),
    undefer(Interest.declared_at),
    joinedload(Interest.passed_on).joinedload(PassedOn.listing).load_only(*OUTLINE),
    joinedload(Interest.listing).options(joinedload(Listing.owner).load_only(User.name), load_only(*OUTLINE)),
    joinedload(Interest.author).load_only(User.name),
    joinedload(Interest.host).load_only(*NAMED),
    joinedload(Interest.organisation).load_only(*NAMED),
)
INTEREST_BRIEF = (
    joinedload(Interest.listing).load_only(*OUTLINE),
    joinedload(Interest.author).load_only(User.name),
    joinedload(Interest.host).load_only(*NAMED),
    joinedload(Interest.organisation).load_only(*NAMED),
)
_VIEWS = {
    View.MINE: INTEREST_AUTHOR,
    View.RECEIVED: INTEREST_SENT & INTEREST_OWNER,
    View.ORGANISATION: INTEREST_LIAISON | (INTEREST_SENT & INTEREST_OFFICERS),
}


def own_interest(session: Session, listing: Listing, account_id: int | None, *, lock: bool = False) -> Interest | None:
    """The one interest this person has in `listing`; `lock` makes parallel requests wait for each other."""
    query = select(Interest).where(Interest.listing_id == listing.id, Interest.author_id == account_id).options(*INTEREST_BRIEF)
    if lock:
        query = query.with_for_update(of=Interest).execution_options(populate_existing=True)
    return session.scalars(query).one_or_none()


def interests_for(
    session: Session,
    actor: Actor,
    view: View,
    *,
    state: InterestState | None = None,
    listing_id: int | None = None,
    after: str | None = None,
) -> Slice[Interest]:
    """One page of the interests this person sees in `view`, newest first."""
    wanted: list[ColumnElement[bool]] = [_VIEWS[view].where(actor)]
    if state is not None:
        wanted.append(Interest._state == state)
    if listing_id is not None:
        wanted.append(Interest.listing_id == listing_id)
    query = newest_first(select(Interest).where(*wanted).options(*INTEREST_BRIEF), Interest.id, after)
    return cut(session.scalars(query).all(), "id")
