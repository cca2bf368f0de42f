"""The slot itself."""

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.approvals.states import ApprovalState, Side
from portal.kernel.db import Base, UtcTime
from portal.kernel.states import enum_column
from portal.kernel.workflow import Stateful


class Approval(Stateful, Base):
    """One side's yes or no to one version of one subject.

    `requester_id` and `counterpart_id` are the people who made and accepted the version: neither may fill the slot.
    `given_for` is the earlier version that this side had approved, and `touched` names what of it this version changed: where
    nothing did, that approval goes on.
    """

    __tablename__ = "approval"
    __table_args__ = (
        UniqueConstraint("subject_type", "subject_id", "number", "side"),
        Index("ix_approval_waiting", "organisation_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_type: Mapped[str] = mapped_column(String(32))
    subject_id: Mapped[int]
    number: Mapped[int]  # the version it is bound to
    given_for: Mapped[int | None]
    touched: Mapped[list[str]] = mapped_column(JSON, default=list)
    side: Mapped[Side] = mapped_column(enum_column(Side))
    organisation_id: Mapped[int]  # no foreign key: engines know no feature
    requester_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    counterpart_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    decided_at: Mapped[UtcTime | None]
    note: Mapped[str] = mapped_column(default="")  # condition or reason
    asked_at: Mapped[UtcTime]
    due_at: Mapped[UtcTime | None]
    version: Mapped[int] = mapped_column()
    _state: Mapped[ApprovalState] = mapped_column("state", enum_column(ApprovalState), default=ApprovalState.OPEN)
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id], viewonly=True, lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}

    @property
    def is_kept(self) -> bool:
        """Whether it was given for an earlier version, of which this one changed nothing that it covers."""
        return self.given_for is not None and not self.touched and self.state is ApprovalState.APPROVED

    @property
    def read_number(self) -> int:
        """The version that whoever approved it has read."""
        return self.given_for if self.is_kept and self.given_for else self.number
