"""Everything an officer's organisations have under way, as rows of one shape.

Rows are found through the rules of the things themselves: the board never shows what their pages would refuse.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Integer, String, case, cast, exists, func, literal, null, or_, select

from portal.approvals.models import Approval
from portal.approvals.states import ApprovalState
from portal.board.inputs import STATES, Sought
from portal.board.states import LANES, Stage, What
from portal.collaborations.models import Collaboration, Deliverable
from portal.collaborations.policies import OFFICER
from portal.collaborations.states import CollaborationState as C
from portal.collaborations.states import DeliverableState
from portal.kernel import clock
from portal.kernel.db import AnySelect, UtcDateTime
from portal.kernel.policy import Actor
from portal.kernel.states import Labelled
from portal.kernel.work import end_of_day
from portal.listings.models import Listing, ListingField
from portal.proposals.models import Interest, Proposal
from portal.proposals.policies import AUTHOR_OFFICER, HOST_OFFICER, INTEREST_OFFICERS, INTEREST_SENT, SENT
from portal.proposals.states import InterestState as I
from portal.proposals.states import ProposalState as P

LOOKING_BACK = dt.timedelta(days=365)  # how long what ended stays on the board
_NOBODY, _NEVER = cast(null(), Integer), cast(null(), UtcDateTime)
_PROPOSAL_READ = AUTHOR_OFFICER | (SENT & HOST_OFFICER)
_INTEREST_READ = INTEREST_SENT & INTEREST_OFFICERS


@dataclass(frozen=True)
class Branch:
    """How one kind of thing becomes a row: `person` is whose turn it is, where it is one person's."""

    model: Any
    title: Any
    person: Any
    due_at: Any
    listing_id: Any
    start: Callable[[AnySelect], AnySelect]
    where: Callable[[Actor], ColumnElement[bool]]


def _followed() -> ColumnElement[bool]:
    """Whether the proposal that was invited has been begun: it stands further on."""
    return exists().where(Proposal.listing_id == Interest.listing_id, Proposal.author_id == Interest.author_id)


_asked = (
    select(func.min(Approval.due_at))
    .where(
        Approval.subject_type == "proposal",
        Approval.subject_id == Proposal.id,
        Approval.number == Proposal.number,
        Approval._state == ApprovalState.OPEN,
    )
    .scalar_subquery()
)
_owed = (
    select(func.min(Deliverable.due_on))
    .where(
        Deliverable.collaboration_id == Collaboration.id,
        Deliverable._state.in_((DeliverableState.DUE, DeliverableState.REWORK)),
    )
    .scalar_subquery()
)
BRANCHES: dict[What, Branch] = {
    What.INTEREST: Branch(
        Interest,
        Listing.title,
        case((Interest._state.in_((I.INVITED, I.ASKED)), Interest.author_id), else_=Listing.owner_id),
        case((Interest._state.in_((I.SENT, I.ACKNOWLEDGED, I.LAPSED)), Interest.reply_due_at), else_=_NEVER),
        Interest.listing_id,
        lambda query: query.join(Listing, Listing.id == Interest.listing_id),
        lambda actor: _INTEREST_READ.where(actor) & or_(Interest._state != I.INVITED, ~_followed()),
    ),
    What.PROPOSAL: Branch(
        Proposal,
        Proposal.title,
        case(
            (Proposal._state.in_((P.DRAFT, P.REVISION_REQUESTED, P.CONDITIONAL)), Proposal.author_id),
            (Proposal._state == P.IN_APPROVAL, _NOBODY),
            else_=Listing.owner_id,
        ),
        case(
            (Proposal._state == P.IN_APPROVAL, _asked),
            (Proposal._state.in_((P.DRAFT, P.REVISION_REQUESTED)), _NEVER),
            else_=Proposal.decide_by,
        ),
        Proposal.listing_id,
        lambda query: query.join(Listing, Listing.id == Proposal.listing_id),
        _PROPOSAL_READ.where,
    ),
    What.COLLABORATION: Branch(
        Collaboration,
        Collaboration.title,
        case((Collaboration._state.in_((C.CLOSED, C.TERMINATED)), _NOBODY), else_=Collaboration.partner_lead_id),
        case(
            (Collaboration._state == C.PLANNED, end_of_day(Collaboration.starts_on)),
            (Collaboration._state.in_((C.ACTIVE, C.CLOSING)), end_of_day(func.coalesce(_owed, Collaboration.ends_on))),
            else_=_NEVER,
        ),
        Proposal.listing_id,
        lambda query: query.join(Proposal, Proposal.id == Collaboration.proposal_id),
        lambda actor: (
            OFFICER.where(actor) & or_(Collaboration.ended_at.is_(None), Collaboration.ended_at > clock.now() - LOOKING_BACK)
        ),
    ),
}


def entries_in(stage: Stage, actor: Actor, sought: Sought) -> AnySelect | None:
    """The rows of one lane; None where the filters leave nothing of it."""
    what, states = LANES[stage]
    wanted = _wanted(stage, what, states, sought)
    if not wanted:
        return None
    branch = BRANCHES[what]
    query = branch.start(
        select(
            literal(str(stage)).label("stage"),
            literal(str(what)).label("what"),
            branch.model.id.label("id"),
            branch.title.label("title"),
            cast(branch.model._state, String).label("state"),
            branch.model.moved_at.label("moved_at"),
            branch.due_at.label("due_at"),
            branch.model.host_id.label("host_id"),
            branch.model.organisation_id.label("organisation_id"),
            branch.person.label("person_id"),
            branch.listing_id.label("listing_id"),
        ).select_from(branch.model)
    )
    return query.where(branch.model._state.in_(wanted), branch.where(actor), *_narrowed(branch, sought))


def _wanted(stage: Stage, what: What, states: tuple[Labelled, ...], sought: Sought) -> tuple[Labelled, ...]:
    if sought.health is not None and stage is not Stage.COLLABORATION:
        return ()
    if not sought.state:
        return states
    kind, state = STATES[sought.state]
    return (state,) if kind is what and state in states else ()


def _narrowed(branch: Branch, sought: Sought) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if sought.person is not None:
        conditions.append(branch.person == sought.person)
    if sought.counterpart is not None:
        conditions.append(or_(branch.model.host_id == sought.counterpart, branch.model.organisation_id == sought.counterpart))
    if sought.field is not None:
        filed = ListingField.listing_id == branch.listing_id, ListingField.field_id == sought.field
        conditions.append(exists().where(*filed))
    if sought.health is not None:
        conditions.append(Collaboration.health == sought.health)
    if sought.overdue:
        conditions.append(branch.due_at < clock.now())
    return conditions
