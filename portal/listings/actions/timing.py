"""What time alone does to listings: they open, close, are about to expire, expire. Run twice, nothing happens twice."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, not_, or_, select
from sqlalchemy.orm import Session

from portal.kernel import clock
from portal.kernel.db import unindexed
from portal.kernel.events import record
from portal.kernel.policy import SYSTEM_ACTOR
from portal.listings.events import ListingExpiring
from portal.listings.models import LIFETIME, REMINDED_BEFORE, Listing
from portal.listings.policies import WITHOUT_DEADLINE
from portal.listings.states import ListingState
from portal.listings.workflow import LISTING_FLOW
from portal.organisations.models import Organisation
from portal.organisations.states import OrganisationState

AT_ONCE = 500  # listings that one run moves; the next run goes on


def open_due(session: Session) -> int:
    """Open the approved listings whose day has come; returns how many. One that may not open waits for its owner, unseen."""
    now = clock.now()
    verified = select(Organisation.id).where(Organisation._state == OrganisationState.VERIFIED)
    may_open = and_(or_(Listing.closes_at.is_(None), Listing.closes_at > now), Listing.organisation_id.in_(verified))
    opened = _move(session, "open", _due(session, ListingState.SCHEDULED, Listing.opens_at, now, may_open))
    opened += _move(session, "open", _due(session, ListingState.ANNOUNCED, Listing.opens_at, now, may_open))
    _move(session, "conceal", _due(session, ListingState.ANNOUNCED, Listing.opens_at, now, not_(may_open)))
    return opened


def close_due(session: Session) -> int:
    """Close the listings whose deadline has passed, and those that nobody renewed in time; returns how many."""
    now = clock.now()
    closed = _move(session, "expire", _due(session, ListingState.PUBLISHED, Listing.closes_at, now))
    endless = WITHOUT_DEADLINE.where(SYSTEM_ACTOR)
    return closed + _move(session, "lapse", _due(session, ListingState.PUBLISHED, Listing.renewed_at, now - LIFETIME, endless))


def halt_suspended(session: Session) -> int:
    """Close the listings of suspended organisations, and hide what they announced; returns how many.

    Their owners open and announce them again once that is settled.
    """
    halted = _move(session, "halt", _of_suspended(session, ListingState.PUBLISHED))
    return halted + _move(session, "conceal", _of_suspended(session, ListingState.ANNOUNCED))


def _of_suspended(session: Session, state: ListingState) -> Sequence[Listing]:
    suspended = select(Organisation.id).where(Organisation._state == OrganisationState.SUSPENDED)
    theirs = Listing.organisation_id.in_(suspended), unindexed(Listing._state) == state
    query = select(Listing).where(*theirs).order_by(Listing.organisation_id, Listing.id).limit(AT_ONCE)
    return session.scalars(query.with_for_update(skip_locked=True, of=Listing)).all()


def remind_expiring(session: Session) -> int:
    """Tell the owners of listings that expire soon, once for each year; returns how many."""
    now = clock.now()
    unaware = or_(Listing.reminded_at.is_(None), Listing.reminded_at <= Listing.renewed_at)
    concerned = and_(WITHOUT_DEADLINE.where(SYSTEM_ACTOR), unaware, Listing.renewed_at > now - LIFETIME)
    due = _due(session, ListingState.PUBLISHED, Listing.renewed_at, now - LIFETIME + REMINDED_BEFORE, concerned)
    for listing in due:
        listing.reminded_at = now
        record(session, ListingExpiring(), actor=SYSTEM_ACTOR, subject=listing)
    return len(due)


def _due(
    session: Session, state: ListingState, since: Any, until: dt.datetime, besides: ColumnElement[bool] | None = None
) -> Sequence[Listing]:
    """Those in `state` whose column `since` lies at or before `until`, the longest overdue first."""
    query = select(Listing).where(Listing._state == state, since <= until)
    query = query if besides is None else query.where(besides)
    return session.scalars(query.order_by(since).limit(AT_ONCE).with_for_update(skip_locked=True)).all()


def _move(session: Session, action: str, listings: Sequence[Listing]) -> int:
    for listing in listings:
        LISTING_FLOW.perform(session, listing, action, actor=SYSTEM_ACTOR)
    return len(listings)
