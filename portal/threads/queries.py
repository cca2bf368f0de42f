"""Reads over messages and notes: each answers with what this reader may read, and with nothing that tells of the rest."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import and_, bindparam, literal, select, true
from sqlalchemy.orm import Session, aliased, joinedload

from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.db import AnySelect, plain_rows
from portal.kernel.errors import Missing
from portal.kernel.ids import row_id
from portal.kernel.policy import Actor
from portal.kernel.scopes import EVERYBODY, Scope, readable, scopes_for, values_for
from portal.kernel.subjects import actors_around, hears, speaks, subject_named
from portal.threads.models import EarlierText, Lock, Message, Note, Place

SHOWN = 50
EDITABLE = dt.timedelta(minutes=15)
DOUBLE_CLICK = dt.timedelta(seconds=30)
SUGGESTED = 8  # names at once
NOTES = 100  # of one side on one thing


def _conversation(before: Any = None) -> AnySelect:
    """The newest messages, or those before one, with how the conversation and its reader stand; one row where nobody wrote."""
    newest = (
        select(Message, User.name.label("author_name"))
        .join(User, User.id == Message.author_id)
        .where(Message.subject_type == bindparam("type"), Message.subject_id == bindparam("id"), readable(Message))
        .where(true() if before is None else Message.id < before)
        .order_by(Message.id.desc())
        .limit(SHOWN)
        .subquery()
    )
    here = select(literal(1).label("one")).subquery()
    place = and_(
        Place.account_id == bindparam("me"), Place.subject_type == bindparam("type"), Place.subject_id == bindparam("id")
    )
    lock = and_(Lock.subject_type == bindparam("type"), Lock.subject_id == bindparam("id"))
    said = (newest.c[name] for name in ("id", "number", "at", "author_id", "author_name", "body", "side_id", "officers"))
    later = (newest.c[name] for name in ("edited_at", "taken_back_at", "mentioned"))
    return (
        select(*said, *later, Place.read_to, Place.follows, Place.muted, Lock.at.label("locked_at"))
        .select_from(here)
        .outerjoin(newest, true())
        .outerjoin(Place, place)
        .outerjoin(Lock, lock)
        .order_by(newest.c.id)
    )


_scope_given = (Message.side_id.is_not_distinct_from(bindparam("side")), Message.officers == bindparam("for_officers"))
_earlier = aliased(Message)
CONVERSATION = _conversation()  # what one reader sees of one, newest part
_OLDER = _conversation(
    select(_earlier.id)
    .where(
        _earlier.subject_type == bindparam("type"),
        _earlier.subject_id == bindparam("id"),
        _earlier.side_id.is_not_distinct_from(bindparam("side")),
        _earlier.officers == bindparam("for_officers"),
        _earlier.number == bindparam("number"),
    )
    .scalar_subquery()
)


@dataclass(frozen=True, slots=True)
class Said:
    """One message as pages show it; `body` is Markdown."""

    id: int
    number: int
    at: dt.datetime
    author_id: int
    author_name: str
    body: str
    scope: Scope
    edited_at: dt.datetime | None
    taken_back_at: dt.datetime | None
    mentioned: Sequence[int]

    @property
    def ref(self) -> str:
        """How addresses name it within its conversation."""
        return ref_of(self)

    @property
    def is_fresh(self) -> bool:
        """Whether its author may still change it."""
        return self.taken_back_at is None and clock.now() - self.at <= EDITABLE


@dataclass(frozen=True)
class Thread:
    """The conversation on one thing as one reader sees it, its messages from the oldest shown to the newest."""

    messages: list[Said] = field(default_factory=list)
    scopes: Sequence[Scope] = ()  # what the reader may choose from; none where they may not write
    locked_at: dt.datetime | None = None
    read_to: int = 0
    follows: bool = False
    muted: bool = False
    me: int | None = None

    def __iter__(self) -> Iterator[Said]:
        return iter(self.messages)

    def __len__(self) -> int:
        return len(self.messages)

    def is_new(self, message: Said) -> bool:
        """Whether this reader has not seen it yet."""
        return message.id > self.read_to and message.author_id != self.me

    @property
    def new(self) -> int:
        """How many of those shown the reader has not seen."""
        return sum(map(self.is_new, self.messages))

    @property
    def goes_back(self) -> bool:
        """Whether there may be more before the first that is shown."""
        return len(self.messages) == SHOWN

    @property
    def open_scopes(self) -> Sequence[Scope]:
        """What may be written in now: a lock holds for what both sides read."""
        return [scope for scope in self.scopes if self.locked_at is None or scope.side_id is not None]


def ref_of(message: Any) -> str:
    """`all-12`: the scope of a message and its number in it."""
    return f"{message.scope.key}-{message.number}"


def messages_for(session: Session, actor: Actor, subject_type: str, subject_id: int, *, before: str = "") -> Thread:
    """The newest `SHOWN` messages on a thing, or those before the one named, that this reader is meant to read.

    Whether they take part in the conversation at all is for the caller, who has loaded the thing.
    """
    subject = subject_named(subject_type)
    thing = session.get(subject.model, subject_id, options=subject.options)
    if thing is None:  # where it begins with the first who could talk
        return Thread(me=actor.id)
    values = conversation_values(actor, subject_type, thing)
    found = _parsed(before)
    if found is not None:
        values |= {"side": found[0].side_id, "for_officers": found[0].officers, "number": found[1]}
    rows = plain_rows(session, CONVERSATION if found is None else _OLDER, {**values, "type": subject_type, "id": subject_id})
    return thread_of(actor, subject_type, thing, rows)


def conversation_values(actor: Actor, subject_type: str, thing: Any) -> dict[str, Any]:
    """What a conversation's statement binds besides the thing."""
    return {**values_for(actor, subject_named(subject_type).sides(thing)), "me": actor.id or 0}


def thread_of(actor: Actor, subject_type: str, thing: Any, rows: Sequence[Any]) -> Thread:
    """The rows of that statement, of which there is at least one, as a conversation."""
    first = rows[0]
    return Thread(
        [_said(row) for row in rows if row.id is not None],
        choices_of(actor, subject_type, thing),
        first.locked_at,
        first.read_to or 0,
        bool(first.follows),
        bool(first.muted),
        actor.id,
    )


def choices_of(actor: Actor, subject_type: str, thing: Any) -> Sequence[Scope]:
    """The scopes in which this person may write on a thing; none where they may only read."""
    return scopes_for(actor, subject_named(subject_type).sides(thing)) if speaks(subject_type, thing, actor) else ()


def _said(row: Any) -> Said:
    scope = Scope(row.side_id, bool(row.officers))
    fixed = (row.id, row.number, row.at, row.author_id, row.author_name, row.body, scope)
    return Said(*fixed, row.edited_at, row.taken_back_at, row.mentioned or ())


def _parsed(ref: str) -> tuple[Scope, int] | None:
    key, _, sent = ref.rpartition("-")
    scope, number = Scope.named(key), row_id(sent)
    return (scope, number) if scope and number is not None else None


def message_at(session: Session, actor: Actor, subject_type: str, thing: Any, ref: str) -> Message:
    """One message of the conversation on a thing that this reader has loaded.

    Raises:
        Missing: no such message, or not for this person.
    """
    found = _parsed(ref)
    if found is None or not found[0].holds(actor, subject_named(subject_type).sides(thing)):
        raise Missing
    here = (Message.subject_type == subject_type, Message.subject_id == thing.id, Message.number == found[1])
    query = select(Message).where(*here, *_scope_given).options(joinedload(Message.author).load_only(User.name))
    message = session.scalars(query, {"side": found[0].side_id, "for_officers": found[0].officers}).one_or_none()
    if message is None:
        raise Missing
    return message


def sent_twice(session: Session, message: Message) -> Message | None:
    """The same words by the same author in the same place a moment ago: what a second click on the button makes."""
    return session.scalars(
        select(Message).where(
            Message.subject_type == message.subject_type,
            Message.subject_id == message.subject_id,
            Message.author_id == message.author_id,
            *_scope_given,
            Message.body == message.body,
            Message.at > clock.now() - DOUBLE_CLICK,
        ),
        {"side": message.side_id, "for_officers": message.officers},
    ).first()


def writers_on(session: Session, subject_type: str, subject_id: int, scope: Scope = EVERYBODY) -> list[int]:
    """Account ids of those who have written on a thing in this scope."""
    here = (Message.subject_type == subject_type, Message.subject_id == subject_id, *_scope_given)
    values = {"side": scope.side_id, "for_officers": scope.officers}
    return list(session.scalars(select(Message.author_id).where(*here).distinct(), values))


def followers_of(session: Session, subject_type: str, subject_id: int) -> list[int]:
    """Account ids of those who follow the conversation on a thing."""
    here = (Place.subject_type == subject_type, Place.subject_id == subject_id, Place.follows)
    return list(session.scalars(select(Place.account_id).where(*here)))


def has_muted(session: Session, account_id: int, subject_type: str, subject_id: int) -> bool:
    """Whether this person wants to hear nothing of the conversation on a thing."""
    place = session.get(Place, (account_id, subject_type, subject_id))
    return place is not None and place.muted


def people_in(session: Session, actor: Actor, subject_type: str, thing: Any, scope: Scope) -> list[Actor]:
    """Whom `actor` may call by name in this scope: those who read it, and whose names the conversation shows already or who
    belong to the same side. Officers among themselves know one another.
    """
    subject = subject_named(subject_type)
    sides = subject.sides(thing)
    shown = {*subject.people(thing), *writers_on(session, subject_type, thing.id)}
    inside = writers_on(session, subject_type, thing.id, scope)
    found = actors_around(session, {*shown, *inside}, sides)
    own = actor.organisations.intersection(sides)
    return [
        one
        for one in found
        if (one.id in shown or scope.officers or not own.isdisjoint(one.organisations))
        and may_read(subject_type, thing, scope, one)
    ]


def may_read(subject_type: str, thing: Any, scope: Scope, actor: Actor) -> bool:
    """Whether this person reads what is said on a thing in this scope."""
    subject = subject_named(subject_type)
    return subject.read.holds(actor, thing) and hears(subject_type, thing, actor) and scope.holds(actor, subject.sides(thing))


def notes_for(session: Session, side_id: int, subject_type: str, subject_id: int) -> Sequence[Note]:
    """What the people of one side noted about a thing, the newest first."""
    query = select(Note).where(Note.subject_type == subject_type, Note.subject_id == subject_id, Note.side_id == side_id)
    return session.scalars(
        query.options(joinedload(Note.author).load_only(User.name)).order_by(Note.id.desc()).limit(NOTES)
    ).all()


def earlier_texts(session: Session, subject_type: str, subject_id: int) -> Sequence[tuple[int, str, dt.datetime]]:
    """What messages that both sides read said before they were changed or taken back: message, text, until when."""
    here = (Message.subject_type == subject_type, Message.subject_id == subject_id)
    query = select(EarlierText.message_id, EarlierText.body, EarlierText.until).join(Message).where(*here)
    shared = query.where(Message.side_id.is_(None), ~Message.officers).order_by(EarlierText.id)
    return [(number, body, until) for number, body, until in session.execute(shared)]
