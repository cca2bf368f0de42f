"""Writing, changing and taking back messages; locking a conversation; where its readers stand; private notes."""

from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.db import add_unique
from portal.kernel.errors import Forbidden, Missing, Refused
from portal.kernel.events import Fact, record
from portal.kernel.policy import Actor, require
from portal.kernel.scopes import EVERYBODY, Scope
from portal.kernel.subjects import hears, load_subject, own_side, require_scope, speaks, subject_named
from portal.kernel.text import N_
from portal.threads.events import (
    MessageEdited,
    MessagePosted,
    MessageTakenBack,
    NoteRemoved,
    NoteWritten,
    OfficersMessagePosted,
    PersonMentioned,
    SideMessagePosted,
    ThreadLocked,
    ThreadUnlocked,
)
from portal.threads.inputs import Post
from portal.threads.mentioning import mentioned_in
from portal.threads.models import EarlierText, Lock, Message, Note, Place
from portal.threads.queries import EDITABLE, message_at, people_in, sent_twice


def load_conversation(session: Session, subject_type: str, subject_id: int, *, actor: Actor) -> Any:
    """The thing, if `actor` takes part in the conversation on it.

    Raises:
        Missing: no such thing, nobody talks about such things, or not this person.
    """
    thing = load_subject(session, subject_type, subject_id, actor=actor)
    if not hears(subject_type, thing, actor):
        raise Missing
    return thing


def post_message(
    session: Session, subject_type: str, subject_id: int, text: str, *, actor: Actor, scope: Scope = EVERYBODY
) -> Message:
    """Say something about a thing, to all who take part or to fewer; those it calls by name are told.

    The same words sent again within half a minute are the message already there.

    Raises:
        Missing: no such thing, or not for this person.
        Forbidden: the thing takes no messages from this person.
        Refused: the conversation was locked.
        Invalid: nothing was written, too much was, or the scope is none of the actor's.
    """
    post = Post(text, scope)
    thing = _writable(session, subject_type, subject_id, post.scope, actor)
    message = Message(
        subject_type=subject_type,
        subject_id=subject_id,
        side_id=post.scope.side_id,
        officers=post.scope.officers,
        author_id=actor.id,
        body=post.text,
        at=clock.now(),
        mentioned=[],
    )
    if (already := sent_twice(session, message)) is not None:
        return already
    message.number = _next_number(session, message)
    session.add(message)
    session.flush()
    record(session, _posted(message), actor=actor, subject=thing, organisation_id=message.side_id)
    _mention(session, thing, message, actor)
    _place(session, subject_type, subject_id, actor).read_to = message.id
    return message


def change_message(session: Session, thing: Any, ref: str, text: str, *, actor: Actor) -> Message:
    """Say a message of one's own better, within a quarter of an hour; it is marked, and who it calls anew is told.

    Raises:
        Missing: no such message, or not for this person.
        Forbidden: somebody else wrote it.
        Refused: it is too late, it was taken back, or the conversation was locked.
        Invalid: the text is none.
    """
    message = _changeable(session, thing, ref, actor)
    post = Post(text, message.scope)
    if post.text == message.body:
        return message
    _keep_earlier(session, message, actor)
    message.body, message.edited_at = post.text, clock.now()
    record(session, MessageEdited(message.id), actor=actor, subject=thing, organisation_id=message.side_id)
    _mention(session, thing, message, actor)
    return message


def take_back(session: Session, thing: Any, ref: str, *, actor: Actor) -> None:
    """Take a message of one's own back, within a quarter of an hour; “taken back” stays in its place.

    Raises:
        Missing: no such message, or not for this person.
        Forbidden: somebody else wrote it.
        Refused: it is too late, it was taken back already, or the conversation was locked.
    """
    message = _changeable(session, thing, ref, actor)
    _keep_earlier(session, message, actor)
    message.body, message.mentioned, message.taken_back_at = "", [], clock.now()
    record(session, MessageTakenBack(message.id), actor=actor, subject=thing, organisation_id=message.side_id)


def lock_thread(session: Session, thing: Any, *, locked: bool, actor: Actor) -> None:
    """Let the conversation that both sides read take no more messages, or go on. What is so already stays so.

    Raises:
        Forbidden: `actor` does not keep the thing.
    """
    name = thing.__tablename__
    rule = subject_named(name).keep
    if rule is None:
        raise Forbidden
    require(rule, actor, thing)
    lock = session.get(Lock, (name, thing.id))
    if locked and lock is None:
        if not add_unique(session, Lock(subject_type=name, subject_id=thing.id, by_id=actor.id, at=clock.now())):
            return
        record(session, ThreadLocked(), actor=actor, subject=thing)
    elif lock is not None and not locked:
        session.delete(lock)
        session.flush()
        record(session, ThreadUnlocked(), actor=actor, subject=thing)


def choose_place(session: Session, thing: Any, *, follows: bool, muted: bool, actor: Actor) -> None:
    """How `actor` wants to hear of the conversation on a thing: as it concerns them, of all of it, or of nothing."""
    place = _place(session, thing.__tablename__, thing.id, actor)
    place.follows, place.muted = follows and not muted, muted


def mark_read(session: Session, thing: Any, *, actor: Actor) -> None:
    """All that is there now, `actor` has seen."""
    newest = select(func.max(Message.id)).where(Message.subject_type == thing.__tablename__, Message.subject_id == thing.id)
    _place(session, thing.__tablename__, thing.id, actor).read_to = session.scalar(newest) or 0


def write_note(session: Session, thing: Any, text: str, *, actor: Actor, number: int | None = None) -> Note:
    """Note something about a thing for the people of one's own side, or change a note of one's own.

    Raises:
        Missing: no such note, or not this person's side.
        Forbidden: somebody else wrote it, or they stand on neither side.
        Invalid: there is no text, or too much.
    """
    name = thing.__tablename__
    side_id = own_side(name, thing, actor)
    if side_id is None or not speaks(name, thing, actor):
        raise Forbidden
    body = Post(text).text
    if number is None:
        note = Note(subject_type=name, subject_id=thing.id, side_id=side_id, author_id=actor.id)
        session.add(note)
    else:
        note = _own_note(session, thing, number, actor)
    note.body, note.at = body, clock.now()
    session.flush()
    record(session, NoteWritten(note.id), actor=actor, subject=thing, organisation_id=side_id)
    return note


def remove_note(session: Session, thing: Any, number: int, *, actor: Actor) -> None:
    """Remove a note of one's own.

    Raises:
        Missing: no such note, or not this person's side.
        Forbidden: somebody else wrote it.
    """
    note = _own_note(session, thing, number, actor)
    record(session, NoteRemoved(note.id), actor=actor, subject=thing, organisation_id=note.side_id)
    session.delete(note)


def forget_person(session: Session, _fact: Fact, account: User, _actor: Actor) -> None:
    """Reaction to an erased account: where it stood in conversations is gone; what it wrote there belongs to the case."""
    session.execute(delete(Place).where(Place.account_id == account.id))


def _writable(session: Session, subject_type: str, subject_id: int, scope: Scope, actor: Actor) -> Any:
    thing = load_subject(session, subject_type, subject_id, actor=actor)
    if not speaks(subject_type, thing, actor):
        raise Forbidden
    require_scope(subject_type, thing, scope, actor=actor)
    _require_unlocked(session, thing, scope)
    return thing


def _require_unlocked(session: Session, thing: Any, scope: Scope) -> None:
    if scope.side_id is None and session.get(Lock, (thing.__tablename__, thing.id)) is not None:
        raise Refused(N_("This conversation was closed: it takes no more messages that both sides read."))


def _changeable(session: Session, thing: Any, ref: str, actor: Actor) -> Message:
    message = message_at(session, actor, thing.__tablename__, thing, ref)
    if message.author_id != actor.id:
        raise Forbidden(N_("Only the person who wrote a message may change it."))
    if message.taken_back_at is not None:
        raise Refused(N_("This message was taken back."))
    if clock.now() - message.at > EDITABLE:
        raise Refused(N_("A message can be changed for fifteen minutes. Write another one that puts it right."))
    _require_unlocked(session, thing, message.scope)
    return message


def _keep_earlier(session: Session, message: Message, actor: Actor) -> None:
    session.add(EarlierText(message_id=message.id, by_id=actor.id, body=message.body, until=clock.now()))


def _next_number(session: Session, message: Message) -> int:
    """The next in its scope. Whoever writes about the same thing at the same time waits for this transaction."""
    model: Any = subject_named(message.subject_type).model
    session.execute(select(model.id).where(model.id == message.subject_id).with_for_update())
    here = (Message.subject_type == message.subject_type, Message.subject_id == message.subject_id)
    same = (Message.side_id.is_not_distinct_from(message.side_id), Message.officers == message.officers)
    return (session.scalar(select(func.max(Message.number)).where(*here, *same)) or 0) + 1


def _posted(message: Message) -> Fact:
    if message.officers:
        return OfficersMessagePosted(message.id)
    return MessagePosted(message.id) if message.side_id is None else SideMessagePosted(message.id)


def _mention(session: Session, thing: Any, message: Message, actor: Actor) -> None:
    """Note whom the message calls, and tell those it did not call before."""
    before = set(message.mentioned)
    called: list[int] = []
    if "@" in message.body:
        people = people_in(session, actor, message.subject_type, thing, message.scope)
        called = mentioned_in(message.body, {one.id: one.name for one in people if one.id not in (None, actor.id)})
    message.mentioned = called
    for number in called:
        if number not in before:
            fact = PersonMentioned(message.id, number)
            record(session, fact, actor=actor, subject=thing, organisation_id=message.side_id)


def _place(session: Session, subject_type: str, subject_id: int, actor: Actor) -> Place:
    key = (actor.id, subject_type, subject_id)
    place = session.get(Place, key)
    if place is None:
        add_unique(session, Place(account_id=actor.id, subject_type=subject_type, subject_id=subject_id))
        place = session.get_one(Place, key)
    return place


def _own_note(session: Session, thing: Any, number: int, actor: Actor) -> Note:
    note = session.get(Note, number)
    here = (thing.__tablename__, thing.id, own_side(thing.__tablename__, thing, actor))
    if note is None or (note.subject_type, note.subject_id, note.side_id) != here:
        raise Missing
    if note.author_id != actor.id:
        raise Forbidden(N_("Only the person who wrote a note may change it."))
    return note
