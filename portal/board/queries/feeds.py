"""Whose calendar an address opens."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.board.models import CalendarFeed
from portal.kernel.ids import fingerprint


def feed_of(session: Session, account_id: int | None) -> CalendarFeed | None:
    """The calendar address of this person, if they have one."""
    return session.scalars(select(CalendarFeed).where(CalendarFeed.account_id == account_id)).one_or_none()


def owner_of(session: Session, token: str) -> int | None:
    """The account whose calendar this token opens; None for any other."""
    return session.scalar(select(CalendarFeed.account_id).where(CalendarFeed.fingerprint == fingerprint(token)))
