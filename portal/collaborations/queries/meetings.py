"""Reads over meetings, their minutes and what was agreed, and what of it waits for whom."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, cast, exists, literal, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from portal.accounts.models import User
from portal.approvals.states import Side
from portal.collaborations.models import Collaboration, Invitee, Meeting, MeetingAction, Minutes, Participant
from portal.collaborations.policies import MEETING_READ
from portal.collaborations.queries.people import people_of
from portal.collaborations.states import ActionState, CollaborationState, MeetingState, Part, PartState
from portal.kernel import clock
from portal.kernel.db import AnySelect
from portal.kernel.policy import Actor
from portal.kernel.text import N_
from portal.kernel.work import AtOnce, Source, end_of_day

MEETING = (joinedload(Meeting.collaboration), joinedload(Meeting.invited))
MEETING_ACTION = (
    joinedload(MeetingAction.collaboration),
    joinedload(MeetingAction.meeting).options(*MEETING),
)
# Its page also names people, and the two sides.
MEETING_FULL = (
    joinedload(Meeting.collaboration).options(
        joinedload(Collaboration.host_lead).load_only(User.name), joinedload(Collaboration.partner_lead).load_only(User.name)
    ),
    joinedload(Meeting.invited).joinedload(Invitee.account).load_only(User.name),
    joinedload(Meeting.called_by).load_only(User.name),
    joinedload(Meeting.confirmed_by).load_only(User.name),
)
DAYS_AHEAD = 14  # how long before it begins a meeting stands on My work
_OVER = (CollaborationState.CLOSED, CollaborationState.TERMINATED)


@dataclass(frozen=True)
class Mate:
    """One person with an account who takes part in a collaboration."""

    id: int
    name: str
    is_guest: bool = False


def team_of(session: Session, collaboration: Collaboration) -> list[Mate]:
    """The leads, the members and the guests who can be invited to a meeting."""
    leads = (collaboration.host_lead, collaboration.partner_lead)
    found = {lead.id: Mate(lead.id, lead.name) for lead in leads}
    for part in people_of(session, collaboration):
        here = part.state is PartState.ACTIVE and (part.until_on is None or part.until_on >= clock.today())
        if here and part.account is not None:
            found.setdefault(part.account.id, Mate(part.account.id, part.account.name, part.part is Part.GUEST))
    return list(found.values())


def meetings_of(session: Session, collaboration: Collaboration, actor: Actor) -> Sequence[Meeting]:
    """Those this person may read of, the latest first."""
    query = select(Meeting).where(Meeting.collaboration_id == collaboration.id, MEETING_READ.where(actor))
    return session.scalars(query.order_by(Meeting.starts_at.desc(), Meeting.id.desc())).all()


def minutes_of(session: Session, meeting: Meeting) -> Sequence[Minutes]:
    """All versions of its minutes, the newest first."""
    people = (joinedload(Minutes.by).load_only(User.name), joinedload(Minutes.objected_by).load_only(User.name))
    query = select(Minutes).where(Minutes.meeting_id == meeting.id).options(*people)
    return session.scalars(query.order_by(Minutes.number.desc())).all()


def actions_of(session: Session, meeting: Meeting) -> Sequence[MeetingAction]:
    """What was agreed there, by the day it is due."""
    return _actions(session, MeetingAction.meeting_id == meeting.id)


def open_actions_of(session: Session, collaboration: Collaboration, actor: Actor) -> Sequence[MeetingAction]:
    """What was agreed and is not settled, of the meetings this person may read of."""
    readable = MeetingAction.meeting_id.in_(select(Meeting.id).where(MEETING_READ.where(actor)))
    theirs = MeetingAction.collaboration_id == collaboration.id, MeetingAction._state == ActionState.OPEN
    return _actions(session, *theirs, readable)


def _actions(session: Session, *conditions: Any) -> Sequence[MeetingAction]:
    named = (joinedload(MeetingAction.owner).load_only(User.name), joinedload(MeetingAction.settled_by).load_only(User.name))
    loaded = (*named, joinedload(MeetingAction.collaboration), joinedload(MeetingAction.meeting))
    query = select(MeetingAction).where(*conditions).options(*loaded)
    return session.scalars(query.order_by(MeetingAction.due_on, MeetingAction.id)).all()


def takes_part(actor: Actor) -> Any:
    """A condition on collaborations: this person leads a side, or is of the team or a guest today."""
    here = or_(Participant.until_on.is_(None), Participant.until_on >= clock.today())
    mine = Participant.account_id == actor.id, Participant._state == PartState.ACTIVE, here
    part = exists().where(Participant.collaboration_id == Collaboration.id, *mine)
    return or_(Collaboration.host_lead_id == actor.id, Collaboration.partner_lead_id == actor.id, part)


def meetings_to_come(actor: Actor) -> AnySelect | None:
    """To which this person is invited within the next days."""
    if not actor.is_person:
        return None
    soon = clock.now() + dt.timedelta(days=DAYS_AHEAD)
    mine = Meeting.id.in_(select(Invitee.meeting_id).where(Invitee.account_id == actor.id))
    ahead = Meeting._state == MeetingState.PLANNED, Meeting.starts_at > clock.now(), Meeting.starts_at <= soon
    return _waiting(mine, *ahead, takes_part(actor), since=Meeting.called_at, due_at=Meeting.starts_at)


def minutes_to_write(actor: Actor) -> AnySelect | None:
    """Of meetings that this person called, that have begun and of which nothing is written."""
    if not actor.is_person:
        return None
    begun = and_(Meeting._state == MeetingState.PLANNED, Meeting.starts_at <= clock.now())
    open_ = or_(begun, and_(Meeting._state == MeetingState.HELD, Meeting.minutes_number == 0))
    return _waiting(Meeting.called_by_id == actor.id, open_, takes_part(actor), since=Meeting.starts_at)


def minutes_to_confirm(actor: Actor) -> AnySelect | None:
    """What the other side wrote, for the lead of this one."""
    if not actor.is_person:
        return None
    mine = or_(
        and_(Collaboration.host_lead_id == actor.id, Meeting.minutes_side == Side.PARTNER),
        and_(Collaboration.partner_lead_id == actor.id, Meeting.minutes_side == Side.HOST),
    )
    others = Meeting._state == MeetingState.HELD, Meeting.minutes_by_id != actor.id
    return _waiting(mine, *others, since=Meeting.minutes_at)


def minutes_to_write_again(actor: Actor) -> AnySelect | None:
    """To which the other side objected, for whoever called the meeting and wrote them, and for the lead of the side that did."""
    if not actor.is_person:
        return None
    one, work = aliased(Meeting), aliased(Collaboration)
    led = or_(
        and_(work.host_lead_id == actor.id, one.minutes_side == Side.HOST),
        and_(work.partner_lead_id == actor.id, one.minutes_side == Side.PARTNER),
    )
    own = select(one.id).join(work, work.id == one.collaboration_id).where(led, one._state == MeetingState.OBJECTED)
    called = select(one.id).where(one.called_by_id == actor.id, one.minutes_by_id == actor.id)
    mine = Meeting.id.in_(own.union(called))
    return _waiting(mine, Meeting._state == MeetingState.OBJECTED, takes_part(actor), since=Meeting.minutes_at)


def _waiting(*conditions: Any, since: Any, due_at: Any = None) -> AnySelect:
    return (
        select(
            Meeting.id.label("id"),
            Meeting.title.label("title"),
            literal("").label("detail"),
            since.label("since"),
            (cast(None, Meeting.confirmed_at.type) if due_at is None else due_at).label("due_at"),
        )
        .join(Collaboration, Collaboration.id == Meeting.collaboration_id)
        .where(Collaboration._state.not_in(_OVER), *conditions)
    )


def actions_to_settle(actor: Actor) -> AnySelect | None:
    """What this person agreed to do."""
    if not actor.is_person:
        return None
    return (
        select(
            MeetingAction.id.label("id"),
            MeetingAction.title.label("title"),
            literal("").label("detail"),
            MeetingAction.noted_at.label("since"),
            end_of_day(MeetingAction.due_on).label("due_at"),
        )
        .join(Collaboration, Collaboration.id == MeetingAction.collaboration_id)
        .where(MeetingAction.owner_id == actor.id, MeetingAction._state == ActionState.OPEN, takes_part(actor))
        .where(Collaboration._state.not_in(_OVER))
    )


def _page(number: int, _detail: str) -> str:
    return f"/meetings/{number}"


def _settling(number: int, detail: str) -> str:
    return f"/meeting-actions/{number}/steps/done"


MEETING_SOURCES = (
    Source("meeting.attend", N_("Come to"), N_("Open the meeting"), _page, meetings_to_come),
    Source(
        *("meeting.write", N_("Write the minutes of"), N_("Write them")),
        *(lambda number, _detail: f"/meetings/{number}/minutes", minutes_to_write),
    ),
    Source(
        *("meeting.answer", N_("Answer the objection to the minutes of"), N_("Read it")),
        *(_page, minutes_to_write_again),
    ),
    Source("meeting.confirm", N_("Confirm the minutes of"), N_("Read them"), _page, minutes_to_confirm),
    Source(
        *("meeting_action.settle", N_("Do what was agreed:"), N_("Say what was done")),
        *(_settling, actions_to_settle, AtOnce(N_("Done"), _settling)),
    ),
)
