"""Putting mails into the outbox, and what people and administrators may do about theirs."""

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.errors import Missing, Refused
from portal.kernel.events import Fact, record
from portal.kernel.ids import new_token
from portal.kernel.notices import Notice
from portal.kernel.policy import ADMIN, Actor, require
from portal.kernel.text import N_
from portal.notifications.events import MailRetried, WordingChanged
from portal.notifications.inputs import Choices, Mail, Worded
from portal.notifications.models import Delivery, DeliveryState, DigestItem, Notification, Preference, Wording
from portal.notifications.states import Channel


def queue_mail(session: Session, *, to: str, subject: str, text: str, html: str = "", account_id: int | None = None) -> Delivery:
    """Put one mail to one person into the outbox, in the caller's transaction; the worker sends it.

    Raises:
        Invalid: `to` is no e-mail address.
    """
    mail = Mail(to, subject, text, html)
    delivery = Delivery(
        account_id=account_id,
        to_address=mail.to,
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        message_id=new_token(),
        queued_at=clock.now(),
        next_at=clock.now(),
    )
    session.add(delivery)
    session.flush()
    return delivery


def mark_seen(session: Session, account_id: int, number: int | None = None) -> None:
    """Mark one notification of this person as seen, or all of them."""
    unseen = update(Notification).where(Notification.account_id == account_id, Notification.seen_at.is_(None))
    session.execute((unseen if number is None else unseen.where(Notification.id == number)).values(seen_at=clock.now()))


def choose_mails(session: Session, account_id: int, *, wanted: bool) -> None:
    """Whether this person gets mails at all beside the list. Mails about signing in are sent all the same."""
    chosen = _preference(session, account_id)
    chosen.mails = wanted
    if not wanted:
        session.execute(delete(DigestItem).where(DigestItem.account_id == account_id, DigestItem.delivery_id.is_(None)))


def choose_channels(session: Session, account_id: int, given: Choices) -> None:
    """How this person wants to be told of each topic, and when not. What waits for mails no longer wanted waits no more."""
    chosen = _preference(session, account_id)
    chosen.channels = {topic: str(channel.value) for topic, channel in given.channels.items()}
    chosen.quiet_from, chosen.quiet_until = given.quiet_from, given.quiet_until
    session.get_one(User, account_id).time_zone = given.time_zone
    kept = [often for often in (Channel.DAILY, Channel.WEEKLY) if often in given.channels.values()]
    waiting = DigestItem.account_id == account_id, DigestItem.delivery_id.is_(None)
    session.execute(delete(DigestItem).where(*waiting, DigestItem.often.not_in(kept)))


def _preference(session: Session, account_id: int) -> Preference:
    chosen = session.get(Preference, account_id)
    if chosen is None:
        chosen = Preference(account_id=account_id, mails=True, channels={})
        session.add(chosen)
    return chosen


def forget_person(session: Session, _fact: Fact, account: User, _actor: Actor) -> None:
    """Reaction to an erased account: what it was told, and the mails to it, are gone."""
    session.execute(delete(Delivery).where(or_(Delivery.account_id == account.id, Delivery.to_address == account.email)))
    for rows in (DigestItem.account_id, Notification.account_id, Preference.account_id):
        session.execute(delete(rows.class_).where(rows == account.id))


def retry_mail(session: Session, number: int, *, actor: Actor) -> None:
    """Put a mail that was given up back into the outbox, as if it had never been tried.

    Raises:
        Missing: no such mail.
        Refused: it has not been given up.
    """
    delivery = session.scalars(select(Delivery).where(Delivery.id == number)).one_or_none()
    if delivery is None:
        raise Missing
    if delivery.state is not DeliveryState.FAILED:
        raise Refused(N_("This mail is on its way: there is nothing to try again."))
    delivery.state, delivery.attempts, delivery.error = DeliveryState.QUEUED, 0, ""
    delivery.queued_at = delivery.next_at = clock.now()
    record(session, MailRetried(), actor=actor, subject=delivery)


def word_mails(session: Session, notice: Notice, given: Worded | None, *, actor: Actor) -> None:
    """Let the mails of this notice begin so from now on, those that wait too; None brings the portal's own words back.

    Raises:
        Forbidden: `actor` is no administrator of the portal.
    """
    require(ADMIN, actor, None)
    row = Wording(kind=notice.key, by_id=actor.id, at=clock.now())
    if given is not None:
        row.subject, row.lead = given.subject, given.lead
    session.add(row)
    record(session, WordingChanged(own=given is not None), actor=actor, subject=row)
