"""Mergers, and the roles that ended with them."""

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.kernel.db import Base, MinorUnits, UtcTime, those_in
from portal.kernel.policy import Role
from portal.kernel.states import enum_column
from portal.kernel.workflow import Stateful
from portal.mergers.states import MergerState
from portal.organisations.models import Organisation

_OPEN = those_in(MergerState.ASKED)


class Merger(Stateful, Base):
    """One organisation is to become part of another. It holds for the two as they were when somebody asked."""

    __tablename__ = "merger"
    __table_args__ = (
        CheckConstraint("gone_id <> kept_id", "of_two"),
        CheckConstraint("(state = 'asked') = (decided_at IS NULL)", "decided_iff_dated"),
        Index("uq_merger_open", "gone_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    gone_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id))
    kept_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id))
    gone_version: Mapped[int]
    kept_version: Mapped[int]
    reason: Mapped[str] = mapped_column(String(2000))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    asked_at: Mapped[UtcTime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    decided_at: Mapped[UtcTime | None]
    note: Mapped[str] = mapped_column(default="")  # why it was not done
    version: Mapped[int] = mapped_column()
    _state: Mapped[MergerState] = mapped_column("state", enum_column(MergerState), default=MergerState.ASKED)

    gone: Mapped[Organisation] = relationship(foreign_keys=[gone_id], lazy="raise_on_sql")
    kept: Mapped[Organisation] = relationship(foreign_keys=[kept_id], lazy="raise_on_sql")
    asked_by: Mapped[User] = relationship(foreign_keys=[asked_by_id], lazy="raise_on_sql")
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id], lazy="raise_on_sql")
    ended: Mapped[list["EndedRoles"]] = relationship(lazy="raise_on_sql", order_by="EndedRoles.id")

    __mapper_args__ = {"version_id_col": version}

    @property
    def called(self) -> str:
        """Whose merger it is: what its steps are about."""
        return f"{self.gone.name} → {self.kept.name}"

    @property
    def organisation_id(self) -> int:
        """Facts about a merger belong to the organisation that stays."""
        return self.kept_id

    @property
    def href(self) -> str:
        return f"/mergers/{self.id}"


class EndedRoles(Base):
    """What somebody could do in the organisation that went, beyond being a member: to be given anew by hand, or not."""

    __tablename__ = "merger_ended_roles"
    __table_args__ = (Index("ix_merger_ended_roles_merger", "merger_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    merger_id: Mapped[int] = mapped_column(ForeignKey(Merger.id, ondelete="CASCADE"))
    account_id: Mapped[int] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"), index=True)
    roles: Mapped[list[str]] = mapped_column(JSON)  # values of kernel.policy.Role
    limit_minor: Mapped[MinorUnits | None]
    limit_currency: Mapped[str] = mapped_column(String(3), default="")
    account: Mapped[User] = relationship(lazy="raise_on_sql")

    @property
    def administered(self) -> bool:
        return Role.ADMINISTRATOR.value in self.roles
