"""Meetings of a collaboration: who is invited, each version of the minutes, and what was agreed to do."""

import datetime as dt
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.approvals.states import Side
from portal.collaborations.models.collaboration import Collaboration
from portal.collaborations.states import ActionState, MeetingKind, MeetingState
from portal.kernel.db import Base, UtcTime
from portal.kernel.states import enum_column
from portal.kernel.workflow import Stateful


class Meeting(Stateful, Base):
    """One meeting. What is said of its minutes here is about their newest version."""

    __tablename__ = "meeting"
    __table_args__ = (
        Index("ix_meeting_collaboration", "collaboration_id", "state"),
        Index("ix_meeting_caller", "called_by_id", "state"),
        CheckConstraint("(state = 'confirmed') = (confirmed_at IS NOT NULL)", "confirmed_iff_dated"),
        CheckConstraint("(minutes_number = 0) = (minutes_at IS NULL)", "minutes_iff_dated"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    collaboration_id: Mapped[int] = mapped_column(ForeignKey(Collaboration.id))
    kind: Mapped[MeetingKind] = mapped_column(enum_column(MeetingKind))
    title: Mapped[str] = mapped_column(String(200))
    starts_at: Mapped[UtcTime]
    time_zone: Mapped[str] = mapped_column(String(64))  # of the clocks by which it was called
    lasts_minutes: Mapped[int]
    place: Mapped[str] = mapped_column(String(500))  # a room, or a web address
    agenda: Mapped[str] = mapped_column(default="")  # Markdown
    others: Mapped[str] = mapped_column(String(300), default="")  # who comes without an account, by name
    note: Mapped[str] = mapped_column(default="")  # why it was cancelled
    called_by_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    called_at: Mapped[UtcTime]
    minutes_number: Mapped[int] = mapped_column(default=0)  # 0: nobody has written any
    minutes_side: Mapped[Side | None] = mapped_column(enum_column(Side))  # that wrote them
    minutes_by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    minutes_at: Mapped[UtcTime | None]
    objected_number: Mapped[int] = mapped_column(default=0)  # the version to which the other side objected last
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    confirmed_at: Mapped[UtcTime | None]
    version: Mapped[int] = mapped_column()
    _state: Mapped[MeetingState] = mapped_column("state", enum_column(MeetingState), default=MeetingState.PLANNED)
    collaboration: Mapped[Collaboration] = relationship(lazy="raise_on_sql")
    called_by: Mapped[User] = relationship(foreign_keys=[called_by_id], viewonly=True, lazy="raise_on_sql")
    confirmed_by: Mapped[User | None] = relationship(foreign_keys=[confirmed_by_id], viewonly=True, lazy="raise_on_sql")
    invited: Mapped[list["Invitee"]] = relationship(
        lazy="raise_on_sql", order_by="Invitee.id", cascade="all, delete-orphan", passive_deletes=True
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def organisation_id(self) -> int:
        """Facts about a meeting belong to the partner, as those about all that both sides do together."""
        return self.collaboration.organisation_id

    @property
    def ends_at(self) -> dt.datetime:
        return self.starts_at + dt.timedelta(minutes=self.lasts_minutes)

    @property
    def shown_at(self) -> str:
        """What the clocks show by which it was called."""
        return f"{self.starts_at.astimezone(ZoneInfo(self.time_zone)):%H:%M}"

    @property
    def is_online(self) -> bool:
        """Whether its place is a web address."""
        return self.place.startswith(("https://", "http://"))

    @property
    def href(self) -> str:
        return f"/meetings/{self.id}"


class Invitee(Base):
    """One person with an account who is invited to a meeting."""

    __tablename__ = "meeting_invitee"
    __table_args__ = (UniqueConstraint("account_id", "meeting_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey(Meeting.id, ondelete="CASCADE"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    account: Mapped[User] = relationship(viewonly=True, lazy="raise_on_sql")


class Minutes(Base):
    """One version of the minutes, and what the other side objected to in it. The newest holds; both texts are Markdown."""

    __tablename__ = "meeting_minutes"
    __table_args__ = (
        UniqueConstraint("meeting_id", "number"),
        CheckConstraint("(objected_at IS NULL) = (objected_by_id IS NULL)", "objected_by_somebody"),
        CheckConstraint("objected_by_id <> by_id", "objected_by_another"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey(Meeting.id))
    number: Mapped[int]  # the first is 1
    text: Mapped[str]
    decisions: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    at: Mapped[UtcTime]
    objection: Mapped[str] = mapped_column(default="")
    objected_by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    objected_at: Mapped[UtcTime | None]
    by: Mapped[User] = relationship(foreign_keys=[by_id], viewonly=True, lazy="raise_on_sql")
    objected_by: Mapped[User | None] = relationship(foreign_keys=[objected_by_id], viewonly=True, lazy="raise_on_sql")


class MeetingAction(Stateful, Base):
    """Something that was agreed at a meeting: who does it, and until when."""

    __tablename__ = "meeting_action"
    __table_args__ = (
        Index("ix_meeting_action_owner", "owner_id", "state"),
        Index("ix_meeting_action_collaboration", "collaboration_id", "state"),
        CheckConstraint("(state = 'open') = (settled_at IS NULL)", "settled_iff_dated"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey(Meeting.id), index=True)
    collaboration_id: Mapped[int] = mapped_column(ForeignKey(Collaboration.id))
    title: Mapped[str] = mapped_column(String(300))
    owner_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    due_on: Mapped[dt.date]
    note: Mapped[str] = mapped_column(default="")  # the word with which it was done or dropped
    noted_by_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    noted_at: Mapped[UtcTime]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    settled_at: Mapped[UtcTime | None]
    version: Mapped[int] = mapped_column()
    _state: Mapped[ActionState] = mapped_column("state", enum_column(ActionState), default=ActionState.OPEN)
    meeting: Mapped[Meeting] = relationship(lazy="raise_on_sql")
    collaboration: Mapped[Collaboration] = relationship(lazy="raise_on_sql")
    owner: Mapped[User] = relationship(foreign_keys=[owner_id], viewonly=True, lazy="raise_on_sql")
    settled_by: Mapped[User | None] = relationship(foreign_keys=[settled_by_id], viewonly=True, lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}

    @property
    def organisation_id(self) -> int:
        """Facts about it belong to the partner, as those about its meeting."""
        return self.collaboration.organisation_id
