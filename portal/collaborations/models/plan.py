"""All that was handed in, and each date of the plan that moved."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.collaborations.models.collaboration import Collaboration, Deliverable
from portal.collaborations.states import DeliverableState, PlanKind
from portal.kernel.db import Base, UtcTime
from portal.kernel.states import enum_column


class HandedIn(Base):
    """One time that a deliverable was handed in, as it was, and what the host answered to it."""

    __tablename__ = "handed_in"
    __table_args__ = (
        UniqueConstraint("deliverable_id", "number"),
        CheckConstraint("(answered_at IS NULL) = (answer IS NULL)", "answered_iff_dated"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    deliverable_id: Mapped[int] = mapped_column(ForeignKey(Deliverable.id))
    number: Mapped[int]  # the first is 1
    text: Mapped[str]
    evidence: Mapped[str] = mapped_column(String(2000), default="")
    by_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    at: Mapped[UtcTime]
    answer: Mapped[DeliverableState | None] = mapped_column(enum_column(DeliverableState))
    note: Mapped[str] = mapped_column(default="")  # what must change
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    answered_at: Mapped[UtcTime | None]
    by: Mapped[User] = relationship(foreign_keys=[by_id], lazy="raise_on_sql")
    answered_by: Mapped[User | None] = relationship(foreign_keys=[answered_by_id], lazy="raise_on_sql")


class PlanMove(Base):
    """One date of the plan that moved, or a work package that was taken out: as it was called, why, and by whom."""

    __tablename__ = "plan_move"

    id: Mapped[int] = mapped_column(primary_key=True)
    collaboration_id: Mapped[int] = mapped_column(ForeignKey(Collaboration.id), index=True)
    part: Mapped[PlanKind] = mapped_column(enum_column(PlanKind))
    title: Mapped[str] = mapped_column(String(200))
    from_on: Mapped[dt.date]
    to_on: Mapped[dt.date | None]  # None: it was taken out
    reason: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    at: Mapped[UtcTime]
    by: Mapped[User] = relationship(lazy="raise_on_sql")
