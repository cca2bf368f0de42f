"""Changing the plan, and recording what came of the work."""

from sqlalchemy.orm import Session

from portal.collaborations.events import OutcomeRecorded, PlanChanged
from portal.collaborations.inputs import NewDate, OutcomeEntry, PartKind, PlanPart
from portal.collaborations.models import Collaboration, Deliverable, Milestone, Outcome
from portal.collaborations.policies import LEAD
from portal.collaborations.states import CollaborationState, DeliverableState, MilestoneState
from portal.kernel import clock
from portal.kernel.errors import Refused
from portal.kernel.events import record
from portal.kernel.policy import Actor, require
from portal.kernel.text import N_

_CHANGEABLE = (CollaborationState.PLANNED, CollaborationState.ACTIVE, CollaborationState.PAUSED)


def add_part(session: Session, collaboration: Collaboration, entry: PlanPart, *, actor: Actor) -> Milestone | Deliverable:
    """Add a milestone or deliverable to the plan.

    Raises:
        Forbidden: `actor` leads neither side.
        Refused: the collaboration is closing or over.
    """
    require(LEAD, actor, collaboration)
    _require_changeable(collaboration)
    part: Milestone | Deliverable
    if entry.part is PartKind.MILESTONE:
        part = Milestone(collaboration=collaboration, title=entry.title, due_on=entry.due_on, planned_on=entry.due_on)
    else:
        part = Deliverable(collaboration=collaboration, title=entry.title, due_on=entry.due_on)
    session.add(part)
    session.flush()
    record(session, PlanChanged(part_id=part.id), actor=actor, subject=collaboration)
    return part


def move_part(session: Session, part: Milestone | Deliverable, new: NewDate, *, actor: Actor) -> None:
    """Give an open milestone or deliverable another date; the reason stays on it.

    Raises:
        Forbidden: `actor` leads neither side.
        Refused: it is done already, or the collaboration is over.
    """
    collaboration = part.collaboration
    require(LEAD, actor, collaboration)
    _require_changeable(collaboration)
    if part.state not in (MilestoneState.PLANNED, DeliverableState.DUE, DeliverableState.REWORK):
        raise Refused(N_("This is done: its date cannot move any more."))
    part.due_on, part.note = new.due_on, new.text
    record(session, PlanChanged(part_id=part.id), actor=actor, subject=collaboration)


def record_outcome(session: Session, collaboration: Collaboration, entry: OutcomeEntry, *, actor: Actor) -> Outcome:
    """Record something that came of the work; possible after the close as well.

    Raises:
        Forbidden: `actor` leads neither side.
    """
    require(LEAD, actor, collaboration)
    outcome = Outcome(
        collaboration=collaboration,
        kind=entry.kind,
        title=entry.title,
        address=entry.address,
        recorded_by_id=actor.id,
        at=clock.now(),
    )
    session.add(outcome)
    session.flush()
    record(session, OutcomeRecorded(outcome_id=outcome.id), actor=actor, subject=collaboration)
    return outcome


def _require_changeable(collaboration: Collaboration) -> None:
    if collaboration.state not in _CHANGEABLE:
        raise Refused(N_("The plan of a collaboration that is closing or over cannot change."))
