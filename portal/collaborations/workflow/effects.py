"""What several of the tables do when a step is taken."""

import datetime as dt

from sqlalchemy.orm import Session

from portal.collaborations.models import Deliverable, Milestone, PlanMove, WorkPackage
from portal.collaborations.states import PlanKind
from portal.kernel import clock
from portal.kernel.policy import Actor
from portal.kernel.workflow import Step

Part = WorkPackage | Milestone | Deliverable
_KINDS = {"work_package": PlanKind.PACKAGE, "milestone": PlanKind.MILESTONE, "deliverable": PlanKind.DELIVERABLE}


def keep_reason(step: Step) -> None:
    step.thing.note = step.given.text


def note_move(session: Session, part: Part, to_on: dt.date | None, reason: str, *, actor: Actor) -> None:
    """Keep the last day that a part of the plan has now, before it gets another; None: the part is taken out."""
    session.add(
        PlanMove(
            collaboration_id=part.collaboration_id,
            part=_KINDS[part.__tablename__],
            title=part.title,
            from_on=part.ends_on if isinstance(part, WorkPackage) else part.due_on,
            to_on=to_on,
            reason=reason,
            by_id=actor.id,
            at=clock.now(),
        )
    )
