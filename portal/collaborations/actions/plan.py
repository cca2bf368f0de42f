"""Changing the plan, and recording what came of the work."""

from typing import Any

from sqlalchemy.orm import Session

from portal.collaborations.actions.packages import package_coded, require_changeable
from portal.collaborations.events import PlanChanged
from portal.collaborations.inputs import NewDate, PartKind, PlanPart
from portal.collaborations.models import Collaboration, Deliverable, Milestone
from portal.collaborations.policies import LEAD
from portal.collaborations.states import AHEAD, OWED, CollaborationState
from portal.collaborations.workflow import MILESTONE_FLOW
from portal.collaborations.workflow.effects import note_move
from portal.kernel.errors import Refused
from portal.kernel.events import record
from portal.kernel.policy import Actor, require
from portal.kernel.text import N_


def add_part(session: Session, collaboration: Collaboration, entry: PlanPart, *, actor: Actor) -> Milestone | Deliverable:
    """Add a milestone or deliverable to the plan.

    Raises:
        Forbidden: `actor` leads neither side.
        Refused: the collaboration is closing or over.
        Invalid: it names a work package that the plan does not have.
    """
    require(LEAD, actor, collaboration)
    require_changeable(collaboration)
    names: dict[str, Any] = {"collaboration": collaboration, "title": entry.title, "due_on": entry.due_on}
    names["package_id"] = package_coded(session, collaboration, entry.package).id if entry.package else None
    part: Milestone | Deliverable
    part = Milestone(planned_on=entry.due_on, **names) if entry.part is PartKind.MILESTONE else Deliverable(**names)
    session.add(part)
    session.flush()
    record(session, PlanChanged(part_id=part.id), actor=actor, subject=collaboration)
    return part


def move_part(session: Session, part: Milestone | Deliverable, new: NewDate, *, actor: Actor) -> None:
    """Give an open milestone or deliverable another date; what it was and the reason stay. A milestone of work that has begun
    slips when its date becomes a later one.

    Raises:
        Forbidden: `actor` leads neither side.
        Refused: it is done already, or the collaboration is over.
    """
    collaboration = part.collaboration
    require(LEAD, actor, collaboration)
    require_changeable(collaboration)
    if part.state not in (*AHEAD, *OWED):
        raise Refused(N_("This is done: its date cannot move any more."))
    begun = collaboration.state is not CollaborationState.PLANNED
    if begun and isinstance(part, Milestone) and new.due_on > part.due_on:
        MILESTONE_FLOW.perform(session, part, "slip", actor=actor, given=new)
        return
    note_move(session, part, new.due_on, new.text, actor=actor)
    part.due_on, part.note = new.due_on, new.text
    session.flush()
    record(session, PlanChanged(part_id=part.id), actor=actor, subject=collaboration)
