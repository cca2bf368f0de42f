"""Whom messages concern: those who take part, who have written about the thing, who follow it, and who are called by name."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from portal.kernel.events import Event
from portal.kernel.notices import Concerned, Notice, taking_part
from portal.kernel.policy import Actor
from portal.kernel.scopes import EVERYBODY
from portal.kernel.subjects import actors_around, subject_named
from portal.kernel.text import N_
from portal.threads.events import MessagePosted, OfficersMessagePosted, PersonMentioned, SideMessagePosted
from portal.threads.models import Message
from portal.threads.queries import followers_of, may_read, ref_of, writers_on

_WROTE = N_("because you have written about this")
_FOLLOWS = N_("because you follow this conversation")
_OFFICER = N_("because you are a partnership officer of one of the two sides")
_MENTIONED = N_("because somebody mentioned you")
_ANSWER = N_("Read and answer")


def readers(session: Session, event: Event) -> Iterable[Concerned]:
    """Whom it concerns, but for those the message calls by name: they are told of that."""
    message = session.get(Message, event.data["message_id"])
    if message is None:
        return
    named = set(message.mentioned)
    yield from (one for one in _concerned(session, event, message) if one.account_id not in named)


def mentioned(_session: Session, event: Event) -> Iterable[Concerned]:
    """Whom it calls."""
    yield Concerned(event.data["account_id"], _MENTIONED)


def _concerned(session: Session, event: Event, message: Message) -> Iterable[Concerned]:
    """Those of the other side, and who is no officer where it was written to officers, are left out by the notice."""
    about = (event.subject_type, event.subject_id)
    yield from taking_part(session, event)
    for scope in dict.fromkeys((EVERYBODY, message.scope)):
        yield from (Concerned(number, _WROTE) for number in writers_on(session, *about, scope))
    yield from (Concerned(number, _FOLLOWS) for number in followers_of(session, *about))
    if message.officers:
        subject = subject_named(event.subject_type)
        thing = session.get(subject.model, event.subject_id, options=subject.options)
        sides = subject.sides(thing) if message.side_id is None else (message.side_id,)
        yield from (Concerned(one.id or 0, _OFFICER) for one in actors_around(session, (), sides))


def _may_be_read(session: Session, event: Event, actor: Actor) -> bool:
    """Whether the message is still there, and for this reader."""
    message = session.get(Message, event.data["message_id"])
    if message is None or message.taken_back_at is not None:
        return False
    subject = subject_named(event.subject_type)
    thing = session.get(subject.model, event.subject_id, options=subject.options)
    return thing is not None and may_read(event.subject_type, thing, message.scope, actor)


def _answering(session: Session, event: Event) -> str:
    """The box to answer in, with the message quoted."""
    message = session.get_one(Message, event.data["message_id"])
    return f"/threads/{event.subject_type}/{event.subject_id}?answer={ref_of(message)}#write"


NOTICES = (
    Notice(
        MessagePosted,
        readers,
        N_("Message from %(actor)s about “%(title)s”"),
        N_("Read it where the case is, and answer there if you wish. Answers by e-mail reach nobody."),
        _ANSWER,
        may=_may_be_read,
        href=_answering,
        mutes=True,
    ),
    Notice(
        SideMessagePosted,
        readers,
        N_("Message from %(actor)s to colleagues about “%(title)s”"),
        N_("Only people of your organisation can read it. Answers by e-mail reach nobody."),
        _ANSWER,
        inside=True,
        may=_may_be_read,
        href=_answering,
        mutes=True,
    ),
    Notice(
        OfficersMessagePosted,
        readers,
        N_("Message from %(actor)s to partnership officers about “%(title)s”"),
        N_("Only partnership officers can read it. Answers by e-mail reach nobody."),
        _ANSWER,
        may=_may_be_read,
        href=_answering,
        mutes=True,
    ),
    Notice(
        PersonMentioned,
        mentioned,
        N_("%(actor)s mentioned you in a message about “%(title)s”"),
        N_("Read it where the case is, and answer there if you wish. Answers by e-mail reach nobody."),
        _ANSWER,
        may=_may_be_read,
        href=_answering,
    ),
)
