"""Notices and their deliveries."""

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.kernel.db import Base, UtcTime
from portal.kernel.states import Labelled, enum_column
from portal.kernel.text import N_


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


class Preference(Base):
    """What one person chose about being told; without a row the defaults hold."""

    __tablename__ = "preference"

    account_id: Mapped[int] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"), primary_key=True)
    mails: Mapped[bool] = mapped_column(default=True)


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
