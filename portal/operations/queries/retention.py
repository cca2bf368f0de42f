"""What the portal keeps for longer than people were promised: counted, and never removed here.

Source of the periods: what was promised to people about their data – what nobody works on or was declined, 24 months;
applications, 6 months after their decision; messages and files, 24 months after the collaboration; logs, 12 months, and in them
the network somebody came from, 30 days.
"""

import calendar
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, select, union_all
from sqlalchemy.orm import Session

from portal.accounts.models import AccountSession
from portal.collaborations.models import Collaboration
from portal.files.models import File
from portal.kernel import clock
from portal.kernel.db import UtcDateTime
from portal.kernel.text import N_
from portal.listings.models import Listing
from portal.listings.states import Kind
from portal.notifications.models import Delivery, Notification
from portal.proposals.models import Interest, Proposal
from portal.proposals.states import InterestState, ProposalState
from portal.threads.models import Message

Wanted = Select[Any]


@dataclass(frozen=True)
class Promise:
    """What is kept for how long. `since` is the moment from which it counts; `rows` picks what the promise is about."""

    what: str  # marked
    period: str  # marked
    since: Any
    rows: Callable[[Wanted], Wanted]
    months: int = 0
    days: int = 0

    def before(self, now: dt.datetime) -> dt.datetime:
        """Whatever is older than this is kept too long."""
        months = now.year * 12 + now.month - 1 - self.months
        year, month = divmod(months, 12)
        day = min(now.day, calendar.monthrange(year, month + 1)[1])
        return now.replace(year=year, month=month + 1, day=day) - dt.timedelta(days=self.days)


@dataclass(frozen=True)
class Kept:
    """How many rows are kept for longer than one promise says, and how old the oldest is."""

    what: str
    period: str
    rows: int
    oldest_at: dt.datetime | None


def kept_too_long(session: Session) -> list[Kept]:
    """Each promise with what breaks it at this moment; one statement, which changes nothing."""
    now = clock.now()
    counted = {row.place: row for row in session.execute(union_all(*(_count(*each, now) for each in enumerate(PROMISES))))}
    return [Kept(each.what, each.period, counted[place].rows, counted[place].oldest) for place, each in enumerate(PROMISES)]


def _count(place: int, promise: Promise, now: dt.datetime) -> Wanted:
    oldest = func.min(promise.since, type_=UtcDateTime()).label("oldest")
    query: Wanted = select(literal(place).label("place"), func.count().label("rows"), oldest)
    return promise.rows(query).where(promise.since < promise.before(now))


def _in_state(model: Any, *states: Any) -> Callable[[Wanted], Wanted]:
    return lambda query: query.select_from(model).where(model._state.in_(states))


def _applications(query: Wanted) -> Wanted:
    return query.select_from(Interest).join(Listing, Listing.id == Interest.listing_id).where(Listing.kind == Kind.INTERNSHIP)


def _on_collaborations(model: Any) -> Callable[[Wanted], Wanted]:
    theirs: ColumnElement[bool] = and_(model.subject_type == "collaboration", model.subject_id == Collaboration.id)
    return lambda query: query.select_from(model).join(Collaboration, theirs)


_TWO_YEARS_IDLE = N_("24 months without a change")
_TWO_YEARS_DECIDED = N_("24 months after the decision")
_TWO_YEARS_AFTER = N_("24 months after the end")
_A_YEAR = N_("12 months")
PROMISES = (
    Promise(
        N_("Proposals that were never sent"),
        _TWO_YEARS_IDLE,
        Proposal.edited_at,
        lambda query: query.select_from(Proposal).where(Proposal._state == ProposalState.DRAFT, Proposal.submitted_at.is_(None)),
        months=24,
    ),
    Promise(
        N_("Expressions of interest that were never sent"),
        _TWO_YEARS_IDLE,
        Interest.created_at,
        _in_state(Interest, InterestState.DRAFT),
        months=24,
    ),
    Promise(
        N_("Proposals that were declined"),
        _TWO_YEARS_DECIDED,
        Proposal.decided_at,
        _in_state(Proposal, ProposalState.DECLINED),
        months=24,
    ),
    Promise(
        N_("Expressions of interest that were declined"),
        _TWO_YEARS_DECIDED,
        Interest.answered_at,
        _in_state(Interest, InterestState.DECLINED),
        months=24,
    ),
    Promise(N_("Applications for internships"), N_("6 months after the decision"), Interest.answered_at, _applications, months=6),
    Promise(N_("Messages of collaborations"), _TWO_YEARS_AFTER, Collaboration.ended_at, _on_collaborations(Message), months=24),
    Promise(N_("Files of collaborations"), _TWO_YEARS_AFTER, Collaboration.ended_at, _on_collaborations(File), months=24),
    Promise(
        N_("Devices and networks of sessions that ended"),
        N_("30 days after the end"),
        AccountSession.ended_at,
        lambda query: query.select_from(AccountSession).where(AccountSession.network != ""),
        days=30,
    ),
    Promise(N_("Mails that went out"), _A_YEAR, Delivery.sent_at, lambda query: query.select_from(Delivery), months=12),
    Promise(N_("Notifications"), _A_YEAR, Notification.at, lambda query: query.select_from(Notification), months=12),
)
