"""Notices and their deliveries."""

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.db import Base, UtcTime
from portal.kernel.notices import TURN, Topic
from portal.kernel.states import Labelled, enum_column, member_of
from portal.kernel.text import N_
from portal.notifications.states import Channel

_WAITS = text("delivery_id IS NULL")


class DeliveryState(Labelled):
    """Where a mail stands."""

    QUEUED = "queued", N_("Waiting"), "info"
    SENT = "sent", N_("Sent"), "good"
    FAILED = "failed", N_("Given up"), "bad"
    VOID = "void", N_("Not sent: its reader may no longer see the thing")


class Notification(Base):
    """One person is told of one fact, once: the pair is unique, so a repeated subscriber changes nothing."""

    __tablename__ = "notification"
    __table_args__ = (
        UniqueConstraint("account_id", "event_id"),
        Index("ix_notification_unread", "account_id", "seen_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"))
    event_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(64))
    subject_type: Mapped[str] = mapped_column(String(32))
    subject_id: Mapped[int]
    reason: Mapped[str] = mapped_column(String(200))  # why this person is told, marked for translation
    at: Mapped[UtcTime]
    seen_at: Mapped[UtcTime | None]


class Delivery(Base):
    """One mail to one person. Its Message-ID is fixed when it is queued, so a repeat can be recognised. A mail that
    tells of a notification has no text until it is sent: it is written then, if its reader may still see the thing."""

    __tablename__ = "delivery"
    __table_args__ = (Index("ix_delivery_queue", "state", "next_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"))
    notification_id: Mapped[int | None] = mapped_column(ForeignKey(Notification.id, ondelete="CASCADE"), unique=True)
    to_address: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str]
    html: Mapped[str] = mapped_column(default="")
    message_id: Mapped[str] = mapped_column(String(120), unique=True)  # the part before the @
    attempts: Mapped[int] = mapped_column(default=0)
    queued_at: Mapped[UtcTime]
    next_at: Mapped[UtcTime]
    sent_at: Mapped[UtcTime | None]
    error: Mapped[str] = mapped_column(String(200), default="")
    state: Mapped[DeliveryState] = mapped_column(enum_column(DeliveryState), default=DeliveryState.QUEUED)


class DigestItem(Base):
    """A notification that its reader wants to hear of together with others. It waits until it has a delivery."""

    __tablename__ = "digest_item"
    __table_args__ = (
        Index("ix_digest_item_waiting", "account_id", "often", sqlite_where=_WAITS, postgresql_where=_WAITS),
        Index("ix_digest_item_delivery", "delivery_id"),
    )

    notification_id: Mapped[int] = mapped_column(ForeignKey(Notification.id, ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"))
    often: Mapped[Channel] = mapped_column(enum_column(Channel))  # daily or weekly
    at: Mapped[UtcTime]
    delivery_id: Mapped[int | None] = mapped_column(ForeignKey(Delivery.id, ondelete="CASCADE"))


class Preference(Base):
    """What one person chose about being told; without a row the defaults hold."""

    __tablename__ = "preference"

    account_id: Mapped[int] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"), primary_key=True)
    mails: Mapped[bool] = mapped_column(default=True)  # false: none, whatever else was chosen
    channels: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)  # values of Channel by topic
    quiet_from: Mapped[int | None]  # hours of the day between which no mail goes out, by their own clock
    quiet_until: Mapped[int | None]

    def channel(self, topic: str, *, daily: bool = False) -> Channel:
        """How this person wants to be told of this topic; `daily`: how they are where they chose nothing."""
        chosen = member_of(Channel, self.channels.get(topic)) or (Channel.DAILY if daily else Channel.AT_ONCE)
        return chosen if self.mails or chosen is Channel.OFF else Channel.LISTED

    def as_chosen(self, topics: Iterable[Topic]) -> dict[str, str]:
        """Channel by topic, and the quiet hours, as a form shows them."""
        hours = {"quiet_from": self.quiet_from, "quiet_until": self.quiet_until}
        shown = {name: "" if hour is None else str(hour) for name, hour in hours.items()}
        chosen = {topic.key: self.channel(topic.key, daily=topic.daily) for topic in topics}
        return shown | {key: str(channel.value) for key, channel in ({TURN: self.channel(TURN)} | chosen).items()}

    def after_quiet(self, moment: dt.datetime, zone: str) -> dt.datetime:
        """`moment`, or the end of the quiet hours it falls into where clocks are those of `zone`."""
        start, end = self.quiet_from, self.quiet_until
        if start is None or end is None:
            return moment
        local = moment.astimezone(ZoneInfo(zone))
        is_quiet = start <= local.hour < end if start < end else local.hour >= start or local.hour < end
        if start == end or not is_quiet:
            return moment
        day = local.date() + dt.timedelta(days=1 if local.hour >= end else 0)
        return dt.datetime.combine(day, dt.time(end), local.tzinfo).astimezone(clock.UTC)


class Wording(Base):
    """How an administrator wants one kind of mail to begin. Rows are never changed: the newest of its kind counts, an empty one
    brings the portal's own words back.
    """

    __tablename__ = "mail_wording"
    __table_args__ = (Index("ix_mail_wording_kind", "kind", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(160))  # the key of a notice
    subject: Mapped[str] = mapped_column(String(200), default="")  # with fields in double braces
    lead: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int] = mapped_column(ForeignKey(User.id), index=True)
    at: Mapped[UtcTime]
    by: Mapped[User] = relationship(lazy="raise_on_sql")
