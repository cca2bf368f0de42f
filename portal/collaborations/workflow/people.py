"""How people come to take part in a collaboration and stop, and how one lead follows another."""

from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.collaborations.events import HandOverMoved, ParticipantMoved
from portal.collaborations.models import Deliverable, HandOver, MeetingAction, Participant, Risk
from portal.collaborations.policies import (
    HAND_OVER_KEEPS,
    INVITED,
    PARTICIPANT_KEEPS,
    PARTICIPANT_NAMES,
    SELF,
    SUCCESSOR,
    is_third,
)
from portal.collaborations.queries import belongs_to, live_part_of
from portal.collaborations.states import ActionState, CollaborationState, DeliverableState, PartState, RiskState
from portal.collaborations.states import HandOverState as H
from portal.collaborations.states import PartState as P
from portal.collaborations.workflow.effects import keep_reason
from portal.kernel import clock
from portal.kernel.inputs import Reason
from portal.kernel.policy import SYSTEM, SYSTEM_ACTOR
from portal.kernel.text import N_
from portal.kernel.workflow import Step, T, Workflow

OVER = (CollaborationState.CLOSED, CollaborationState.TERMINATED)


def is_in_time(step: Step) -> str | None:
    part = step.thing
    if clock.now() < part.expires_at and clock.today() <= part.until_on:
        return None
    return N_("This invitation has expired. Ask for another one.")


def is_of_neither_side(step: Step) -> str | None:
    if is_third(step.actor, step.thing.collaboration):
        return None
    return N_("You belong to one of the two sides: its lead can name you a member of the team.")


def join(step: Step) -> None:
    seats = step.actor.seats
    step.thing.from_id = seats[0].organisation_id if seats else None
    forget_marks(step)


def stamp_ended(step: Step) -> None:
    step.thing.ended_at = clock.now()
    forget_marks(step)


def forget_marks(step: Step) -> None:
    """What the row of the collaboration says of its people is read anew."""
    step.session.flush()
    step.session.expire(step.thing.collaboration, ["marks"])


PARTICIPANT_FLOW = Workflow(
    of=Participant,
    start=P.INVITED,
    ends=(P.DECLINED, P.WITHDRAWN, P.EXPIRED, P.ENDED),
    table=(
        T(
            "name",
            N_("Name a member"),
            (P.INVITED,),
            P.ACTIVE,
            PARTICIPANT_NAMES | SYSTEM,
            ParticipantMoved,
            effects=(forget_marks,),
        ),
        T(
            "accept",
            N_("Accept"),
            (P.INVITED,),
            P.ACTIVE,
            INVITED,
            ParticipantMoved,
            guards=(is_in_time, is_of_neither_side),
            effects=(join,),
        ),
        T("decline", N_("Decline"), (P.INVITED,), P.DECLINED, INVITED, ParticipantMoved, effects=(stamp_ended,), risk=True),
        T(
            "withdraw",
            N_("Withdraw the invitation"),
            (P.INVITED,),
            P.WITHDRAWN,
            PARTICIPANT_KEEPS,
            ParticipantMoved,
            effects=(stamp_ended,),
            risk=True,
        ),
        T("expire", N_("Expire"), (P.INVITED,), P.EXPIRED, SYSTEM, ParticipantMoved, effects=(stamp_ended,)),
        T("leave", N_("Leave"), (P.ACTIVE,), P.ENDED, SELF, ParticipantMoved, effects=(stamp_ended,), risk=True),
        T(
            "end",
            N_("End their part"),
            (P.ACTIVE,),
            P.ENDED,
            PARTICIPANT_KEEPS | SYSTEM,
            ParticipantMoved,
            effects=(stamp_ended,),
            risk=True,
        ),
    ),
)


def is_still_to_lead(step: Step) -> str | None:
    """What was true when they were asked has to be true when they answer."""
    change, work = step.thing, step.thing.collaboration
    if work.state in OVER:
        return N_("This collaboration is over: there is nothing to lead.")
    if lead_of(change) != change.from_id:
        return N_("Somebody else leads this side by now. Ask them what is to be done.")
    if not belongs_to(step.session, change.to_id, change.side_id):
        return N_("Whoever leads a side belongs to its organisation.")
    if change.to_id in (work.host_lead_id, work.partner_lead_id):
        return N_("You lead the other side.")
    return None


def lead_of(change: HandOver) -> int:
    """Who leads the side of a hand-over now."""
    work = change.collaboration
    return int(work.host_lead_id if change.side_id == work.host_id else work.partner_lead_id)


# What of the work is somebody's by name, as long as it waits for them.
_HELD: tuple[tuple[Any, ...], ...] = (
    (Deliverable.reviewer_id, Deliverable._state == DeliverableState.UNDER_REVIEW),
    (Risk.owner_id, Risk._state == RiskState.OPEN),
    (MeetingAction.owner_id, MeetingAction._state == ActionState.OPEN),
)


def _pass_on(session: Session, column: Any, pair: tuple[int, int], *theirs: Any) -> None:
    """A page that shows the thing as it was before can change nothing any more: its version is another one."""
    model = column.class_
    values = {column.key: pair[1], "version": model.version + 1}
    session.execute(update(model).where(column == pair[0], *theirs).values(values))


def take_over(step: Step) -> None:
    """From now on what waits for the lead waits for the successor, also what they hold by name. What their forerunner asked
    and agreed to stays theirs.
    """
    change, work = step.thing, step.thing.collaboration
    successor = step.session.get_one(User, change.to_id)
    if change.side_id == work.host_id:
        work.host_lead = successor
    else:
        work.partner_lead = successor
    change.decided_at = clock.now()
    step.session.flush()
    for column, *still in _HELD:
        _pass_on(step.session, column, (change.from_id, change.to_id), column.class_.collaboration_id == work.id, *still)
    if (part := live_part_of(step.session, work, change.to_id)) is not None and part.state is PartState.ACTIVE:
        PARTICIPANT_FLOW.perform(step.session, part, "end", actor=SYSTEM_ACTOR)


def stamp_decided(step: Step) -> None:
    step.thing.decided_at = clock.now()


HAND_OVER_FLOW = Workflow(
    of=HandOver,
    start=H.PROPOSED,
    ends=(H.DONE, H.DECLINED, H.WITHDRAWN),
    table=(
        T(
            "accept",
            N_("Take over the lead"),
            (H.PROPOSED,),
            H.DONE,
            SUCCESSOR,
            HandOverMoved,
            guards=(is_still_to_lead,),
            effects=(take_over,),
        ),
        T(
            "decline",
            N_("Decline"),
            (H.PROPOSED,),
            H.DECLINED,
            SUCCESSOR,
            HandOverMoved,
            effects=(keep_reason, stamp_decided),
            takes=Reason,
            risk=True,
        ),
        T(
            "withdraw",
            N_("Ask them no longer"),
            (H.PROPOSED,),
            H.WITHDRAWN,
            HAND_OVER_KEEPS,
            HandOverMoved,
            effects=(stamp_decided,),
            risk=True,
        ),
    ),
)
