"""Reminders of what waits for somebody and has a date: before it, after it, and then a word to their office.

Everybody's dates are looked at once a day, at seven by their own clock. Whoever was not looked at for days is told once, of
what is true by then. That nobody is told twice of one date hangs on unique rows, not on when this runs or how often.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.board.events import DateEscalated, DateNear, DatePassed
from portal.board.models import DeskLook, Reminder
from portal.kernel import clock
from portal.kernel.db import add_unique, plain_rows
from portal.kernel.errors import Missing
from portal.kernel.events import Fact, record
from portal.kernel.policy import SYSTEM_ACTOR, Actor
from portal.kernel.subjects import load_subject, own_side
from portal.kernel.work import Leads, Source, promised, waiting
from portal.kernel.worker import More

HOUR = dt.time(7)
AT_ONCE = 10  # people in one transaction: the writer's place is held meanwhile
MOST = 100  # dates of one person
FORGOTTEN = dt.timedelta(days=30)  # nobody is reminded of what was due earlier
FRESH = dt.timedelta(days=1)  # what waits since then was told just now
ActorFor = Callable[[Session, int], Actor | None]


class Reminding:
    """The move of the clock. `leads` names by the key of a source how long before and after its dates somebody is told."""

    def __init__(self, sources: Sequence[Source], leads: Mapping[str, Leads], actor_for: ActorFor) -> None:
        self._sources, self._leads, self._actor_for = tuple(sources), leads, actor_for
        self._longest = max((max(each.before, default=0) for each in leads.values()), default=0)
        self.__name__ = "remind_of_dates"

    def __call__(self, session: Session) -> int:
        """Look at the dates of those whose morning has come; returns how many reminders there were."""
        looks = list(_looks_due(session))
        reminders = sum(self._look(session, look, zone) for look, zone in looks)
        return reminders if len(looks) < AT_ONCE else More(reminders)

    def _look(self, session: Session, look: DeskLook, zone: ZoneInfo) -> int:
        look.next_at = next_morning(zone)
        actor = self._actor_for(session, look.account_id)
        rows = self._dated(session, actor) if actor is not None else ()
        return sum(self._remind(session, actor, row, zone) for row in rows if actor is not None)

    def _dated(self, session: Session, actor: Actor) -> Sequence[Any]:
        everything = waiting(self._sources, actor)
        if everything is None:
            return ()
        each, now = everything.subquery().c, clock.now()
        soon = each.due_at < now + dt.timedelta(days=self._longest + 2), each.due_at > now - FORGOTTEN
        return plain_rows(session, select(*each).where(*soon).order_by(each.due_at).limit(MOST))

    def _remind(self, session: Session, actor: Actor, row: Any, zone: ZoneInfo) -> int:
        """One reminder, and one word to the office, where the day has come for it and there was none yet."""
        leads, days = self._leads.get(row.source, Leads()), days_left(row.due_at, zone)
        step = leads.step(days)
        if step is None or (row.since is not None and row.since > clock.now() - FRESH):
            return 0
        name = row.source.partition(".")[0]
        try:
            thing = load_subject(session, name, row.id, actor=actor)
        except Missing:
            return 0
        about = {"source": row.source, "thing_id": row.id, "due_at": row.due_at, "sent_at": clock.now()}
        facts: list[Fact] = []
        if add_unique(session, Reminder(account_id=actor.id, step=step, **about)):
            who = actor.id or 0
            facts.append(DateNear(account_id=who, days=days) if days >= 0 else DatePassed(account_id=who, days=-days))
        if leads.is_for_office(days) and add_unique(session, Reminder(account_id=None, step=step, **about)):
            facts.append(DateEscalated(account_id=actor.id or 0, days=-days))
        side = own_side(name, thing, actor) or min(actor.organisations, default=None)
        for fact in facts:
            record(session, fact, actor=SYSTEM_ACTOR, subject=thing, organisation_id=side)
        return len(facts)


def days_left(due_at: dt.datetime, zone: ZoneInfo) -> int:
    """Calendar days from today to the date, where clocks are those of `zone`: a promised day is the same day everywhere."""
    when = promised(due_at)
    day = when.astimezone(zone).date() if isinstance(when, dt.datetime) else when
    return (day - clock.now().astimezone(zone).date()).days


def next_morning(zone: ZoneInfo) -> dt.datetime:
    """The next seven o'clock there, on days of 23 and of 25 hours too."""
    local = clock.now().astimezone(zone)
    day = local.date() + dt.timedelta(days=0 if local.time() < HOUR else 1)
    return dt.datetime.combine(day, HOUR, zone).astimezone(clock.UTC)


def _looks_due(session: Session) -> Iterator[tuple[DeskLook, ZoneInfo]]:
    """Whose dates are looked at now; somebody another worker looks at is left to it."""
    due = select(DeskLook, User.time_zone).join(User, User.id == DeskLook.account_id)
    due = due.where(DeskLook.next_at <= clock.now(), User.active).order_by(DeskLook.next_at).limit(AT_ONCE)
    for look, zone in session.execute(due.with_for_update(of=DeskLook, skip_locked=True)).all():
        yield look, ZoneInfo(zone or "UTC")
    new = select(User.id, User.time_zone).outerjoin(DeskLook, DeskLook.account_id == User.id)
    new = new.where(DeskLook.account_id.is_(None), User.active, User.confirmed_at.is_not(None)).order_by(User.id)
    for account_id, zone in session.execute(new.limit(AT_ONCE)).all():
        look = DeskLook(account_id=account_id, next_at=clock.now())
        if add_unique(session, look):
            yield look, ZoneInfo(zone or "UTC")


def forget_reminders(session: Session, _fact: Fact, account: User, _actor: Actor) -> None:
    """Reaction to an erased account: of what it was reminded is forgotten."""
    for rows in (Reminder.account_id, DeskLook.account_id):
        session.execute(delete(rows.class_).where(rows == account.id))
