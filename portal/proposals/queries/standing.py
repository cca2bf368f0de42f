"""How one person stands to one listing: what they have sent already, or, on the other side, what has arrived."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, bindparam, cast, func, literal, select, union_all
from sqlalchemy.orm import Session

from portal.kernel.ids import reference
from portal.kernel.policy import Actor
from portal.kernel.prepared import Question
from portal.kernel.states import member_of
from portal.listings.models import Listing
from portal.organisations.models import Organisation
from portal.proposals.models import HeldDecision, Interest, Proposal
from portal.proposals.policies import INTEREST_SENT, SENT
from portal.proposals.states import AWAITED, STANDING, InterestState, ProposalState


@dataclass(frozen=True)
class Standing:
    """The person's interest in a listing and their proposal for it, where they exist."""

    interest_id: int | None = None
    interest_state: InterestState | None = None
    proposal_id: int | None = None
    proposal_state: ProposalState | None = None

    @property
    def invited(self) -> bool:
        return self.interest_state is InterestState.INVITED

    @property
    def interest_href(self) -> str | None:
        return f"/interests/{reference('EI', self.interest_id)}" if self.interest_id else None

    @property
    def proposal_href(self) -> str | None:
        return f"/proposals/{reference('PR', self.proposal_id)}" if self.proposal_id else None


@dataclass(frozen=True)
class Counts:
    """What has arrived for a listing, and how much of it still waits for an answer."""

    interests: int = 0
    proposals: int = 0
    waiting: int = 0
    held: int = 0  # decisions that were taken and not told yet


_LISTING: Any = bindparam("listing")
_ME: Any = bindparam("me")
_OWN = Question(
    union_all(
        select(literal("interest").label("what"), Interest.id, cast(Interest._state, String).label("state")).where(
            Interest.listing_id == _LISTING, Interest.author_id == _ME
        ),
        select(literal("proposal"), Proposal.id, cast(Proposal._state, String)).where(
            Proposal.listing_id == _LISTING, Proposal.author_id == _ME, Proposal._state.in_(STANDING)
        ),
    )
)
_WAITS = {
    "interest": tuple(state.value for state in AWAITED),
    "proposal": (ProposalState.SUBMITTED.value, ProposalState.IN_REVIEW.value),
}
_RECEIVED = Question(
    union_all(
        select(literal("interest").label("what"), cast(Interest._state, String).label("state"), func.count().label("n"))
        .where(Interest.listing_id == _LISTING, INTEREST_SENT.where(Actor()))
        .group_by(Interest._state),
        select(literal("proposal"), cast(Proposal._state, String), func.count())
        .where(Proposal.listing_id == _LISTING, SENT.where(Actor()))
        .group_by(Proposal._state),
        select(literal("held"), literal(""), func.count())
        .select_from(HeldDecision)
        .join(HeldDecision.proposal)
        .where(Proposal.listing_id == _LISTING, HeldDecision.ended_at.is_(None)),
    )
)


def standing_of(session: Session, actor: Actor, listing: Listing) -> Standing:
    """How `actor` stands to `listing`; one statement."""
    if not actor.is_person:
        return Standing()
    found = {row.what: (row.id, row.state) for row in _OWN.rows(session, listing=listing.id, me=actor.id)}
    interest_id, interest_state = found.get("interest", (None, None))
    proposal_id, proposal_state = found.get("proposal", (None, None))
    return Standing(
        interest_id,
        member_of(InterestState, interest_state),
        proposal_id,
        member_of(ProposalState, proposal_state),
    )


def organisations_of(session: Session, actor: Actor) -> dict[int, str]:
    """The names of the organisations this person belongs to, by id."""
    if not actor.organisations:
        return {}
    named = select(Organisation.id, Organisation.name).where(Organisation.id.in_(actor.organisations))
    return {row.id: row.name for row in session.execute(named.order_by(Organisation.name))}


def counts_on(session: Session, listing: Listing) -> Counts:
    """What the listing's side has received; one statement."""
    totals, waiting = {"interest": 0, "proposal": 0, "held": 0}, 0
    for row in _RECEIVED.rows(session, listing=listing.id):
        totals[row.what] += row.n
        waiting += row.n if row.state in _WAITS.get(row.what, ()) else 0
    return Counts(totals["interest"], totals["proposal"], waiting, totals["held"])
