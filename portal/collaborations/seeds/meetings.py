"""How those who work together meet in the demonstration: a steering group each quarter, its minutes, what was agreed at it."""

import datetime as dt

from sqlalchemy import select

from portal.collaborations.actions import call_meeting, note_action, write_minutes
from portal.collaborations.inputs import ActionEntry, MeetingEntry, MinutesEntry, Word
from portal.collaborations.models import Collaboration, Meeting, MeetingAction
from portal.collaborations.queries import MEETING, MEETING_ACTION
from portal.collaborations.states import ActionState, CollaborationState, MeetingKind, MeetingState
from portal.collaborations.workflow import MEETING_ACTION_FLOW, MEETING_FLOW
from portal.kernel import clock
from portal.kernel.inputs import Reason
from portal.kernel.policy import Actor
from portal.kernel.seeding import Stage

_QUARTER, _NOTICE = 91, 28  # days
_PLACE = "https://meet.example.org/steering"
_AGENDA = "- Where the work stands\n- Access to the site in the next quarter\n- Data: what goes to whom\n- Next meeting"
_MINUTES = (
    "The partner reported on the measurements: **all stations deliver**, one sensor was replaced.\n\n"
    "The host asked for the raw values beside the averages. The site is open to the team on working days after a call."
)
_DECISIONS = "- The raw values are part of each report from now on.\n- The group meets every quarter, by video."
_OBJECTION = "The sensor was not replaced but moved by forty metres. Please say so: the two series cannot be compared."
_ADDED = "\n\nThe sensor was not replaced but moved by forty metres; its two series are kept apart."
_AGREED = ("Send the raw values of the first quarter", "Name somebody who opens the site on Fridays")


def meet(stage: Stage, collaboration: Collaboration, leads: tuple[Actor, Actor]) -> None:
    """Four weeks before each steering group the host's lead calls it, as long as the work goes on."""
    for number in range(1, 5):
        stage.later(_QUARTER * number - _NOTICE - 60, lambda n=number: _call(stage, collaboration, n, leads))  # type: ignore[misc]


def _call(stage: Stage, collaboration: Collaboration, number: int, leads: tuple[Actor, Actor]) -> None:
    if collaboration.state is not CollaborationState.ACTIVE:
        return
    day = clock.today() + dt.timedelta(days=_NOTICE)
    invited = [lead.id for lead in leads]
    entry = MeetingEntry(
        MeetingKind.STEERING,
        f"Steering group, meeting {number}",
        day,
        dt.time(14),
        "Europe/Brussels",
        90,
        _PLACE,
        _AGENDA,
        invited,
    )
    meeting = call_meeting(stage.session, collaboration, entry, actor=leads[0])
    stage.later(_NOTICE + 1, lambda: _write(stage, meeting.id, leads))


def _write(stage: Stage, number: int, leads: tuple[Actor, Actor]) -> None:
    meeting = _meeting(stage, number)
    write_minutes(stage.session, meeting, MinutesEntry(_MINUTES, _DECISIONS), actor=leads[0])
    for owner, text in zip((leads[1], leads[0]), _AGREED, strict=True):
        due_on = clock.today() + dt.timedelta(days=30)
        action = note_action(stage.session, meeting, ActionEntry(text, owner.id or 0, due_on), actor=leads[0])
        days = 12 + 14 * (action.id % 3)
        stage.later(days, lambda one=action.id, by=owner: _settle(stage, one, by))  # type: ignore[misc]
    if number % 7 == 0:
        stage.later(2, lambda: _object(stage, number, leads))
    stage.later(4, lambda: _confirm(stage, number, leads[1]))


def _object(stage: Stage, number: int, leads: tuple[Actor, Actor]) -> None:
    """Something was remembered differently; the next day it stands in the minutes."""
    meeting = _meeting(stage, number)
    if meeting.state is not MeetingState.HELD:
        return
    MEETING_FLOW.perform(stage.session, meeting, "object", actor=leads[1], given=Reason(_OBJECTION))
    again = MinutesEntry(_MINUTES + _ADDED, _DECISIONS)
    stage.later(1, lambda: write_minutes(stage.session, _meeting(stage, number), again, actor=leads[0]))


def _confirm(stage: Stage, number: int, partner: Actor) -> None:
    meeting = _meeting(stage, number)
    if meeting.state is MeetingState.HELD:
        MEETING_FLOW.perform(stage.session, meeting, "confirm", actor=partner)


def _meeting(stage: Stage, number: int) -> Meeting:
    return stage.session.scalars(select(Meeting).options(*MEETING).where(Meeting.id == number)).unique().one()


def _settle(stage: Stage, number: int, owner: Actor) -> None:
    found = select(MeetingAction).options(*MEETING_ACTION).where(MeetingAction.id == number)
    action = stage.session.scalars(found).unique().one()
    if action.state is ActionState.OPEN:
        MEETING_ACTION_FLOW.perform(stage.session, action, "done", actor=owner, given=Word("Done; it is with the files."))
