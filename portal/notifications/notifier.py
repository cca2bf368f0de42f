"""The subscriber that tells people: one notification for each fact that concerns them, and a mail beside it.

Who is told is decided when the log is read: nobody hears of a thing they may not read at that moment, and nobody of what
they did themselves.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.errors import Invalid, Missing
from portal.kernel.events import Event
from portal.kernel.notices import Concerned, Notice, Topic, topic_of
from portal.kernel.policy import Actor
from portal.kernel.subjects import load_subject
from portal.kernel.subscribers import Subscriber
from portal.notifications.actions import queue_mail
from portal.notifications.delivery import OLDEST
from portal.notifications.models import DigestItem, Notification, Preference
from portal.notifications.states import Channel
from portal.notifications.wording import subject_line

ActorFor = Callable[[Session, int], Actor | None]  # who an account is right now; None where it is closed
HasMuted = Callable[[Session, int, str, int], bool]  # whether this account wants to hear nothing of what is said on this thing
_DEFAULT = Preference(mails=True, channels={})  # of people who chose nothing
_log = structlog.get_logger(__name__)


def notifier(topics: Sequence[Topic], actor_for: ActorFor, has_muted: HasMuted) -> Subscriber:
    """The subscriber for the notices of `topics`. Repeating it changes nothing: a person is told of one fact once."""
    by_kind: dict[str, list[tuple[Notice, str]]] = {}
    asked = _Asked(actor_for, has_muted)
    daily = {topic.key for topic in topics if topic.daily}
    for topic in topics:
        for notice in topic.notices:
            by_kind.setdefault(notice.fact.kind, []).append((notice, topic_of(notice, topics)))

    def handle(session: Session, events: Sequence[Event]) -> None:
        for event in events:
            for notice, topic in by_kind.get(event.kind, ()):
                for concerned, actor in _to_be_told(session, event, notice, asked):
                    chosen = session.get(Preference, concerned.account_id) or _DEFAULT
                    if (channel := chosen.channel(topic, daily=topic in daily)) is not Channel.OFF:
                        _tell(session, event, notice, _Told(concerned, actor, chosen, channel))

    return Subscriber("notifications", handle)


def may_be_told(session: Session, event: Event, notice: Notice, actor: Actor) -> bool:
    """Whether this person may learn of the fact now."""
    try:
        load_subject(session, event.subject_type, event.subject_id, actor=actor)
    except Missing:
        return False
    return notice.is_for(session, event, actor)


@dataclass(frozen=True)
class _Asked:
    """What only the features know of an account."""

    actor_for: ActorFor
    has_muted: HasMuted


def _to_be_told(session: Session, event: Event, notice: Notice, asked: _Asked) -> Iterator[tuple[Concerned, Actor]]:
    """Each person once, with the first of their reasons."""
    told = set(session.scalars(select(Notification.account_id).where(Notification.event_id == event.id)))
    for concerned in notice.concerned(session, event):
        if concerned.account_id in told or concerned.account_id == event.actor_id:
            continue
        told.add(concerned.account_id)
        if notice.mutes and asked.has_muted(session, concerned.account_id, event.subject_type, event.subject_id):
            continue
        actor = asked.actor_for(session, concerned.account_id)
        if actor is not None and may_be_told(session, event, notice, actor):
            yield concerned, actor


@dataclass(frozen=True)
class _Told:
    """One person, why they are told, and how they want to be."""

    concerned: Concerned
    actor: Actor
    chosen: Preference
    channel: Channel


def _tell(session: Session, event: Event, notice: Notice, told: _Told) -> None:
    """What is older than mails may be – the worker was off, a history was filled in – is listed but no longer news."""
    is_news = clock.now() - event.at <= OLDEST
    notification = Notification(
        account_id=told.concerned.account_id,
        event_id=event.id,
        kind=event.kind,
        subject_type=event.subject_type,
        subject_id=event.subject_id,
        reason=told.concerned.why,
        at=event.at,
        seen_at=None if is_news else clock.now(),
    )
    session.add(notification)
    session.flush()
    if not (is_news and notice.mail):
        return
    if told.channel is Channel.AT_ONCE:
        _queue(session, event, notice, notification, told)
    elif told.channel is not Channel.LISTED:
        waits = DigestItem(account_id=told.concerned.account_id, often=told.channel, at=clock.now())
        waits.notification_id = notification.id
        session.add(waits)


def _queue(session: Session, event: Event, notice: Notice, notification: Notification, told: _Told) -> None:
    """The mail gets its text when it is sent. An address no mail can be sent to stops nothing."""
    account = session.get_one(User, notification.account_id)
    try:
        delivery = queue_mail(
            session, to=account.email, subject=subject_line(session, event, notice, told.actor), text="", account_id=account.id
        )
    except Invalid:
        _log.warning("mail_not_queued", account_id=account.id)
        return
    delivery.notification_id = notification.id
    delivery.next_at = told.chosen.after_quiet(delivery.next_at, account.time_zone or "UTC")
