"""What came of the work: as one side reported it, each version of that, and who confirmed it."""

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.collaborations.models.collaboration import Collaboration
from portal.collaborations.states import OutcomeKind, OutcomeState
from portal.kernel.db import Base, UtcTime
from portal.kernel.states import enum_column
from portal.kernel.workflow import Stateful
from portal.organisations.models import Organisation


class Outcome(Stateful, Base):
    """Something that came of the work and can be shown, as it is reported now."""

    __tablename__ = "outcome"
    __table_args__ = (
        UniqueConstraint("collaboration_id", "identifier"),
        CheckConstraint("(state = 'confirmed') = (confirmed_at IS NOT NULL)", "confirmed_iff_dated"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    collaboration_id: Mapped[int] = mapped_column(ForeignKey(Collaboration.id), index=True)
    side_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id))  # that reported it
    kind: Mapped[OutcomeKind] = mapped_column(enum_column(OutcomeKind))
    title: Mapped[str] = mapped_column(String(300))
    address: Mapped[str] = mapped_column(String(2000), default="")
    # In its normal form, with its scheme: doi:10.5281/zenodo.8475. None once withdrawn: it may be recorded anew.
    identifier: Mapped[str | None] = mapped_column(String(320))
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    at: Mapped[UtcTime]
    asked_at: Mapped[UtcTime]  # since when it waits to be confirmed, or to be corrected
    note: Mapped[str] = mapped_column(default="")  # what was asked, or why it was withdrawn
    confirmed_at: Mapped[UtcTime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    # Since when an officer of each side lets everybody know of it as it stands; gone with the next correction.
    host_shown_at: Mapped[UtcTime | None]
    partner_shown_at: Mapped[UtcTime | None]
    version: Mapped[int] = mapped_column()
    _state: Mapped[OutcomeState] = mapped_column("state", enum_column(OutcomeState), default=OutcomeState.REPORTED)
    collaboration: Mapped[Collaboration] = relationship(back_populates="outcomes", lazy="raise_on_sql")
    side: Mapped[Organisation] = relationship(viewonly=True, lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}

    @property
    def organisation_id(self) -> int:
        """Facts about an outcome belong to the side that reported it."""
        return self.side_id

    @property
    def is_shown(self) -> bool:
        """Whether both sides say so of it, and let everybody know."""
        return self._state is OutcomeState.CONFIRMED and self.host_shown_at is not None and self.partner_shown_at is not None

    @property
    def href(self) -> str:
        return f"/outcomes/{self.id}"


class OutcomeVersion(Base):
    """An outcome as it was reported once; `reason` is what was wrong with the version before."""

    __tablename__ = "outcome_version"
    __table_args__ = (
        UniqueConstraint("outcome_id", "number"),
        CheckConstraint("(confirmed_at IS NULL) = (confirmed_by_id IS NULL)", "confirmed_by_somebody"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    outcome_id: Mapped[int] = mapped_column(ForeignKey(Outcome.id))
    number: Mapped[int]  # the first is 1
    kind: Mapped[OutcomeKind] = mapped_column(enum_column(OutcomeKind))
    title: Mapped[str] = mapped_column(String(300))
    address: Mapped[str] = mapped_column(String(2000), default="")
    identifier: Mapped[str | None] = mapped_column(String(320))
    reason: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    at: Mapped[UtcTime]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    confirmed_at: Mapped[UtcTime | None]
    by: Mapped[User] = relationship(foreign_keys=[by_id], lazy="raise_on_sql")
    confirmed_by: Mapped[User | None] = relationship(foreign_keys=[confirmed_by_id], lazy="raise_on_sql")
