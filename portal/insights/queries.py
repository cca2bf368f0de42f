"""Figures of the whole portal: counts only, and only of what everybody may know exists."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import CompoundSelect, String, cast, func, literal, select, union_all
from sqlalchemy.orm import Session

from portal.collaborations.models import Collaboration, Outcome
from portal.collaborations.states import CollaborationState
from portal.kernel.events import Event
from portal.listings.models import Listing
from portal.listings.states import Kind, ListingState, Visibility
from portal.proposals.models import Proposal
from portal.proposals.states import ProposalState

WRITING = (ProposalState.DRAFT, ProposalState.REVISION_REQUESTED)
DECIDING = (ProposalState.SUBMITTED, ProposalState.IN_REVIEW, ProposalState.IN_APPROVAL)
RUNNING = (CollaborationState.ACTIVE, CollaborationState.PAUSED, CollaborationState.CLOSING)


@dataclass(frozen=True)
class Figures:
    """The road in numbers."""

    open_by_kind: dict[Kind, int] = field(default_factory=dict)
    writing: int = 0
    deciding: int = 0
    accepted: int = 0
    running: int = 0
    outcomes: int = 0

    @property
    def open_listings(self) -> int:
        return sum(self.open_by_kind.values())


def figures(session: Session) -> Figures:
    """All figures of the home page in one statement. Its cost grows with the portal: callers keep the answer for a minute."""
    statement: CompoundSelect[*tuple[Any, ...]] = union_all(
        select(literal("open"), cast(Listing.kind, String), func.count())
        .where(Listing._state == ListingState.PUBLISHED, Listing.visibility == Visibility.PUBLIC)
        .group_by(Listing.kind),
        select(literal("proposal"), cast(Proposal._state, String), func.count()).group_by(Proposal._state),
        select(literal("collaboration"), cast(Collaboration._state, String), func.count()).group_by(Collaboration._state),
        select(literal("outcome"), literal(""), func.count()).select_from(Outcome),
    )
    counts = {(row[0], row[1]): row[2] for row in session.execute(statement)}

    def total(what: str, *values: object) -> int:
        return sum(counts.get((what, getattr(value, "value", value)), 0) for value in values)

    return Figures(
        open_by_kind={kind: total("open", kind) for kind in Kind},
        writing=total("proposal", *WRITING),
        deciding=total("proposal", *DECIDING),
        accepted=total("collaboration", CollaborationState.PLANNED),
        running=total("collaboration", *RUNNING),
        outcomes=total("outcome", ""),
    )


def last_event(session: Session) -> int:
    """The log's newest id: while it stays the same, nothing changed."""
    return session.scalar(select(Event.id).order_by(Event.id.desc()).limit(1)) or 0
