"""Reads over notifications and the outbox."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import User
from portal.kernel.events import Event
from portal.kernel.notices import Notice
from portal.kernel.paging import PAGE, Slice, cut, newest_first
from portal.notifications.inputs import with_params
from portal.notifications.models import Delivery, DeliveryState, DigestItem, Notification, Preference, Wording


@dataclass(frozen=True)
class Inbox:
    """One page of a person's notifications with the facts they tell of, and whether they want mails."""

    rows: Slice[Row[Any]]
    wants_mails: bool


# A notification with the fact it tells of, as its line in a list wants it.
_TOLD: Select[Any] = (
    select(
        *(Notification.id, Notification.at, Notification.seen_at, Notification.reason, Notification.kind),
        *(Notification.event_id, Notification.subject_type, Notification.subject_id),
        *(Event.data, Event.actor_id, Event.organisation_id, User.name.label("actor_name")),
    )
    .join(Event, Event.id == Notification.event_id)
    .outerjoin(User, User.id == Event.actor_id)
)


def inbox_of(session: Session, account_id: int, after: str | None) -> Inbox:
    """The newest notifications of one person, or those after a cursor."""
    mine = _TOLD.where(Notification.account_id == account_id)
    rows = session.execute(newest_first(mine, Notification.id, after)).all()
    return Inbox(cut(rows, "id"), preference_of(session, account_id).mails)


def preference_of(session: Session, account_id: int) -> Preference:
    """What this person chose, or what holds for those who chose nothing."""
    return session.get(Preference, account_id) or Preference(mails=True, channels={})


def gathered_in(session: Session, delivery: Delivery) -> Sequence[Row[Any]]:
    """The notifications that wait to be told of in one mail, and that their reader has not seen meanwhile, in order."""
    told = _TOLD.join(DigestItem, DigestItem.notification_id == Notification.id)
    return session.execute(
        told.where(DigestItem.delivery_id == delivery.id, Notification.seen_at.is_(None)).order_by(Notification.id)
    ).all()


def unread_count(account_id: Any) -> Select[int]:
    """How many notifications this person has not seen, as a statement to be put into another."""
    return select(func.count(Notification.id)).where(Notification.account_id == account_id, Notification.seen_at.is_(None))


def given_up(session: Session, after: str | None) -> Slice[Delivery]:
    """Mails that were given up, newest first."""
    query = select(Delivery).where(Delivery.state == DeliveryState.FAILED)
    return cut(session.scalars(newest_first(query, Delivery.id, after)).all(), "id", limit=PAGE)


def worded(session: Session, notice: Notice) -> tuple[str, str]:
    """Subject and first words of the mails of this notice: an administrator's, or else the portal's own."""
    query = select(Wording.subject, Wording.lead).where(Wording.kind == notice.key).order_by(Wording.id.desc()).limit(1)
    found = session.execute(query).first()
    if found is None or not found.subject:
        return notice.subject, notice.turn
    return with_params(found.subject), with_params(found.lead)


def versions_of(session: Session, kind: str) -> Sequence[Wording]:
    """How this kind of mail was worded, the newest first."""
    query = select(Wording).where(Wording.kind == kind).options(joinedload(Wording.by).load_only(User.name))
    return session.scalars(query.order_by(Wording.id.desc()).limit(PAGE)).all()


def kinds_worded(session: Session) -> set[str]:
    """The kinds of mail that have words of an administrator now."""
    newest = select(func.max(Wording.id)).group_by(Wording.kind)
    return set(session.scalars(select(Wording.kind).where(Wording.id.in_(newest), Wording.subject != "")))
