"""What waits for whom on the way from interest to collaboration."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, cast, exists, literal, null, select
from sqlalchemy.orm import Session, aliased

from portal.approvals.models import Approval
from portal.approvals.policies import APPROVER
from portal.approvals.states import ApprovalState
from portal.kernel.db import AnySelect, UtcDateTime
from portal.kernel.events import Event
from portal.kernel.ids import reference
from portal.kernel.paging import PAGE, Slice, cut, decode
from portal.kernel.policy import Actor, Role
from portal.kernel.text import N_
from portal.kernel.work import AtOnce, Source, end_of_day
from portal.listings.models import Listing
from portal.listings.states import ListingState
from portal.proposals.events import ProposalEdited
from portal.proposals.models import Interest, Proposal
from portal.proposals.policies import AUTHOR, INTEREST_AUTHOR, INTEREST_OWNER, LISTING_OWNER
from portal.proposals.queries.partners import TOGETHER
from portal.proposals.queries.proposals import BRIEF
from portal.proposals.queries.team import ANSWER
from portal.proposals.states import AWAITED, InterestState, ProposalState

_NO_DATE = cast(null(), UtcDateTime)


def _interests(where: ColumnElement[bool], states: tuple[InterestState, ...], since: Any, due_at: Any) -> AnySelect:
    return (
        select(
            Interest.id,
            Listing.title,
            cast(Interest._state, String).label("detail"),
            since.label("since"),
            due_at.label("due_at"),
        )
        .join(Interest.listing)
        .where(Interest._state.in_(states), where)
    )


def _proposals(where: ColumnElement[bool], states: tuple[ProposalState, ...], since: Any, due_at: Any) -> AnySelect:
    return (
        select(
            Proposal.id,
            Proposal.title,
            literal("").label("detail"),
            since.label("since"),
            due_at.label("due_at"),
        )
        .join(Proposal.listing)
        .where(Proposal._state.in_(states), where)
    )


def interests_to_answer(actor: Actor) -> AnySelect | None:
    """Interests in the person's listings; the promised date runs."""
    if not actor.is_person:
        return None
    return _interests(INTEREST_OWNER.where(actor), AWAITED, Interest.sent_at, Interest.reply_due_at)


def questions_to_answer(actor: Actor) -> AnySelect | None:
    """The person's interests about which something was asked back."""
    if not actor.is_person:
        return None
    return _interests(INTEREST_AUTHOR.where(actor), (InterestState.ASKED,), Interest.sent_at, _NO_DATE)


def proposals_to_decide(actor: Actor) -> AnySelect | None:
    """Proposals for the person's listings."""
    if not actor.is_person:
        return None
    states = (ProposalState.SUBMITTED, ProposalState.IN_REVIEW)
    return _proposals(LISTING_OWNER.where(actor), states, Proposal.submitted_at, Proposal.decide_by)


def proposals_to_revise(actor: Actor) -> AnySelect | None:
    """The person's proposals for which changes were asked."""
    if not actor.is_person:
        return None
    return _proposals(AUTHOR.where(actor), (ProposalState.REVISION_REQUESTED,), Proposal.decided_at, _NO_DATE)


def conditions_to_confirm(actor: Actor) -> AnySelect | None:
    """The person's proposals that were accepted under conditions."""
    if not actor.is_person:
        return None
    return _proposals(AUTHOR.where(actor), (ProposalState.CONDITIONAL,), Proposal.decided_at, _NO_DATE)


def reserved(actor: Actor) -> AnySelect | None:
    """Proposals on the reserve lists of the person's listings, until their last day."""
    if not actor.is_person:
        return None
    until = end_of_day(Proposal.reserved_until)
    return _proposals(LISTING_OWNER.where(actor), (ProposalState.RESERVED,), Proposal.decided_at, until)


def invitations(actor: Actor) -> AnySelect | None:
    """Invitations the person has not followed with a proposal, while the listing is open."""
    if not actor.seats:
        return None
    begun = exists().where(Proposal.listing_id == Interest.listing_id, Proposal.author_id == Interest.author_id)
    chosen = _interests(INTEREST_AUTHOR.where(actor), (InterestState.INVITED,), Interest.answered_at, Listing.closes_at)
    return chosen.where(~begun, Listing._state == ListingState.PUBLISHED)


def proposals_being_written(actor: Actor) -> AnySelect | None:
    """The person's own unfinished proposals."""
    if not actor.is_person:
        return None
    return _proposals(AUTHOR.where(actor), (ProposalState.DRAFT,), Proposal.edited_at, Listing.closes_at)


def interests_being_written(actor: Actor) -> AnySelect | None:
    """The person's own unfinished expressions of interest."""
    if not actor.is_person:
        return None
    return _interests(INTEREST_AUTHOR.where(actor), (InterestState.DRAFT,), Interest.created_at, Listing.closes_at)


def approvals_to_give(actor: Actor) -> AnySelect | None:
    """Open slots the person may fill: not for what they wrote or wrote on, and not after they filled the other one."""
    if not actor.organisations_as(Role.OFFICER):
        return None
    return (
        select(
            Approval.id,
            Proposal.title,
            cast(Proposal.id, String).label("detail"),
            Approval.asked_at.label("since"),
            Approval.due_at,
        )
        .join(Proposal, _APPROVED)
        .where(*_fillable(actor))
    )


def approvals_waiting(session: Session, actor: Actor, after: str | None) -> Slice["Waiting"]:
    """One page of the same, the oldest first, each slot with its proposal."""
    query = select(Approval, Proposal).join(Proposal, _APPROVED).where(*_fillable(actor)).options(*BRIEF)
    if (values := decode(after, 1)) is not None and isinstance(values[0], int):
        query = query.where(Approval.id > values[0])
    rows = session.execute(query.order_by(Approval.id).limit(PAGE + 1)).all()
    return cut([Waiting(slot.id, slot, proposal) for slot, proposal in rows], "id")


@dataclass(frozen=True)
class Waiting:
    """One row of the queue."""

    id: int
    slot: Approval
    proposal: Proposal


_APPROVED = (Approval.subject_id == Proposal.id) & (Approval.subject_type == "proposal")


def _fillable(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    other = aliased(Approval)
    filled = exists().where(
        other.subject_type == Approval.subject_type,
        other.subject_id == Approval.subject_id,
        other.number == Approval.number,
        other.decided_by_id == actor.id,
    )
    wrote = exists().where(
        Event.subject_type == Approval.subject_type,
        Event.subject_id == Approval.subject_id,
        Event.kind == ProposalEdited.kind,
        Event.actor_id == actor.id,
    )
    return (Approval._state == ApprovalState.OPEN, APPROVER.where(actor), ~filled, ~wrote)


def _interest_page(number: int, _detail: str) -> str:
    return f"/interests/{reference('EI', number)}"


def _acknowledging(number: int, state: str) -> str | None:
    """To say that it arrived and is being read takes no word; every answer does."""
    return f"{_interest_page(number, '')}/steps/acknowledge" if state == InterestState.SENT else None


def _proposal_page(number: int, _detail: str) -> str:
    return f"/proposals/{reference('PR', number)}"


def _writing_page(number: int, _detail: str) -> str:
    return f"{_proposal_page(number, '')}/edit/summary"


SOURCES = (
    ANSWER,
    *TOGETHER,
    Source("proposal.decide", N_("Decide on"), N_("Open the proposal"), _proposal_page, proposals_to_decide),
    Source(
        *("interest.answer", N_("Answer the interest in"), N_("Read the interest")),
        *(_interest_page, interests_to_answer, AtOnce(N_("Acknowledge"), _acknowledging)),
    ),
    Source(
        *("interest.reply", N_("Answer the question about your interest in"), N_("Read the question")),
        *(_interest_page, questions_to_answer),
    ),
    Source(
        "approval.give",
        N_("Approve"),
        N_("Open the proposal"),
        lambda _number, detail: f"{_proposal_page(int(detail), '')}#approvals",
        approvals_to_give,
    ),
    Source("proposal.confirm", N_("Confirm the conditions of"), N_("Open the proposal"), _proposal_page, conditions_to_confirm),
    Source("proposal.reserved", N_("Decide from the reserve list:"), N_("Open the proposal"), _proposal_page, reserved),
    Source("proposal.revise", N_("Change"), N_("Open the proposal"), _proposal_page, proposals_to_revise),
    Source("interest.invited", N_("You are invited to propose:"), N_("Open the invitation"), _interest_page, invitations),
    Source("proposal.finish", N_("Finish your proposal"), N_("Go on writing"), _writing_page, proposals_being_written),
    Source("interest.finish", N_("Finish your interest in"), N_("Go on writing"), _interest_page, interests_being_written),
)
