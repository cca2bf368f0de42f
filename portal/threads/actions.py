"""Writing messages."""

from sqlalchemy.orm import Session

from portal.kernel import clock
from portal.kernel.events import record
from portal.kernel.policy import Actor
from portal.kernel.subjects import load_for_writing
from portal.threads.events import MessagePosted, SideMessagePosted
from portal.threads.inputs import Post
from portal.threads.models import Message
from portal.threads.queries import sent_twice


def post_message(
    session: Session, subject_type: str, subject_id: int, text: str, *, actor: Actor, side_id: int | None = None
) -> Message:
    """Say something about a thing: to everybody who may read it, or with `side_id` to the people of that side only.

    The same words sent again within half a minute are the message already there.

    Raises:
        Missing: no such thing, or not for this person.
        Forbidden: the thing takes no messages from this person.
        Invalid: nothing was written, too much was, or the side is not the actor's own.
    """
    post = Post(text, side_id)
    thing = load_for_writing(session, subject_type, subject_id, actor=actor, side_id=post.side_id)
    message = Message(
        subject_type=subject_type,
        subject_id=subject_id,
        side_id=post.side_id,
        author_id=actor.id,
        body=post.text,
        at=clock.now(),
    )
    if (already := sent_twice(session, message)) is not None:
        return already
    session.add(message)
    session.flush()
    fact = MessagePosted(message.id) if post.side_id is None else SideMessagePosted(message.id)
    record(session, fact, actor=actor, subject=thing, organisation_id=post.side_id)
    return message
