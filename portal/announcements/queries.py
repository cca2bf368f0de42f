"""Reads over announcements: for those who make them, and for the frame of every page."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import String, and_, cast, func, select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import User
from portal.announcements.models import OPEN, Announcement, Dismissal
from portal.announcements.states import AnnouncementState
from portal.kernel import clock
from portal.kernel.db import AnySelect
from portal.kernel.paging import Slice, cut, newest_first

BY = (joinedload(Announcement.made_by).load_only(User.name),)
_mark = select(func.coalesce(func.sum(Announcement.version), 0))


def marks(account_id: Any) -> tuple[Any, Any]:
    """Two columns for a statement that is made anyway: a number that grows with each change of any announcement, and the ids,
    with commas between, of those that this account has dismissed.
    """
    ids = func.aggregate_strings(cast(Dismissal.announcement_id, String), ",")
    return _mark.scalar_subquery(), select(ids).where(Dismissal.account_id == account_id).scalar_subquery()


def standing(session: Session) -> tuple[int, Sequence[Any]]:
    """The number of `marks`, and what holds now or will, as rows for the rules of announcements; one statement."""
    now = _mark.subquery()
    number = next(iter(now.c))
    columns = (
        *(Announcement.id, Announcement.text, Announcement.tone, Announcement.audience, Announcement.link_label),
        *(Announcement.link_href, Announcement.dismissible, Announcement.starts_at, Announcement.ends_at),
    )
    holds = and_(Announcement._state.in_(OPEN), Announcement.ends_at > clock.now())
    query = select(number.label("mark"), *columns, Announcement._state.label("state")).select_from(now)
    rows = session.execute(query.outerjoin(Announcement, holds)).all()
    return rows[0].mark, [row for row in rows if row.id is not None]


def current(session: Session) -> Sequence[Announcement]:
    """What is shown now or will be, the next to end first."""
    query = select(Announcement).options(*BY).where(Announcement._state.in_(OPEN), Announcement.ends_at > clock.now())
    return session.scalars(query.order_by(Announcement.ends_at, Announcement.id)).all()


def past(session: Session, after: str | None) -> Slice[Announcement]:
    """What is over or was taken back, the newest first, one page."""
    over = Announcement._state.not_in(OPEN) | (Announcement.ends_at <= clock.now())
    query = select(Announcement).options(*BY).where(over)
    return cut(session.scalars(newest_first(query, Announcement.id, after)).all(), "id")


def to_begin(*, at_most: int) -> AnySelect:
    """Those whose time has come, and that nobody wrote down yet."""
    return _due(AnnouncementState.COMING, Announcement.starts_at, at_most)


def to_end(*, at_most: int) -> AnySelect:
    """Those whose time is over."""
    return _due(AnnouncementState.RUNNING, Announcement.ends_at, at_most)


def _due(state: AnnouncementState, since: Any, at_most: int) -> AnySelect:
    query = select(Announcement).where(Announcement._state == state, since <= clock.now())
    return query.order_by(since, Announcement.id).limit(at_most).with_for_update(skip_locked=True)
