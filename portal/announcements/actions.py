"""Announcing, changing and dismissing; and what time alone does to announcements."""

import datetime as dt

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.announcements.events import AnnouncementChanged, AnnouncementDismissed, AnnouncementMade
from portal.announcements.inputs import Message
from portal.announcements.models import OPEN, Announcement, Dismissal
from portal.announcements.policies import SEE
from portal.announcements.queries import to_begin, to_end
from portal.announcements.workflow import ANNOUNCEMENT_FLOW
from portal.kernel import clock
from portal.kernel.db import AnySelect, add_unique
from portal.kernel.errors import Invalid, Refused
from portal.kernel.events import Fact, record
from portal.kernel.policy import ADMIN, SYSTEM_ACTOR, Actor, require
from portal.kernel.text import N_

_AT_ONCE = 100
_WORDS = ("text", "tone", "link_label", "link_href")


def announce(session: Session, given: Message, *, actor: Actor) -> Announcement:
    """Let a message stand on the pages of its audience from its beginning to its end.

    Raises:
        Forbidden: `actor` does not administer the portal.
        Invalid: its end has passed.
    """
    require(ADMIN, actor, None)
    starts_at = given.starts_at or _this_minute()
    _require_end(given, starts_at)
    announcement = Announcement(
        **{name: getattr(given, name) for name in (*_WORDS, "audience", "dismissible")},
        starts_at=starts_at,
        ends_at=given.ends_at,
        made_by_id=actor.id,
        made_at=clock.now(),
    )
    session.add(announcement)
    record(session, AnnouncementMade(), actor=actor, subject=announcement)
    return announcement


def change_announcement(session: Session, announcement: Announcement, given: Message, *, actor: Actor) -> None:
    """Word it anew, or let it hold at other times. Other words are shown again to those who had dismissed the old ones.

    Raises:
        Forbidden: `actor` does not administer the portal.
        Invalid: its end has passed, or it would begin at another time than it did.
        Refused: it is over, or was taken back.
    """
    require(ADMIN, actor, announcement)
    if announcement.state not in OPEN or announcement.ends_at <= clock.now():
        raise Refused(N_("It is over. Announce it anew if it still holds."))
    starts_at = given.starts_at or _this_minute()
    if announcement.has_begun:
        if given.starts_at is not None and given.starts_at != announcement.starts_at:
            raise Invalid("starts", N_("It is shown already. Leave its beginning as it is."))
        starts_at = announcement.starts_at
    _require_end(given, starts_at)
    if any(getattr(announcement, name) != getattr(given, name) for name in _WORDS):
        session.execute(delete(Dismissal).where(Dismissal.announcement_id == announcement.id))
    for name in (*_WORDS, "audience", "dismissible", "ends_at"):
        setattr(announcement, name, getattr(given, name))
    announcement.starts_at = starts_at
    session.flush()
    record(session, AnnouncementChanged(), actor=actor, subject=announcement)


def dismiss(session: Session, number: int, *, actor: Actor) -> bool:
    """Never show it to `actor` again. False, with nothing changed, where they do not see it or had dismissed it before."""
    announcement = session.scalars(select(Announcement).where(Announcement.id == number, SEE.where(actor))).one_or_none()
    if announcement is None or not announcement.dismissible or actor.id is None:
        return False
    added = add_unique(session, Dismissal(announcement_id=number, account_id=actor.id, at=clock.now()))
    if added:
        record(session, AnnouncementDismissed(), actor=actor, subject=announcement)
    return added


def begin_due(session: Session) -> int:
    """Write down which began; returns how many. Pages go by the clock and wait for nobody."""
    return _move(session, "begin", to_begin(at_most=_AT_ONCE))


def end_due(session: Session) -> int:
    """Write down which are over; returns how many."""
    return _move(session, "end", to_end(at_most=_AT_ONCE))


def forget_dismissals(session: Session, _fact: Fact, account: User, _actor: Actor) -> None:
    """Reaction to an erased account: what it had read is forgotten."""
    session.execute(delete(Dismissal).where(Dismissal.account_id == account.id))


def _move(session: Session, action: str, due: AnySelect) -> int:
    announcements = session.scalars(due).all()
    for announcement in announcements:
        ANNOUNCEMENT_FLOW.perform(session, announcement, action, actor=SYSTEM_ACTOR)
    return len(announcements)


def _this_minute() -> dt.datetime:
    return clock.now().replace(second=0, microsecond=0)


def _require_end(given: Message, starts_at: dt.datetime) -> None:
    if given.ends_at <= max(starts_at, clock.now()):
        raise Invalid("ends", N_("This has passed already. Choose a later end."))


TIMED = (begin_due, end_due)
