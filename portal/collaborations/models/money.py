"""The agreed budget, and what was spent of it: claims on the host, and contributions of either side."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.approvals.states import Side
from portal.collaborations.models.collaboration import Collaboration
from portal.collaborations.states import ClaimState
from portal.kernel.db import Base, MinorUnits, UtcTime
from portal.kernel.states import enum_column
from portal.kernel.workflow import Stateful
from portal.proposals.states import CostCategory, Funding, Valuation


class BudgetItem(Base):
    """One line of the approved budget, or what a partner's rate adds to it. All amounts are in the collaboration's currency."""

    __tablename__ = "budget_item"
    __table_args__ = (CheckConstraint("amount_minor >= 0", "amount_not_negative"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    collaboration_id: Mapped[int] = mapped_column(ForeignKey(Collaboration.id), index=True)
    partner: Mapped[str] = mapped_column(String(160), default="")  # as the proposal names it
    category: Mapped[CostCategory] = mapped_column(enum_column(CostCategory))
    funding: Mapped[Funding] = mapped_column(enum_column(Funding))
    year: Mapped[int]
    amount_minor: Mapped[MinorUnits]


class Claim(Stateful, Base):
    """What the partner asks the host to pay for one period. Whoever passed a check stands on it by name."""

    __tablename__ = "claim"
    __table_args__ = (
        Index("ix_claim_waiting", "state"),
        CheckConstraint("(state = 'paid') = (paid_on IS NOT NULL)", "paid_iff_dated"),
        CheckConstraint("technical_by_id <> finance_by_id", "checked_by_two"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    collaboration_id: Mapped[int] = mapped_column(ForeignKey(Collaboration.id), index=True)
    partner: Mapped[str] = mapped_column(String(160), default="")
    from_on: Mapped[dt.date]
    to_on: Mapped[dt.date]
    text: Mapped[str]
    evidence: Mapped[str] = mapped_column(String(2000), default="")  # web address
    total_minor: Mapped[MinorUnits]
    by_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    submitted_at: Mapped[UtcTime | None]
    technical_by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    finance_by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))  # who approved, declined, asked or waived
    decided_at: Mapped[UtcTime | None]
    paid_on: Mapped[dt.date | None]
    note: Mapped[str] = mapped_column(default="")  # what was asked, or why it was declined or waived
    version: Mapped[int] = mapped_column()
    _state: Mapped[ClaimState] = mapped_column("state", enum_column(ClaimState), default=ClaimState.DRAFT)
    collaboration: Mapped[Collaboration] = relationship(lazy="raise_on_sql")
    lines: Mapped[list["ClaimLine"]] = relationship(lazy="raise_on_sql", order_by="ClaimLine.id", cascade="all, delete-orphan")
    by: Mapped[User] = relationship(foreign_keys=[by_id], lazy="raise_on_sql")
    technical_by: Mapped[User | None] = relationship(foreign_keys=[technical_by_id], lazy="raise_on_sql")
    finance_by: Mapped[User | None] = relationship(foreign_keys=[finance_by_id], lazy="raise_on_sql")
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id], lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}

    @property
    def organisation_id(self) -> int:
        """Facts about a claim belong to the partner who claims."""
        return self.collaboration.organisation_id


class ClaimLine(Base):
    """What of a claim falls to one category of costs."""

    __tablename__ = "claim_line"
    __table_args__ = (UniqueConstraint("claim_id", "category"), CheckConstraint("amount_minor > 0", "amount_positive"))

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey(Claim.id))
    category: Mapped[CostCategory] = mapped_column(enum_column(CostCategory))
    amount_minor: Mapped[MinorUnits]


class Contribution(Base):
    """Own cash or something in kind that one side put in, with what shows it. What was recorded by mistake is withdrawn."""

    __tablename__ = "contribution"
    __table_args__ = (CheckConstraint("(funding = 'in_kind') = (method IS NOT NULL)", "in_kind_iff_valued"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    collaboration_id: Mapped[int] = mapped_column(ForeignKey(Collaboration.id), index=True)
    side: Mapped[Side] = mapped_column(enum_column(Side))
    funding: Mapped[Funding] = mapped_column(enum_column(Funding))
    category: Mapped[CostCategory] = mapped_column(enum_column(CostCategory))
    text: Mapped[str] = mapped_column(String(300))
    amount_minor: Mapped[MinorUnits]
    method: Mapped[Valuation | None] = mapped_column(enum_column(Valuation))
    spent_on: Mapped[dt.date]
    evidence: Mapped[str] = mapped_column(String(2000))  # web address
    by_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    at: Mapped[UtcTime]
    withdrawn_at: Mapped[UtcTime | None]
    collaboration: Mapped[Collaboration] = relationship(lazy="raise_on_sql")
    by: Mapped[User] = relationship(lazy="raise_on_sql")
