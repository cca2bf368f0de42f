"""Reads over saved searches, and over what is looked for."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from portal.kernel import clock
from portal.kernel.db import plain_rows
from portal.search.models import SavedSearch, SearchTally
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


@dataclass(frozen=True)
class Wanted:
    """How often a term was asked for within some time – the empty one: anything –, and how often nothing was found."""

    term: str
    searches: int
    empty: int
    slow: int
    longest_ms: int


def looked_for(session: Session, days: int, *, least: int, most: int) -> tuple[Wanted, list[Wanted]]:
    """All searches of so many days, and the terms asked for at least so often, those that were missed most first."""
    counts = [func.sum(column) for column in (SearchTally.searches, SearchTally.empty, SearchTally.slow)]
    query = select(SearchTally.term, *counts, func.max(SearchTally.longest_ms))
    query = query.where(SearchTally.day > clock.today() - dt.timedelta(days=days)).group_by(SearchTally.term)
    query = query.having(or_(SearchTally.term == "", counts[0] >= least))
    query = query.order_by(SearchTally.term != "", counts[1].desc(), counts[0].desc(), SearchTally.term).limit(most + 1)
    found = [Wanted(term, *map(int, rest)) for term, *rest in plain_rows(session, query)]
    if found and not found[0].term:
        return found[0], found[1:]
    return Wanted("", 0, 0, 0, 0), found
