"""Readings in an emergency, and who was told of them."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.emergencies.states import EmergencyState
from portal.kernel.db import Base, UtcTime
from portal.kernel.ids import reference
from portal.kernel.states import enum_column
from portal.kernel.workflow import Stateful

PREFIXES = {"proposal": "PR", "collaboration": "CO"}
LASTS = dt.timedelta(hours=24)
_OPEN = text("state IN ('asked', 'open')")


class Emergency(Stateful, Base):
    """One administrator's wish to read one proposal or collaboration of others."""

    __tablename__ = "emergency"
    __table_args__ = (
        CheckConstraint("(state = 'asked') = (decided_at IS NULL)", "decided_iff_dated"),
        Index(
            "uq_emergency_open", "subject_type", "subject_id", "asked_by_id",
            unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN,
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_type: Mapped[str] = mapped_column(String(32))
    subject_id: Mapped[int]
    reason: Mapped[str] = mapped_column(String(2000))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    asked_at: Mapped[UtcTime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    decided_at: Mapped[UtcTime | None]
    ends_at: Mapped[UtcTime | None]
    note: Mapped[str] = mapped_column(default="")  # why it was not allowed
    version: Mapped[int] = mapped_column()
    _state: Mapped[EmergencyState] = mapped_column("state", enum_column(EmergencyState), default=EmergencyState.ASKED)

    asked_by: Mapped[User] = relationship(foreign_keys=[asked_by_id], lazy="raise_on_sql")
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id], lazy="raise_on_sql")
    parties: Mapped[list["EmergencyParty"]] = relationship(lazy="raise_on_sql", order_by="EmergencyParty.account_id")

    __mapper_args__ = {"version_id_col": version}

    @property
    def reference(self) -> str:
        """Of the proposal or collaboration. Its title is part of what nobody reads before a second person agreed."""
        return reference(PREFIXES[self.subject_type], self.subject_id)

    @property
    def href(self) -> str:
        return f"/emergencies/{self.id}"


class EmergencyParty(Base):
    """Somebody of either party who was told that it was opened, and may see by whom and why."""

    __tablename__ = "emergency_party"

    emergency_id: Mapped[int] = mapped_column(ForeignKey(Emergency.id, ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"), primary_key=True, index=True)
