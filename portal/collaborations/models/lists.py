"""The lists of what has to be settled before the work starts and before it closes, and how its leads judged it."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.collaborations.models.collaboration import Collaboration
from portal.collaborations.states import Checklist, Health, ItemKind, ItemState
from portal.kernel.db import Base, UtcTime
from portal.kernel.states import enum_column
from portal.kernel.text import Words
from portal.kernel.workflow import Stateful
from portal.organisations.models import Organisation


class CheckItem(Stateful, Base):
    """One thing that one side has to settle. Whoever settled or waived it stands on it by name."""

    __tablename__ = "check_item"
    __table_args__ = (
        Index("ix_check_item_waiting", "state", "checklist"),
        CheckConstraint("(state = 'open') = (settled_at IS NULL)", "settled_iff_dated"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    collaboration_id: Mapped[int] = mapped_column(ForeignKey(Collaboration.id), index=True)
    checklist: Mapped[Checklist] = mapped_column(enum_column(Checklist))
    kind: Mapped[ItemKind] = mapped_column(enum_column(ItemKind))
    title: Mapped[str] = mapped_column(String(200), default="")  # only of kind OWN
    side_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id))
    detail: Mapped[str] = mapped_column(String(300), default="")  # the number, the names, the day
    note: Mapped[str] = mapped_column(default="")  # why it was waived
    asked_at: Mapped[UtcTime]
    settled_at: Mapped[UtcTime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    version: Mapped[int] = mapped_column()
    _state: Mapped[ItemState] = mapped_column("state", enum_column(ItemState), default=ItemState.OPEN)
    collaboration: Mapped[Collaboration] = relationship(lazy="raise_on_sql")
    side: Mapped[Organisation] = relationship(lazy="raise_on_sql")
    settled_by: Mapped[User | None] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}

    @property
    def organisation_id(self) -> int:
        """Facts about an item belong to the side that has to settle it."""
        return self.side_id

    @property
    def on(self) -> dt.date | None:
        """The day that was set for the kick-off."""
        return dt.date.fromisoformat(self.detail) if self.kind is ItemKind.KICK_OFF and self.detail else None

    @property
    def called(self) -> Words:
        return Words("%(title)s", {"title": self.title}) if self.title else Words(self.kind.label)


class HealthNote(Base):
    """One judgement of the work by a lead; the newest holds."""

    __tablename__ = "health_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    collaboration_id: Mapped[int] = mapped_column(ForeignKey(Collaboration.id), index=True)
    health: Mapped[Health] = mapped_column(enum_column(Health))
    text: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    at: Mapped[UtcTime]
    by: Mapped[User] = relationship(lazy="raise_on_sql")
