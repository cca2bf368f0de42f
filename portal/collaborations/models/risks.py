"""Risks of a collaboration, each with every assessment it had."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, cast, func, select, type_coerce
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.collaborations.states import Rating, RiskState, rating_of
from portal.kernel.db import Base, UtcTime
from portal.kernel.states import enum_column
from portal.kernel.workflow import Stateful


class Rated:
    """Mixin of what has a likelihood and an impact, 1 to 5 each."""

    likelihood: Mapped[int]
    impact: Mapped[int]

    @property
    def score(self) -> int:
        return self.likelihood * self.impact

    @property
    def rating(self) -> Rating:
        return rating_of(self.score)


class Risk(Rated, Stateful, Base):
    """Something that may go wrong, as it was assessed last."""

    __tablename__ = "risk"
    __table_args__ = (
        Index("ix_risk_collaboration", "collaboration_id", "state"),
        Index("ix_risk_owner", "owner_id", "state"),
        CheckConstraint("likelihood BETWEEN 1 AND 5 AND impact BETWEEN 1 AND 5", "on_the_scales"),
        CheckConstraint("(state = 'open') = (closed_at IS NULL)", "closed_iff_dated"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    collaboration_id: Mapped[int] = mapped_column(ForeignKey("collaboration.id"))
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(default="")
    mitigation: Mapped[str] = mapped_column(default="")  # what is done against it
    likelihood: Mapped[int]
    impact: Mapped[int]
    owner_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    review_on: Mapped[dt.date]
    note: Mapped[str] = mapped_column(default="")  # the word with which it was closed or opened again
    raised_by_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    raised_at: Mapped[UtcTime]
    reviewed_at: Mapped[UtcTime]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    closed_at: Mapped[UtcTime | None]
    version: Mapped[int] = mapped_column()
    _state: Mapped[RiskState] = mapped_column("state", enum_column(RiskState), default=RiskState.OPEN)
    collaboration: Mapped["Collaboration"] = relationship(lazy="raise_on_sql")  # type: ignore[name-defined]  # noqa: F821 - made above it
    owner: Mapped[User] = relationship(foreign_keys=[owner_id], viewonly=True, lazy="raise_on_sql")
    raised_by: Mapped[User] = relationship(foreign_keys=[raised_by_id], viewonly=True, lazy="raise_on_sql")
    closed_by: Mapped[User | None] = relationship(foreign_keys=[closed_by_id], viewonly=True, lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}

    @property
    def organisation_id(self) -> int:
        """Facts about a risk belong to the partner, as those about all that both sides do together."""
        return int(self.collaboration.organisation_id)

    @property
    def href(self) -> str:
        return f"/risks/{self.id}"


class RiskReview(Rated, Base):
    """One assessment of a risk; the first is that with which it was raised."""

    __tablename__ = "risk_review"

    id: Mapped[int] = mapped_column(primary_key=True)
    risk_id: Mapped[int] = mapped_column(ForeignKey(Risk.id), index=True)
    likelihood: Mapped[int]
    impact: Mapped[int]
    note: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    at: Mapped[UtcTime]
    by: Mapped[User] = relationship(viewonly=True, lazy="raise_on_sql")


@dataclass(frozen=True)
class OpenRisks:
    """How many risks are open, and how the gravest is rated."""

    count: int
    highest: Rating


class Risky:
    """Mixin of the collaboration, over the column that `risk_mark_of` fills."""

    risk_mark: Any

    @property
    def open_risks(self) -> OpenRisks | None:
        """None where no risk is open."""
        count, _, score = (self.risk_mark or "0:").partition(":")
        return OpenRisks(int(count), rating_of(int(score))) if score else None


def risk_mark_of(collaboration_id: Any) -> Any:
    """How many risks are open and the highest score among them: `3:16`; `0:` where none is."""
    score = func.coalesce(cast(func.max(Risk.likelihood * Risk.impact), String), "")
    mark = cast(func.count(Risk.id), String) + ":" + score
    query = select(mark).where(Risk.collaboration_id == collaboration_id, Risk._state == RiskState.OPEN)
    return type_coerce(query.correlate_except(Risk).scalar_subquery(), String(40))
