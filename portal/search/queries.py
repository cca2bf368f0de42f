"""Reads over saved searches."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from portal.search.models import SavedSearch
from portal.search.states import Often

PERIODS = {Often.DAILY: dt.timedelta(days=1), Often.WEEKLY: dt.timedelta(days=7)}


def saved_by(session: Session, account_id: int | None) -> Sequence[SavedSearch]:
    """All of one person's, the newest first."""
    return session.scalars(select(SavedSearch).where(SavedSearch.account_id == account_id).order_by(SavedSearch.id.desc())).all()


def saved_as(session: Session, account_id: int | None, address: str) -> SavedSearch | None:
    """This person's search with that address, if they saved it."""
    query = select(SavedSearch).where(SavedSearch.account_id == account_id, SavedSearch.address == address)
    return session.scalars(query).one_or_none()


def how_many(session: Session, account_id: int | None) -> int:
    """How many one person has."""
    return session.scalar(select(func.count()).where(SavedSearch.account_id == account_id)) or 0


def due(session: Session, now: dt.datetime, *, most: int) -> Sequence[SavedSearch]:
    """Those for which it is time to look again, the longest waiting first."""
    late = [and_(SavedSearch.often == often, SavedSearch.looked_at <= now - period) for often, period in PERIODS.items()]
    return session.scalars(select(SavedSearch).where(or_(*late)).order_by(SavedSearch.looked_at).limit(most)).all()
