"""Reports that are owed on a day, each day they had, and each version that was submitted."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.approvals.states import Side
from portal.collaborations.models.collaboration import Collaboration
from portal.collaborations.states import ReportKind, ReportState
from portal.kernel.db import Base, UtcTime
from portal.kernel.states import enum_column
from portal.kernel.text import Words
from portal.kernel.workflow import Stateful


class Report(Stateful, Base):
    """A report that the partner owes the host. `text` and `evidence` are the draft, which the other side does not read."""

    __tablename__ = "report"
    __table_args__ = (
        UniqueConstraint("collaboration_id", "kind", "due_on"),
        Index("ix_report_waiting", "state", "due_on"),
        CheckConstraint("(wish_on IS NULL) = (wish_by_id IS NULL)", "wished_by_somebody"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    collaboration_id: Mapped[int] = mapped_column(ForeignKey(Collaboration.id))
    kind: Mapped[ReportKind] = mapped_column(enum_column(ReportKind))
    due_on: Mapped[dt.date]
    text: Mapped[str] = mapped_column(default="")
    evidence: Mapped[str] = mapped_column(String(2000), default="")  # web address
    note: Mapped[str] = mapped_column(default="")  # what was asked, or why it was skipped
    submitted_at: Mapped[UtcTime | None]
    decided_at: Mapped[UtcTime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    # Another day that one lead asks for, until the other answers.
    wish_on: Mapped[dt.date | None]
    wish_text: Mapped[str] = mapped_column(default="")
    wish_side: Mapped[Side | None] = mapped_column(enum_column(Side))
    wish_by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    wish_at: Mapped[UtcTime | None]
    version: Mapped[int] = mapped_column()
    _state: Mapped[ReportState] = mapped_column("state", enum_column(ReportState), default=ReportState.SCHEDULED)
    collaboration: Mapped[Collaboration] = relationship(lazy="raise_on_sql")
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id], lazy="raise_on_sql")
    wish_by: Mapped[User | None] = relationship(foreign_keys=[wish_by_id], viewonly=True, lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}

    @property
    def organisation_id(self) -> int:
        """Facts about a report belong to the partner who owes it."""
        return self.collaboration.organisation_id

    @property
    def called(self) -> Words:
        return Words(self.kind.label)


class ReportMove(Base):
    """One time that a report got another day, or was to get one: why, and who of the other side answered."""

    __tablename__ = "report_move"
    __table_args__ = (
        CheckConstraint("(answered_at IS NULL) = (answered_by_id IS NULL)", "answered_by_somebody"),
        CheckConstraint("is_agreed OR answered_by_id IS NOT NULL", "refused_by_somebody"),
        CheckConstraint("answered_by_id <> by_id", "answered_by_another"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey(Report.id), index=True)
    from_on: Mapped[dt.date]
    to_on: Mapped[dt.date]
    reason: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    at: Mapped[UtcTime]
    is_agreed: Mapped[bool]
    note: Mapped[str] = mapped_column(default="")  # why it was refused
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    answered_at: Mapped[UtcTime | None]
    by: Mapped[User] = relationship(foreign_keys=[by_id], lazy="raise_on_sql")
    answered_by: Mapped[User | None] = relationship(foreign_keys=[answered_by_id], lazy="raise_on_sql")


class ReportVersion(Base):
    """One time that a report was submitted, as it was, and what the host answered to it."""

    __tablename__ = "report_version"
    __table_args__ = (
        UniqueConstraint("report_id", "number"),
        CheckConstraint("(answered_at IS NULL) = (answer IS NULL)", "answered_iff_dated"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey(Report.id))
    number: Mapped[int]  # the first is 1
    text: Mapped[str]
    evidence: Mapped[str] = mapped_column(String(2000), default="")
    by_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    at: Mapped[UtcTime]
    answer: Mapped[ReportState | None] = mapped_column(enum_column(ReportState))
    note: Mapped[str] = mapped_column(default="")  # what was asked
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    answered_at: Mapped[UtcTime | None]
    by: Mapped[User] = relationship(foreign_keys=[by_id], lazy="raise_on_sql")
    answered_by: Mapped[User | None] = relationship(foreign_keys=[answered_by_id], lazy="raise_on_sql")
