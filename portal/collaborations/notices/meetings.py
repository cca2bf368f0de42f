"""Whom facts about meetings concern: those who are invited, those who agreed to do something, and the leads."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.collaborations.events import ActionMoved, ActionNoted, MeetingCalled, MeetingChanged, MeetingMoved, MinutesWritten
from portal.collaborations.models import Invitee, Meeting
from portal.collaborations.notices.work import leads
from portal.collaborations.states import MeetingState
from portal.kernel.events import Event
from portal.kernel.notices import Concerned, Facts, Notice
from portal.kernel.text import N_


def everybody_invited(session: Session, event: Event) -> Iterable[Concerned]:
    """Those who are invited now; that a meeting was held is no news to them, and an objection is for those who answer it."""
    if event.data.get("state") not in (MeetingState.HELD.value, MeetingState.OBJECTED.value):
        for number in session.scalars(select(Invitee.account_id).where(Invitee.meeting_id == event.subject_id)).all():
            yield Concerned(number, N_("because you are invited to this meeting"))


def whoever_answers(session: Session, event: Event) -> Iterable[Concerned]:
    """Whoever wrote the minutes that are objected to, and the leads."""
    if event.data["state"] == MeetingState.OBJECTED.value:
        author_id = session.scalar(select(Meeting.minutes_by_id).where(Meeting.id == event.subject_id))
        if author_id is not None:
            yield Concerned(author_id, N_("because you wrote these minutes"))
        yield from leads(session, event)


def whoever_agreed(_session: Session, event: Event) -> Iterable[Concerned]:
    """The owner of what was agreed."""
    yield Concerned(event.data["owner_id"], N_("because you are to do this"))


def when_and_where(meeting: Any) -> Facts:
    """What a calendar wants to know."""
    return ((N_("When"), meeting.starts_at), (N_("Minutes long"), str(meeting.lasts_minutes)), (N_("Where"), meeting.place))


NOTICES = (
    Notice(
        MeetingCalled,
        everybody_invited,
        N_("%(actor)s invites you to a meeting: “%(title)s”"),
        N_("You need do nothing now. The meeting stands in your calendar, and you are reminded the day before."),
        N_("Open the meeting"),
        facts=when_and_where,
    ),
    Notice(
        MeetingChanged,
        everybody_invited,
        N_("The meeting “%(title)s” was changed"),
        N_("You need do nothing now. See when and where it is, and what it is about."),
        N_("Open the meeting"),
        facts=when_and_where,
    ),
    Notice(
        MeetingMoved,
        everybody_invited,
        N_("The meeting “%(title)s” is now: %(state)s"),
        N_("You need do nothing. If it was cancelled, the page says why."),
        N_("Open the meeting"),
    ),
    Notice(
        MeetingMoved,
        whoever_answers,
        N_("The other side objects to the minutes of “%(title)s”"),
        N_("It is your turn if you wrote them: the objection stands below them. Write a new version, or talk about it."),
        N_("Read the minutes"),
    ),
    Notice(
        MinutesWritten,
        leads,
        N_("The minutes of “%(title)s” were written"),
        N_("If the other side wrote them, you confirm them, object to them, or correct them in a version of your own."),
        N_("Read the minutes"),
    ),
    Notice(
        MinutesWritten,
        everybody_invited,
        N_("The minutes of “%(title)s” can be read"),
        N_("You need do nothing. Tell a lead what is missing before they are confirmed."),
        N_("Read the minutes"),
        mail=False,
    ),
    Notice(
        ActionNoted,
        whoever_agreed,
        N_("You are to do: “%(title)s”"),
        N_("It is your turn: do it by its date, and say that it is done."),
        N_("Open the meeting"),
    ),
    Notice(
        ActionMoved,
        leads,
        N_("What was agreed, “%(title)s”, is now: %(state)s"),
        N_("You need do nothing."),
        N_("Open the meeting"),
        mail=False,
    ),
)
