"""Who is asking: from a session token to an actor, in one statement. And what people see of their own account."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import FromClause, Select, bindparam, func, or_, select
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.sql import and_

from portal.accounts.models import AccountSession, Ticket, User
from portal.accounts.states import Closed, Purpose
from portal.kernel import clock
from portal.kernel.events import Event
from portal.kernel.ids import fingerprint
from portal.kernel.paging import Slice, cut, newest_first
from portal.kernel.policy import Actor, Role, Seat
from portal.kernel.prepared import Question, moment, payload

IDLE = dt.timedelta(hours=12)
IDLE_WITH_POWER = dt.timedelta(minutes=30)  # officers, signatories and administrators
LONGEST = dt.timedelta(days=7)
_POWER = {Role.OFFICER, Role.SIGNATORY, Role.ADMINISTRATOR}


@dataclass(frozen=True)
class Identity:
    """A live session: the actor it makes, and what the frame of every page shows of them."""

    session_id: int
    actor: Actor
    role_line: str
    time_zone: str
    seen_at: dt.datetime
    signed_in_at: dt.datetime
    idle: dt.timedelta  # how long the session lives unused
    owes_factor: bool  # has power over others, and no second factor
    moved: tuple[int, int]  # the log's newest entry and the unread notifications: while both stay, so do this person's pages


def identity_question(membership: FromClause, organisation: FromClause, unread: Callable[[Any], Select[int]]) -> Question:
    """What `identity_for` asks. The tables come from above: this floor knows no organisations.

    Args:
        membership: has `account_id`, `organisation_id`, `roles`, `title`, `state`.
        organisation: has `id`, `name`.
        unread: how many notifications an account has not seen, as a statement.
    """
    sessions, accounts = AccountSession.__table__, User.__table__
    return Question(
        select(
            sessions.c.id.label("session_id"),
            sessions.c.created_at,
            sessions.c.seen_at,
            accounts.c.id.label("account_id"),
            accounts.c.name,
            accounts.c.kind,
            accounts.c.is_admin,
            accounts.c.time_zone,
            accounts.c.tf_primary_method,
            membership.c.organisation_id,
            membership.c.roles,
            membership.c.title,
            organisation.c.name.label("organisation_name"),
            select(func.coalesce(func.max(Event.id), 0)).scalar_subquery().label("newest"),
            unread(accounts.c.id).correlate(accounts).scalar_subquery().label("unread"),
        )
        .select_from(sessions.join(accounts, accounts.c.id == sessions.c.account_id))
        .outerjoin(membership, and_(membership.c.account_id == accounts.c.id, membership.c.state == "active"))
        .outerjoin(organisation, organisation.c.id == membership.c.organisation_id)
        .where(sessions.c.fingerprint == bindparam("fingerprint"), sessions.c.ended_at.is_(None), accounts.c.active)
        .order_by(membership.c.id)
    )


def identity_for(session: Session, question: Question, token: str) -> Identity | None:
    """The identity behind a session token, or None where it is unknown, ended, idle for too long or simply too old."""
    rows = question.rows(session, fingerprint=fingerprint(token))
    if not rows:
        return None
    first = rows[0]
    seats = tuple(
        Seat(row.organisation_id, frozenset(Role(role) for role in payload(row.roles)))
        for row in rows
        if row.organisation_id is not None
    )
    seen_at, created_at = moment(first.seen_at), moment(first.created_at)
    powerful = bool(first.is_admin) or any(not seat.roles.isdisjoint(_POWER) for seat in seats)
    idle = IDLE_WITH_POWER if powerful else IDLE
    now = clock.now()
    if now - seen_at > idle or now - created_at > LONGEST:
        return None
    line = ", ".join(part for part in (first.title or "", first.organisation_name or "") if part)
    actor = Actor(first.account_id, first.name, str(first.kind), seats, bool(first.is_admin))
    return Identity(
        first.session_id,
        actor,
        line,
        first.time_zone,
        seen_at,
        created_at,
        idle,
        powerful and first.tf_primary_method is None,
        (first.newest, first.unread),
    )


def live_sessions_of(session: Session, account_id: int, *, idle: dt.timedelta = IDLE) -> list[AccountSession]:
    """The sessions of one account that still open something, the one used last first."""
    now = clock.now()
    return list(
        session.scalars(
            select(AccountSession)
            .where(
                AccountSession.account_id == account_id,
                AccountSession.ended_at.is_(None),
                AccountSession.seen_at >= now - idle,
                AccountSession.created_at >= now - LONGEST,
            )
            .order_by(AccountSession.seen_at.desc(), AccountSession.id.desc())
        )
    )


def account_by_email(session: Session, email: str) -> User | None:
    """The account of that address (in lower case), confirmed or not, open or closed."""
    return session.scalars(select(User).where(User.email == email)).one_or_none()


def account_of(session: Session, account_id: int, *, lock: bool = False) -> User:
    """One account; `lock` makes others wait who want to change it too."""
    return session.get_one(User, account_id, with_for_update=True if lock else None)


def live_ticket(session: Session, purpose: Purpose, token: str, *, lock: bool = False) -> Ticket | None:
    """The ticket behind `token` with its account, or None where it is unknown, spent, too old or void."""
    query = (
        select(Ticket)
        .where(Ticket.fingerprint == fingerprint(token), Ticket.purpose == purpose)
        .options(joinedload(Ticket.account, innerjoin=True))
    )
    ticket = session.scalars(query.with_for_update() if lock else query).one_or_none()
    return ticket if ticket is not None and ticket.is_live else None


def accounts_called(session: Session, text: str, after: str | None) -> Slice[User]:
    """Accounts whose name or address holds `text` (all of them, where it is empty), the newest first, one page.

    What was erased is nobody's any more.
    """
    query = select(User).where(or_(User.closed.is_(None), User.closed != Closed.ERASED))
    if text:
        query = query.where(or_(User.name.icontains(text, autoescape=True), User.email.icontains(text, autoescape=True)))
    return cut(session.scalars(newest_first(query, User.id, after)).all(), "id")


def administrator_exists(session: Session) -> bool:
    """Whether somebody runs this portal already."""
    return session.scalar(select(func.count()).select_from(User).where(User.is_admin, User.active)) != 0
