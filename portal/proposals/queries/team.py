"""Reads about those who write proposals together."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, cast, null, select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.db import AnySelect
from portal.kernel.policy import Actor
from portal.kernel.text import N_
from portal.kernel.work import Source
from portal.listings.models import Listing
from portal.listings.policies import READ as LISTING_READ
from portal.organisations.queries import NAMED
from portal.proposals.models import CoAuthor, Proposal
from portal.proposals.policies import INVITED
from portal.proposals.queries.proposals import BY_ID, CORE, FULL
from portal.proposals.states import CoAuthorState

MOST_CO_AUTHORS = 20  # invited or taking part
_LIVE = (CoAuthorState.INVITED, CoAuthorState.ACTIVE)
# What the page of one invitation shows.
CO_AUTHOR_FULL = (
    joinedload(CoAuthor.invited_by).load_only(User.name),
    joinedload(CoAuthor.account).load_only(User.name),
    joinedload(CoAuthor.from_organisation).load_only(*NAMED),
)


def proposal_numbered(session: Session, number: int) -> Proposal:
    """The proposal with what its rules need."""
    return session.scalars(BY_ID.options(*CORE), {"id": number}).one()


def proposal_in_full(session: Session, number: int) -> Proposal:
    """The proposal with what its pages need."""
    return session.scalars(select(Proposal).where(Proposal.id == number).options(*FULL)).unique().one()


def listing_is_readable(session: Session, actor: Actor, listing_id: int) -> bool:
    """Whether this person may read the listing by themselves."""
    found = select(Listing.id).where(Listing.id == listing_id, LISTING_READ.where(actor))
    return session.scalar(found) is not None


def co_authors_of(session: Session, proposal_id: int) -> Sequence[CoAuthor]:
    """Those who are invited and those who take part, in the order in which they were invited."""
    query = select(CoAuthor).options(*CO_AUTHOR_FULL).where(CoAuthor.proposal_id == proposal_id, CoAuthor._state.in_(_LIVE))
    return session.scalars(query.order_by(CoAuthor.id)).all()


def taking_part_for(session: Session, account_id: int, organisation_id: int) -> Sequence[CoAuthor]:
    """Where somebody takes part for an organisation."""
    return _those(session, CoAuthorState.ACTIVE, CoAuthor.account_id == account_id, CoAuthor.from_id == organisation_id)


def invitations_to_write(session: Session, email: str) -> Sequence[CoAuthor]:
    """What waits for whoever has this address."""
    return _those(session, CoAuthorState.INVITED, CoAuthor.email == email.lower())


def invitations_held(session: Session, account_id: int) -> Sequence[CoAuthor]:
    """What waits for this account."""
    return _those(session, CoAuthorState.INVITED, CoAuthor.account_id == account_id)


def co_authors_due(session: Session, *, at_most: int) -> Sequence[CoAuthor]:
    """Invitations that nobody answered in time."""
    due = select(CoAuthor).where(CoAuthor._state == CoAuthorState.INVITED, CoAuthor.expires_at <= clock.now())
    return session.scalars(due.order_by(CoAuthor.id).limit(at_most)).all()


def _those(session: Session, state: CoAuthorState, *where: ColumnElement[bool]) -> Sequence[CoAuthor]:
    return session.scalars(select(CoAuthor).where(CoAuthor._state == state, *where).order_by(CoAuthor.id)).all()


def invitations_to_answer(actor: Actor) -> AnySelect | None:
    """Invitations to write with somebody; they are called by who invites, for the text is no business of theirs yet."""
    if not actor.is_person:
        return None
    return (
        select(
            CoAuthor.id,
            User.name.label("title"),
            cast(null(), User.name.type).label("detail"),
            CoAuthor.created_at.label("since"),
            CoAuthor.expires_at.label("due_at"),
        )
        .join(User, User.id == CoAuthor.invited_by_id)
        .where(CoAuthor._state == CoAuthorState.INVITED, INVITED.where(actor))
    )


ANSWER = Source(
    "co_author.invited",
    N_("Write a proposal together with"),
    N_("Open the invitation"),
    lambda number, _detail: f"/co-authors/{number}",
    invitations_to_answer,
)
