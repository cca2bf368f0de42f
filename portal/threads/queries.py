"""Reads over messages."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.db import plain_rows
from portal.kernel.policy import Actor
from portal.threads.models import Message

SHOWN = 200
DOUBLE_CLICK = dt.timedelta(seconds=30)
_ON = (
    select(Message.id, Message.at, Message.author_id, User.name, Message.body, Message.side_id)
    .join(User, User.id == Message.author_id)
    .where(
        Message.subject_type == bindparam("type"),
        Message.subject_id == bindparam("id"),
        or_(Message.side_id.is_(None), Message.side_id.in_(bindparam("sides", expanding=True))),
    )
    .order_by(Message.id.desc())
    .limit(SHOWN)
)


@dataclass(frozen=True, slots=True)
class Said:
    """One message as pages show it; `body` is Markdown."""

    id: int
    at: dt.datetime
    author_id: int
    author_name: str
    body: str
    side_id: int | None


def messages_for(session: Session, actor: Actor, subject_type: str, subject_id: int) -> list[Said]:
    """The newest `SHOWN` messages on a thing, oldest first, with their authors: those for everybody and those of the
    actor's own organisations. Whether the thing may be read is for the caller, who has loaded it.
    """
    newest = plain_rows(session, _ON, {"type": subject_type, "id": subject_id, "sides": sorted(actor.organisations)})
    return [Said(*row) for row in reversed(newest)]


def sent_twice(session: Session, message: Message) -> Message | None:
    """The same words by the same author in the same place a moment ago: what a second click on the button makes."""
    return session.scalars(
        select(Message).where(
            Message.subject_type == message.subject_type,
            Message.subject_id == message.subject_id,
            Message.author_id == message.author_id,
            Message.side_id.is_not_distinct_from(message.side_id),
            Message.body == message.body,
            Message.at > clock.now() - DOUBLE_CLICK,
        )
    ).first()


def writers_on(session: Session, subject_type: str, subject_id: int, *, side_id: int | None = None) -> list[int]:
    """Account ids of those who have written on a thing: to everybody, or to the people of one side."""
    return list(
        session.scalars(
            select(Message.author_id)
            .where(
                Message.subject_type == subject_type,
                Message.subject_id == subject_id,
                Message.side_id.is_not_distinct_from(side_id),
            )
            .distinct()
        )
    )
