"""Keeping what is typed, and forgetting it. No facts: nothing happened in the portal, and nobody else ever sees it."""

import datetime as dt
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.db import add_unique
from portal.kernel.events import Fact
from portal.kernel.policy import SIGNED_IN, Actor, require
from portal.writing.inputs import Typed
from portal.writing.models import Unsaved
from portal.writing.queries import how_many, unsaved_at

KEPT_FOR = dt.timedelta(days=60)
MOST = 40  # forms per person; the one left longest ago goes first


def keep(session: Session, typed: Typed, *, actor: Actor) -> Unsaved:
    """Keep what stands in a form in place of what was kept of it before.

    Raises:
        Forbidden: nobody signed in.
    """
    require(SIGNED_IN, actor, None)
    writer = int(actor.id or 0)
    fields: dict[str, Any] = {"fields": typed.kept, "kept_at": clock.now()}
    row = unsaved_at(session, writer, typed.path)
    if row is None:
        row = Unsaved(account_id=writer, path=typed.path, **fields)
        if how_many(session, writer) >= MOST:
            _forget_oldest(session, writer)
        if add_unique(session, row):
            return row
        row = session.scalars(select(Unsaved).where(Unsaved.account_id == writer, Unsaved.path == typed.path)).one()
    row.fields, row.kept_at = fields["fields"], fields["kept_at"]
    return row


def forget(session: Session, path: str, *, actor: Actor) -> None:
    """Forget what was typed into the form at `path`: it is saved, or no longer wanted."""
    session.execute(delete(Unsaved).where(Unsaved.account_id == actor.id, Unsaved.path == path))


def forget_writer(session: Session, _fact: Fact, account: User, _actor: Actor) -> None:
    """Reaction to an erased account: what it had not saved is gone."""
    session.execute(delete(Unsaved).where(Unsaved.account_id == account.id))


def forget_old(session: Session) -> int:
    """Forget what was left so long ago that nobody comes back to it; returns how much."""
    gone = session.execute(delete(Unsaved).where(Unsaved.kept_at < clock.now() - KEPT_FOR))
    return int(gone.rowcount)  # type: ignore[attr-defined]  # of a statement that changes rows


def _forget_oldest(session: Session, account_id: int) -> None:
    oldest = select(Unsaved.id).where(Unsaved.account_id == account_id).order_by(Unsaved.kept_at, Unsaved.id).limit(1)
    session.execute(delete(Unsaved).where(Unsaved.id == session.scalar(oldest)))
