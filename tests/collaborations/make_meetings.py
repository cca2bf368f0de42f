"""Builders for meetings: called by the host's lead, confirmed by the partner's."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from portal.collaborations.actions import call_meeting, note_action, write_minutes
from portal.collaborations.inputs import ActionEntry, MeetingEntry, MinutesEntry, Word
from portal.collaborations.models import Collaboration, Meeting, MeetingAction
from portal.collaborations.states import ActionState, MeetingKind, MeetingState
from portal.collaborations.workflow import MEETING_ACTION_FLOW, MEETING_FLOW
from portal.kernel import clock
from portal.kernel.inputs import Reason
from portal.kernel.policy import Actor


def entry(*, days: float = 3, **given: Any) -> MeetingEntry:
    """One to come in so many days, or one that took place."""
    when = clock.now() + dt.timedelta(days=days)
    usual = {"kind": MeetingKind.STEERING, "title": "Steering group", "zone": "UTC", "lasts_minutes": 60, "place": "Room 4"}
    return MeetingEntry(**{**usual, "on": when.date(), "at": when.time(), **given})


def a_meeting(session: Session, collaboration: Collaboration, state: Any = MeetingState.PLANNED, **given: Any) -> Meeting:
    """A meeting in `state`; what was held has minutes, and the partner's lead agreed to something."""
    host, partner = Actor(id=collaboration.host_lead_id), Actor(id=collaboration.partner_lead_id)
    took_place = state in (MeetingState.HELD, MeetingState.OBJECTED, MeetingState.CONFIRMED)
    called = entry(**{"days": -1 if took_place else 3, "invited": [host.id, partner.id], **given})
    meeting = call_meeting(session, collaboration, called, actor=host)
    if took_place:
        write_minutes(session, meeting, MinutesEntry("We met.", "- We meet again."), actor=host)
    if state is MeetingState.CONFIRMED:
        MEETING_FLOW.perform(session, meeting, "confirm", actor=partner)
    elif state is MeetingState.OBJECTED:
        MEETING_FLOW.perform(session, meeting, "object", actor=partner, given=Reason("The pump was off."))
    elif state is MeetingState.CANCELLED:
        MEETING_FLOW.perform(session, meeting, "cancel", actor=host, given=Reason("Everybody is ill."))
    return meeting


def an_action(session: Session, meeting: Meeting, state: Any = ActionState.OPEN, *, owner: Any = None) -> MeetingAction:
    """Something that the partner's lead, or `owner`, agreed to do at a meeting that was held."""
    collaboration = meeting.collaboration
    number = owner.id if owner else collaboration.partner_lead_id
    day = clock.today() + dt.timedelta(days=5)
    action = note_action(session, meeting, ActionEntry("Send the data", number, day), actor=Actor(id=collaboration.host_lead_id))
    if state is not ActionState.OPEN:
        step, given = ("done", Word("Sent.")) if state is ActionState.DONE else ("drop", Reason("Not needed."))
        MEETING_ACTION_FLOW.perform(session, action, step, actor=Actor(id=number), given=given)
    return action


def meetings_in_every_state(session: Session, collaboration: Collaboration) -> None:
    """At the one that was held something was agreed, in each state it can have."""
    for state in MeetingState:
        meeting = a_meeting(session, collaboration, state)
        for action_state in ActionState if state is MeetingState.HELD else ():
            an_action(session, meeting, action_state)
