"""Who is asking: from a session token to an actor, in one statement."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import FromClause, Select, bindparam, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import and_

from portal.accounts.models import AccountSession, User
from portal.kernel import clock
from portal.kernel.ids import fingerprint
from portal.kernel.policy import Actor, Role, Seat

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


def identity_statement(membership: FromClause, organisation: FromClause) -> Select[Any]:
    """The statement `identity_for` runs. The tables come from above: this floor knows no organisations.

    Args:
        membership: has `account_id`, `organisation_id`, `roles`, `title`, `state`.
        organisation: has `id`, `name`.
    """
    sessions, accounts = AccountSession.__table__, User.__table__
    return (
        select(
            sessions.c.id.label("session_id"),
            sessions.c.created_at,
            sessions.c.seen_at,
            accounts.c.id.label("account_id"),
            accounts.c.name,
            accounts.c.kind,
            accounts.c.is_admin,
            accounts.c.time_zone,
            membership.c.organisation_id,
            membership.c.roles,
            membership.c.title,
            organisation.c.name.label("organisation_name"),
        )
        .select_from(sessions.join(accounts, accounts.c.id == sessions.c.account_id))
        .outerjoin(membership, and_(membership.c.account_id == accounts.c.id, membership.c.state == "active"))
        .outerjoin(organisation, organisation.c.id == membership.c.organisation_id)
        .where(sessions.c.fingerprint == bindparam("fingerprint"), sessions.c.ended_at.is_(None), accounts.c.active)
        .order_by(membership.c.id)
    )


def identity_for(session: Session, statement: Select[Any], token: str) -> Identity | None:
    """The identity behind a session token, or None where it is unknown, ended, idle for too long or simply too old."""
    rows = session.connection().execute(statement, {"fingerprint": fingerprint(token)}).all()
    if not rows:
        return None
    first = rows[0]
    seats = tuple(
        Seat(row.organisation_id, frozenset(Role(role) for role in row.roles)) for row in rows if row.organisation_id is not None
    )
    powerful = first.is_admin or any(not seat.roles.isdisjoint(_POWER) for seat in seats)
    now = clock.now()
    if now - first.seen_at > (IDLE_WITH_POWER if powerful else IDLE) or now - first.created_at > LONGEST:
        return None
    kind = first.kind
    line = ", ".join(part for part in (first.title or "", first.organisation_name or "") if part)
    actor = Actor(first.account_id, first.name, str(kind.value), seats, first.is_admin)
    return Identity(first.session_id, actor, line, first.time_zone, first.seen_at)


def live_sessions_of(session: Session, account_id: int) -> list[AccountSession]:
    """The sessions of one account that have not ended, the one used last first."""
    return list(
        session.scalars(
            select(AccountSession)
            .where(AccountSession.account_id == account_id, AccountSession.ended_at.is_(None))
            .order_by(AccountSession.seen_at.desc())
        )
    )
