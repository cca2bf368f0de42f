"""Who calls meetings, reads of them, and stands by their minutes. Guests know of those alone to which they are invited."""

from typing import Any

from sqlalchemy import and_, false, or_, select

from portal.approvals.states import Side
from portal.collaborations.models import Collaboration, Invitee, Meeting, MeetingAction
from portal.collaborations.policies.people import MEMBER
from portal.collaborations.policies.work import INSIDE, LEAD, SEES, of_part
from portal.kernel.policy import Actor, Rule
from portal.kernel.text import N_

# Those who do the work on either side.
WORKS = LEAD | MEMBER
_INVITED = Rule(
    N_("if invited"),
    lambda actor, meeting: actor.is_person and actor.id in {one.account_id for one in meeting.invited},
    lambda actor: (
        Meeting.id.in_(select(Invitee.meeting_id).where(Invitee.account_id == actor.id)) if actor.is_person else false()
    ),
)
_CALLER = Rule(
    N_("whoever called the meeting"),
    lambda actor, meeting: actor.is_person and meeting.called_by_id == actor.id,
    lambda actor: Meeting.called_by_id == actor.id if actor.is_person else false(),
)


def _holds_other_side(actor: Actor, meeting: Meeting) -> bool:
    work, side = meeting.collaboration, meeting.minutes_side
    if not actor.is_person or side is None or meeting.minutes_by_id == actor.id:
        return False
    return actor.id == (work.partner_lead_id if side is Side.HOST else work.host_lead_id)


def _where_other_side(actor: Actor) -> Any:
    if not actor.is_person:
        return false()
    led = [
        and_(Meeting.minutes_side == side, Meeting.collaboration_id.in_(select(Collaboration.id).where(lead == actor.id)))
        for side, lead in ((Side.HOST, Collaboration.partner_lead_id), (Side.PARTNER, Collaboration.host_lead_id))
    ]
    return and_(or_(*led), Meeting.minutes_by_id != actor.id)


MEETING_READ = of_part(Meeting, INSIDE) | (of_part(Meeting, SEES) & _INVITED)
MEETING_KEEPS = (of_part(Meeting, INSIDE) & _CALLER) | of_part(Meeting, LEAD)
# Nobody stands by minutes of their own side.
MEETING_CONFIRMS = Rule(N_("the lead of the side that did not write the minutes"), _holds_other_side, _where_other_side)

_OWNER = Rule(
    N_("whoever agreed to do it"),
    lambda actor, action: actor.is_person and action.owner_id == actor.id,
    lambda actor: MeetingAction.owner_id == actor.id if actor.is_person else false(),
)
MEETING_ACTION_READ = Rule(
    MEETING_READ.says,
    lambda actor, action: MEETING_READ.holds(actor, action.meeting),
    lambda actor: MeetingAction.meeting_id.in_(select(Meeting.id).where(MEETING_READ.where(actor))),
)
MEETING_ACTION_SETTLES = (of_part(MeetingAction, INSIDE) & _OWNER) | of_part(MeetingAction, LEAD)
