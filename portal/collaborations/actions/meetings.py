"""Calling meetings, writing their minutes, noting what was agreed."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.approvals.states import Side
from portal.collaborations.events import ActionNoted, MeetingCalled, MeetingChanged, MinutesWritten
from portal.collaborations.inputs import ActionEntry, MeetingEntry, MinutesEntry
from portal.collaborations.models import Collaboration, Invitee, Meeting, MeetingAction, Minutes
from portal.collaborations.policies import MEETING_KEEPS, WORKS
from portal.collaborations.queries import actions_of, team_of
from portal.collaborations.states import MeetingState
from portal.collaborations.workflow import MEETING_FLOW, OVER
from portal.kernel import clock
from portal.kernel.errors import Invalid, Refused
from portal.kernel.events import record
from portal.kernel.policy import Actor, require
from portal.kernel.text import N_

MOST_MEETINGS, MOST_ACTIONS = 200, 50
_PLACES = ("kind", "title", "starts_at", "lasts_minutes", "place", "agenda", "others")


def call_meeting(session: Session, collaboration: Collaboration, entry: MeetingEntry, *, actor: Actor) -> Meeting:
    """Call a meeting; whoever calls it comes. One that took place can be noted afterwards.

    Raises:
        Forbidden: `actor` neither leads a side nor is a member of the team.
        Refused: the collaboration is over, or had its share of meetings.
        Invalid: somebody is invited who takes no part.
    """
    require(WORKS, actor, collaboration)
    if collaboration.state in OVER:
        raise Refused(N_("This collaboration is over: nobody meets for it any more."))
    counted = select(func.count()).select_from(Meeting).where(Meeting.collaboration_id == collaboration.id)
    if (session.scalar(counted) or 0) >= MOST_MEETINGS:
        raise Refused(N_("A collaboration has at most %(most)s meetings."), most=MOST_MEETINGS)
    meeting = Meeting(
        collaboration=collaboration,
        called_by_id=actor.id,
        called_at=clock.now(),
        time_zone=entry.zone,
        minutes_number=0,
        **{name: getattr(entry, name) for name in _PLACES},
    )
    meeting.invited = [Invitee(account_id=number) for number in _those_who_come(session, collaboration, entry, actor.id)]
    session.add(meeting)
    session.flush()
    record(session, MeetingCalled(), actor=actor, subject=meeting)
    return meeting


def change_meeting(session: Session, meeting: Meeting, entry: MeetingEntry, *, actor: Actor) -> None:
    """Give a meeting that is still to come another time, place or agenda, or invite others; everybody invited is told.

    Raises:
        Forbidden: `actor` did not call it and leads neither side.
        Refused: it was held or cancelled.
        Invalid: somebody is invited who takes no part.
    """
    require(MEETING_KEEPS, actor, meeting)
    if meeting.state is not MeetingState.PLANNED:
        raise Refused(N_("Only a meeting that is still to come can be changed."))
    for name in _PLACES:
        setattr(meeting, name, getattr(entry, name))
    meeting.time_zone = entry.zone
    wanted = _those_who_come(session, meeting.collaboration, entry, meeting.called_by_id)
    there = {one.account_id: one for one in meeting.invited}
    meeting.invited = [there.get(number) or Invitee(account_id=number) for number in wanted]
    session.flush()
    record(session, MeetingChanged(), actor=actor, subject=meeting)


def write_minutes(session: Session, meeting: Meeting, entry: MinutesEntry, *, actor: Actor) -> Minutes:
    """Write the minutes, or correct them as a new version, which answers what was objected to; a meeting of which there are
    minutes was held.

    Raises:
        Forbidden: `actor` did not call it and leads neither side.
        Refused: it is still to come, was cancelled, or the minutes are confirmed.
    """
    require(MEETING_KEEPS, actor, meeting)
    if meeting.state is MeetingState.PLANNED:
        MEETING_FLOW.perform(session, meeting, "hold", actor=actor)
    _require_held(meeting, N_("These minutes are confirmed: what has changed since belongs to the next meeting."))
    meeting.minutes_number += 1
    meeting.minutes_side, meeting.minutes_by_id, meeting.minutes_at = _side_of(meeting, actor), actor.id, clock.now()
    given = {"number": meeting.minutes_number, "text": entry.minutes, "decisions": entry.decisions}
    minutes = Minutes(meeting_id=meeting.id, by_id=actor.id, at=meeting.minutes_at, **given)
    session.add(minutes)
    session.flush()
    if meeting.state is MeetingState.OBJECTED:
        MEETING_FLOW.perform(session, meeting, "answer", actor=actor)
    else:
        record(session, MinutesWritten(number=minutes.number), actor=actor, subject=meeting)
    return minutes


def note_action(session: Session, meeting: Meeting, entry: ActionEntry, *, actor: Actor) -> MeetingAction:
    """Note what somebody of the team agreed to do.

    Raises:
        Forbidden: `actor` did not call the meeting and leads neither side.
        Refused: it was not held, its minutes are confirmed, or enough was agreed.
        Invalid: the owner is neither lead nor member.
    """
    require(MEETING_KEEPS, actor, meeting)
    _require_held(meeting, N_("These minutes are confirmed: note it at the next meeting."))
    if len(actions_of(session, meeting)) >= MOST_ACTIONS:
        raise Refused(N_("A meeting has at most %(most)s actions."), most=MOST_ACTIONS)
    if entry.owner not in {mate.id for mate in team_of(session, meeting.collaboration) if not mate.is_guest}:
        raise Invalid("owner", N_("Choose a lead or a member of the team."))
    action = MeetingAction(
        meeting=meeting,
        collaboration=meeting.collaboration,
        title=entry.title,
        owner_id=entry.owner,
        due_on=entry.due_on,
        noted_by_id=actor.id,
        noted_at=clock.now(),
    )
    session.add(action)
    session.flush()
    record(session, ActionNoted(owner_id=entry.owner), actor=actor, subject=action)
    return action


def _require_held(meeting: Meeting, confirmed: str) -> None:
    if meeting.state is MeetingState.CONFIRMED:
        raise Refused(confirmed)
    if meeting.state not in (MeetingState.HELD, MeetingState.OBJECTED):
        raise Refused(N_("Only a meeting that was held has minutes and actions."))


def _those_who_come(session: Session, collaboration: Collaboration, entry: MeetingEntry, caller_id: int | None) -> Iterable[int]:
    team = [mate.id for mate in team_of(session, collaboration)]
    if not set(entry.invited) <= set(team):
        raise Invalid("invited", N_("Invite people who take part in the collaboration."))
    return [number for number in team if number in entry.invited or number == caller_id]


def _side_of(meeting: Meeting, actor: Actor) -> Side:
    work = meeting.collaboration
    if actor.id in (work.host_lead_id, work.partner_lead_id):
        return Side.HOST if actor.id == work.host_lead_id else Side.PARTNER
    return Side.HOST if actor.id is not None and work.team[actor.id].side_id == work.host_id else Side.PARTNER
