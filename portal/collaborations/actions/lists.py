"""Adding to the two lists, and judging how the work goes."""

from sqlalchemy.orm import Session

from portal.approvals.states import Side
from portal.collaborations.events import ChecklistChanged, HealthJudged
from portal.collaborations.inputs import Judgement, NewItem
from portal.collaborations.models import CheckItem, Collaboration, HealthNote
from portal.collaborations.policies import LEAD, READ
from portal.collaborations.states import Checklist, CollaborationState, ItemKind
from portal.kernel import clock
from portal.kernel.errors import Refused
from portal.kernel.events import record
from portal.kernel.policy import Actor, require
from portal.kernel.text import N_

_IN_FORCE = {CollaborationState.PLANNED: Checklist.SET_UP, CollaborationState.CLOSING: Checklist.CLOSING}
_OVER = (CollaborationState.CLOSED, CollaborationState.TERMINATED)


def add_item(session: Session, collaboration: Collaboration, entry: NewItem, *, actor: Actor) -> CheckItem:
    """Add something to the list in force: before the start to that of the set-up, at the close to that of the closing.

    Raises:
        Forbidden: `actor` leads neither side and is an officer of neither.
        Refused: no list is in force.
    """
    require(READ, actor, collaboration)
    checklist = _IN_FORCE.get(collaboration.state)
    if checklist is None:
        raise Refused(N_("Nothing can be added now: the lists are open before the start and at the close."))
    side_id = collaboration.host_id if entry.side is Side.HOST else collaboration.organisation_id
    item = CheckItem(
        collaboration=collaboration,
        checklist=checklist,
        kind=ItemKind.OWN,
        title=entry.title,
        side_id=side_id,
        asked_at=clock.now(),
    )
    session.add(item)
    session.flush()
    record(session, ChecklistChanged(item_id=item.id), actor=actor, subject=item)  # whose readers are fewer
    return item


def judge_health(session: Session, collaboration: Collaboration, entry: Judgement, *, actor: Actor) -> HealthNote:
    """Say how the work goes; earlier judgements stay readable.

    Raises:
        Forbidden: `actor` leads neither side.
        Refused: it is over.
    """
    require(LEAD, actor, collaboration)
    if collaboration.state in _OVER:
        raise Refused(N_("This collaboration is over: it can no longer be judged."))
    note = HealthNote(collaboration_id=collaboration.id, health=entry.health, text=entry.text, by_id=actor.id, at=clock.now())
    session.add(note)
    collaboration.health, collaboration.health_text, collaboration.health_at = entry.health, entry.text, note.at
    session.flush()
    record(session, HealthJudged(health=str(entry.health.value)), actor=actor, subject=collaboration)
    return note
