"""Collaborations with their plan – work packages, milestones, deliverables."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from portal.accounts.models import User
from portal.approvals.states import Side
from portal.collaborations.models.people import Peopled, marks_of
from portal.collaborations.models.risks import Risky, risk_mark_of
from portal.collaborations.states import CollaborationState, DeliverableState, Health, MilestoneState
from portal.kernel.db import Base, MinorUnits, UtcTime
from portal.kernel.ids import reference
from portal.kernel.states import enum_column
from portal.kernel.workflow import Dated, Stateful
from portal.organisations.models import Organisation
from portal.proposals.models import Proposal


class Collaboration(Peopled, Risky, Dated, Base):
    """The running work that one accepted proposal opened; exactly one per proposal."""

    __tablename__ = "collaboration"
    __table_args__ = (
        UniqueConstraint("proposal_id"),
        Index("ix_collaboration_host", "host_id", "state"),
        Index("ix_collaboration_partner", "organisation_id", "state"),
        Index("ix_collaboration_host_lead", "host_lead_id", "state"),
        Index("ix_collaboration_partner_lead", "partner_lead_id", "state"),
        CheckConstraint("(state IN ('closed','terminated')) = (ended_at IS NOT NULL)", "ended_iff_dated"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey(Proposal.id))
    number: Mapped[int]  # the version both sides approved
    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(default="")
    host_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id))
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id))  # the partner, who proposed
    host_lead_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    partner_lead_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    currency: Mapped[str] = mapped_column(String(3))
    asked_minor: Mapped[MinorUnits]
    own_minor: Mapped[MinorUnits]
    starts_on: Mapped[dt.date]
    ends_on: Mapped[dt.date]
    note: Mapped[str] = mapped_column(default="")  # the reason given with the last step
    health: Mapped[Health | None] = mapped_column(enum_column(Health))  # as last judged; the judgements are in `health_note`
    health_text: Mapped[str] = mapped_column(default="")
    health_at: Mapped[UtcTime | None]
    opened_at: Mapped[UtcTime]
    started_at: Mapped[UtcTime | None]
    ended_at: Mapped[UtcTime | None]
    # Since when an officer of each side lets everybody know of it: by both, its title stands on the pages of both organisations.
    host_released_at: Mapped[UtcTime | None]
    partner_released_at: Mapped[UtcTime | None]
    version: Mapped[int] = mapped_column()
    _state: Mapped[CollaborationState] = mapped_column(
        "state", enum_column(CollaborationState), default=CollaborationState.PLANNED
    )

    marks: Mapped[str | None] = column_property(marks_of(id))
    risk_mark: Mapped[str | None] = column_property(risk_mark_of(id), deferred=True)  # for the pages that say so
    proposal: Mapped[Proposal] = relationship(lazy="raise_on_sql")
    host: Mapped[Organisation] = relationship(foreign_keys=[host_id], lazy="raise_on_sql")
    organisation: Mapped[Organisation] = relationship(foreign_keys=[organisation_id], lazy="raise_on_sql")
    host_lead: Mapped[User] = relationship(foreign_keys=[host_lead_id], lazy="raise_on_sql")
    partner_lead: Mapped[User] = relationship(foreign_keys=[partner_lead_id], lazy="raise_on_sql")
    milestones: Mapped[list["Milestone"]] = relationship(
        back_populates="collaboration", lazy="raise_on_sql", order_by="Milestone.due_on, Milestone.id"
    )
    deliverables: Mapped[list["Deliverable"]] = relationship(
        back_populates="collaboration", lazy="raise_on_sql", order_by="Deliverable.due_on, Deliverable.id"
    )
    outcomes: Mapped[list["Outcome"]] = relationship(  # type: ignore[name-defined]  # noqa: F821 - made above it
        back_populates="collaboration", lazy="raise_on_sql", order_by="Outcome.id"
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def is_released(self) -> bool:
        """Whether both sides let everybody know that it exists."""
        return self.host_released_at is not None and self.partner_released_at is not None

    @property
    def reference(self) -> str:
        return reference("CO", self.id)

    @property
    def href(self) -> str:
        return f"/collaborations/{self.reference}"

    @property
    def proposal_reference(self) -> str:
        return reference("PR", self.proposal_id)


class PackageLink(Base):
    """One work package builds on another."""

    __tablename__ = "work_package_link"

    package_id: Mapped[int] = mapped_column(ForeignKey("work_package.id"), primary_key=True)
    after_id: Mapped[int] = mapped_column(ForeignKey("work_package.id"), primary_key=True, index=True)


class WorkPackage(Base):
    """One part of the work, from its first day to its last."""

    __tablename__ = "work_package"
    __table_args__ = (CheckConstraint("ends_on >= starts_on", "ends_after_start"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    collaboration_id: Mapped[int] = mapped_column(ForeignKey(Collaboration.id), index=True)
    code: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(200))
    goal: Mapped[str] = mapped_column(default="")
    side: Mapped[Side] = mapped_column(enum_column(Side))  # which of the two leads it
    lead: Mapped[str] = mapped_column(String(160), default="")  # who does, where that is said more closely
    starts_on: Mapped[dt.date]
    ends_on: Mapped[dt.date]
    collaboration: Mapped[Collaboration] = relationship(lazy="raise_on_sql")
    after: Mapped[list["WorkPackage"]] = relationship(
        secondary=PackageLink.__table__,
        primaryjoin=lambda: WorkPackage.id == PackageLink.package_id,
        secondaryjoin=lambda: WorkPackage.id == PackageLink.after_id,
        lazy="raise_on_sql",
        order_by="WorkPackage.id",
    )


class Milestone(Stateful, Base):
    """A date by which something shall be true."""

    __tablename__ = "milestone"

    id: Mapped[int] = mapped_column(primary_key=True)
    collaboration_id: Mapped[int] = mapped_column(ForeignKey(Collaboration.id), index=True)
    package_id: Mapped[int | None] = mapped_column(ForeignKey(WorkPackage.id), index=True)
    title: Mapped[str] = mapped_column(String(200))
    proof: Mapped[str] = mapped_column(String(300), default="")  # how one can tell
    due_on: Mapped[dt.date]
    planned_on: Mapped[dt.date]  # as first agreed; a later `due_on` means it slipped
    note: Mapped[str] = mapped_column(default="")
    done_at: Mapped[UtcTime | None]
    version: Mapped[int] = mapped_column()
    _state: Mapped[MilestoneState] = mapped_column("state", enum_column(MilestoneState), default=MilestoneState.PLANNED)
    collaboration: Mapped[Collaboration] = relationship(back_populates="milestones", lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}

    @property
    def organisation_id(self) -> int:
        """Facts about a part belong to the partner who does the work."""
        return self.collaboration.organisation_id


class Deliverable(Stateful, Base):
    """Something the partner owes the host. `evidence` is where it can be looked at."""

    __tablename__ = "deliverable"
    __table_args__ = (Index("ix_deliverable_waiting", "state", "due_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    collaboration_id: Mapped[int] = mapped_column(ForeignKey(Collaboration.id), index=True)
    package_id: Mapped[int | None] = mapped_column(ForeignKey(WorkPackage.id), index=True)
    title: Mapped[str] = mapped_column(String(200))
    due_on: Mapped[dt.date]
    handed_in: Mapped[str] = mapped_column(default="")  # what the partner wrote when last handing in
    evidence: Mapped[str] = mapped_column(String(2000), default="")  # web address
    note: Mapped[str] = mapped_column(default="")  # what the host wrote with the last step
    submitted_at: Mapped[UtcTime | None]
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))  # who took it up for the host
    decided_at: Mapped[UtcTime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    version: Mapped[int] = mapped_column()
    _state: Mapped[DeliverableState] = mapped_column("state", enum_column(DeliverableState), default=DeliverableState.DUE)
    collaboration: Mapped[Collaboration] = relationship(back_populates="deliverables", lazy="raise_on_sql")
    package: Mapped[WorkPackage | None] = relationship(lazy="raise_on_sql")
    reviewer: Mapped[User | None] = relationship(foreign_keys=[reviewer_id], lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}

    @property
    def organisation_id(self) -> int:
        """Facts about a part belong to the partner who does the work."""
        return self.collaboration.organisation_id
