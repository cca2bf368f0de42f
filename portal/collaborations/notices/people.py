"""Whom facts about people of a collaboration concern: both sides, and the person it is about."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.collaborations.events import GuestInvited, HandOverMoved, HandOverProposed, ParticipantChanged, ParticipantMoved
from portal.collaborations.models import HandOver, Participant
from portal.collaborations.notices.work import leads, leads_and_officers
from portal.kernel.events import Event
from portal.kernel.notices import Concerned, Notice
from portal.kernel.text import N_

_ABOUT_YOU = N_("because it is about you")
_NOTHING = N_("You need do nothing now.")


def whoever_is_asked(session: Session, event: Event) -> Iterable[Concerned]:
    """The guest, if there is an account with the address; or the successor."""
    if event.subject_type == Participant.__tablename__:
        number = session.scalar(select(Participant.account_id).where(Participant.id == event.subject_id))
    else:
        number = session.scalar(select(HandOver.to_id).where(HandOver.id == event.subject_id))
    if number is not None:
        yield Concerned(number, _ABOUT_YOU)


def both_sides_and_they(session: Session, event: Event) -> Iterable[Concerned]:
    """The leads of both sides, and the person."""
    yield from whoever_is_asked(session, event)
    yield from leads(session, event)


def everybody_who_answers_for_it(session: Session, event: Event) -> Iterable[Concerned]:
    """The two it is between, and leads and officers of both sides."""
    yield Concerned(event.data["to_id"], _ABOUT_YOU)
    yield Concerned(event.data["from_id"], _ABOUT_YOU)
    yield from leads_and_officers(session, event)


NOTICES = (
    Notice(
        GuestInvited,
        whoever_is_asked,
        N_("%(actor)s invites you as a guest to “%(title)s”"),
        N_("It is your turn: accept or decline within fourteen days."),
        N_("Open the invitation"),
        mail=False,
    ),
    Notice(GuestInvited, leads, N_("%(actor)s invited a guest to “%(title)s”"), _NOTHING, N_("See who and why"), mail=False),
    Notice(ParticipantMoved, both_sides_and_they, N_("A part in “%(title)s” is now: %(state)s"), _NOTHING, N_("See whose")),
    Notice(ParticipantChanged, both_sides_and_they, N_("The last day of a guest of “%(title)s” moved"), _NOTHING, N_("See it")),
    Notice(
        HandOverProposed,
        whoever_is_asked,
        N_("%(actor)s asks you to lead “%(title)s” from now on"),
        N_("It is your turn: take over the lead, or decline with a reason. Until you accept, nothing changes."),
        N_("Open it"),
    ),
    Notice(
        HandOverMoved,
        everybody_who_answers_for_it,
        N_("The hand-over of “%(title)s” is now: %(state)s"),
        N_("You need do nothing. Whoever leads a side stands on the page."),
        N_("Open it"),
    ),
)
