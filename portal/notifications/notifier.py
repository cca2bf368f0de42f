"""The subscriber that tells people: one notification for each fact that concerns them, and a mail beside it.

Who is told is decided when the log is read: nobody hears of a thing they may not read at that moment, and nobody of what
they did themselves.
"""

from collections.abc import Callable, Iterator, Sequence

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.errors import Invalid, Missing
from portal.kernel.events import Event
from portal.kernel.notices import Concerned, Notice
from portal.kernel.policy import Actor
from portal.kernel.subjects import load_subject
from portal.kernel.subscribers import Subscriber
from portal.notifications.actions import queue_mail
from portal.notifications.delivery import OLDEST
from portal.notifications.models import Notification, Preference
from portal.notifications.wording import subject_line

ActorFor = Callable[[Session, int], Actor | None]  # who an account is right now; None where it is closed
_log = structlog.get_logger(__name__)


def notifier(notices: Sequence[Notice], actor_for: ActorFor) -> Subscriber:
    """The subscriber for `notices`. Repeating it changes nothing: a person is told of one fact once."""
    by_kind: dict[str, list[Notice]] = {}
    for notice in notices:
        by_kind.setdefault(notice.fact.kind, []).append(notice)

    def handle(session: Session, events: Sequence[Event]) -> None:
        for event in events:
            for notice in by_kind.get(event.kind, ()):
                for concerned, actor in _to_be_told(session, event, notice, actor_for):
                    _tell(session, event, notice, concerned, actor)

    return Subscriber("notifications", handle)


def may_be_told(session: Session, event: Event, notice: Notice, actor: Actor) -> bool:
    """Whether this person may learn of the fact now."""
    if notice.inside and event.organisation_id not in actor.organisations:
        return False
    try:
        load_subject(session, event.subject_type, event.subject_id, actor=actor)
    except Missing:
        return False
    return True


def _to_be_told(session: Session, event: Event, notice: Notice, actor_for: ActorFor) -> Iterator[tuple[Concerned, Actor]]:
    """Each person once, with the first of their reasons."""
    told = set(session.scalars(select(Notification.account_id).where(Notification.event_id == event.id)))
    for concerned in notice.concerned(session, event):
        if concerned.account_id in told or concerned.account_id == event.actor_id:
            continue
        told.add(concerned.account_id)
        actor = actor_for(session, concerned.account_id)
        if actor is not None and may_be_told(session, event, notice, actor):
            yield concerned, actor


def _tell(session: Session, event: Event, notice: Notice, concerned: Concerned, actor: Actor) -> None:
    """What is older than mails may be – the worker was off, a history was filled in – is listed but no longer news."""
    is_news = clock.now() - event.at <= OLDEST
    notification = Notification(
        account_id=concerned.account_id,
        event_id=event.id,
        kind=event.kind,
        subject_type=event.subject_type,
        subject_id=event.subject_id,
        reason=concerned.why,
        at=event.at,
        seen_at=None if is_news else clock.now(),
    )
    session.add(notification)
    session.flush()
    if is_news and notice.mail and _wants_mails(session, concerned.account_id):
        _queue(session, event, notice, notification, actor)


def _wants_mails(session: Session, account_id: int) -> bool:
    chosen = session.get(Preference, account_id)
    return chosen is None or chosen.mails


def _queue(session: Session, event: Event, notice: Notice, notification: Notification, actor: Actor) -> None:
    """The mail gets its text when it is sent. An address no mail can be sent to stops nothing."""
    account = session.get_one(User, notification.account_id)
    try:
        delivery = queue_mail(
            session, to=account.email, subject=subject_line(session, event, notice, actor), text="", account_id=account.id
        )
    except Invalid:
        _log.warning("mail_not_queued", account_id=account.id)
        return
    delivery.notification_id = notification.id
