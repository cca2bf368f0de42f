"""Reads over the event log: what happened, as far as the reader may know."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import and_, or_, select, true
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.kernel.db import AnySelect
from portal.kernel.events import Event
from portal.kernel.policy import Actor
from portal.kernel.sentences import Named, actor_words, kinds_of_facts, readable, told
from portal.kernel.subjects import all_subjects
from portal.kernel.text import N_, Words

TIMELINE = 50


@dataclass(frozen=True)
class Entry:
    """One fact, ready to be told: `text` is a sentence to be translated where it is shown."""

    id: int
    at: dt.datetime
    kind: str
    text: Words
    href: str = ""
    request_id: str | None = None
    who: str = ""
    tone: str | None = None


def timeline_for(session: Session, actor: Actor, things: Collection[tuple[str, int]]) -> list[Entry]:
    """What happened to these things, newest first, at most `TIMELINE` entries in one statement. Things the actor may not
    read stay silent; facts for the staff of one side are left out for everybody else.

    Args:
        things: pairs of table name and id, `("proposal", 873)`.
    """
    if not things:
        return []
    types = {name for name, _ in things}
    asked_for = [
        and_(Event.subject_type == name, Event.subject_id.in_(sorted(number for n, number in things if n == name)))
        for name in sorted(types)
    ]
    query = told_events().where(or_(*asked_for), readable(actor, types), not_for_others(actor))
    rows = session.execute(query.order_by(Event.id.desc()).limit(TIMELINE))
    return [entry(row, _this(row.subject_type)) for row in rows]


def told_events() -> AnySelect:
    """The log with the names of those who acted: the start of every reading of it."""
    return select(
        Event.id,
        Event.at,
        Event.kind,
        Event.actor_id,
        Event.subject_type,
        Event.subject_id,
        Event.data,
        Event.request_id,
        User.name.label("actor_name"),
    ).outerjoin(User, User.id == Event.actor_id)


def not_for_others(actor: Actor) -> Any:
    """A condition over the log: not the internal facts of an organisation that is not the actor's."""
    if actor.is_admin:
        return true()
    return or_(
        Event.kind.not_in(_staff_kinds(len(kinds_of_facts()))),
        Event.organisation_id.in_(actor.organisations),
        Event.actor_id == actor.id,
    )


def entry(row: Any, subject: Words, named: Named | None = None) -> Entry:
    """One row of `told_events` as a sentence about `subject`."""
    who = actor_words(row.kind, row.actor_id, row.actor_name)
    text = told(row.kind, row.data, subject_type=row.subject_type, actor=who, subject=subject)
    return Entry(row.id, row.at, row.kind, text, named.href if named else "", row.request_id)


def _this(subject_type: str) -> Words:
    """The thing on whose page a sentence stands."""
    subject = all_subjects().get(subject_type)
    return Words(N_("this %(thing)s"), {"thing": Words(subject.label) if subject else subject_type})


@lru_cache(maxsize=4)
def _staff_kinds(_how_many: int) -> Sequence[str]:
    """Kinds of facts that only their own side and administrators learn of."""
    return sorted(kind for kind, fact in kinds_of_facts().items() if fact.seen_by == "staff")
