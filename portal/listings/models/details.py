"""What listings of one kind have of their own: a typed table for each."""

import datetime as dt

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from portal.kernel.db import Base, MinorUnits
from portal.kernel.states import enum_column
from portal.listings.inputs import CourseSession, Phase
from portal.listings.models.rows import RowsColumn
from portal.listings.states import DataClass, IpStance, Kind, Level, Mode, PayPeriod, Visa


class _Detail:
    """Key shared by the detail tables: the listing's own id."""

    @declared_attr
    def listing_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey("listing.id", ondelete="CASCADE"), primary_key=True)


class ProjectDetail(_Detail, Base):
    """What a research project has of its own."""

    __tablename__ = "listing_project"

    acronym: Mapped[str] = mapped_column(String(60), default="")
    funder: Mapped[str] = mapped_column(String(200), default="")
    programme: Mapped[str] = mapped_column(String(300), default="")
    amount_minor: Mapped[MinorUnits | None]
    starts_on: Mapped[dt.date | None]
    ends_on: Mapped[dt.date | None]
    trl: Mapped[int | None]  # technology readiness level, 1 to 9
    partner_sought: Mapped[str] = mapped_column(String(600), default="")
    results: Mapped[str] = mapped_column(default="")  # Markdown
    ip_stance: Mapped[IpStance] = mapped_column(enum_column(IpStance), default=IpStance.OPEN)


class ChallengeDetail(_Detail, Base):
    """What a challenge has of its own."""

    __tablename__ = "listing_challenge"

    budget_minor: Mapped[MinorUnits | None]
    prize_minor: Mapped[MinorUnits | None]
    must_haves: Mapped[str] = mapped_column(default="")  # Markdown
    out_of_scope: Mapped[str] = mapped_column(default="")  # Markdown
    criteria: Mapped[str] = mapped_column(default="")  # Markdown
    eligibility: Mapped[str] = mapped_column(default="")  # Markdown
    ip_stance: Mapped[IpStance] = mapped_column(enum_column(IpStance), default=IpStance.OPEN)
    trl: Mapped[int | None]
    duration_months: Mapped[int | None]
    phases: Mapped[tuple[Phase, ...]] = mapped_column(RowsColumn(Phase), default=())


class InternshipDetail(_Detail, Base):
    """What an internship has of its own; pay, hours and supervision are facts, never prose."""

    __tablename__ = "listing_internship"

    pay_minor: Mapped[MinorUnits | None]
    pay_period: Mapped[PayPeriod] = mapped_column(enum_column(PayPeriod), default=PayPeriod.MONTH)
    hours_per_week: Mapped[int | None]
    starts_on: Mapped[dt.date | None]
    ends_on: Mapped[dt.date | None]
    level: Mapped[Level] = mapped_column(enum_column(Level), default=Level.ANY)
    places: Mapped[int] = mapped_column(default=1)
    supervisor: Mapped[str] = mapped_column(String(160), default="")
    supervision_hours: Mapped[int | None]  # per week
    credit: Mapped[bool] = mapped_column(default=False)
    visa: Mapped[Visa] = mapped_column(enum_column(Visa), default=Visa.UNSAID)
    eligibility: Mapped[str] = mapped_column(default="")  # Markdown


class TrainingDetail(_Detail, Base):
    """What a training programme has of its own."""

    __tablename__ = "listing_training"

    provider: Mapped[str] = mapped_column(String(200), default="")
    level: Mapped[Level] = mapped_column(enum_column(Level), default=Level.ANY)
    mode: Mapped[Mode] = mapped_column(enum_column(Mode), default=Mode.ONLINE)
    taught_in: Mapped[str] = mapped_column(String(16), default="en")
    cost_minor: Mapped[MinorUnits | None]
    prerequisites: Mapped[str] = mapped_column(default="")
    starts_on: Mapped[dt.date | None]
    ends_on: Mapped[dt.date | None]
    seats: Mapped[int | None]
    licence: Mapped[str] = mapped_column(String(120), default="")  # of the material
    sessions: Mapped[tuple[CourseSession, ...]] = mapped_column(RowsColumn(CourseSession), default=())


class ComputeDetail(_Detail, Base):
    """What a compute offer has of its own."""

    __tablename__ = "listing_compute"

    accelerator: Mapped[str] = mapped_column(String(120), default="")
    accelerators_per_node: Mapped[int | None]
    cores_per_node: Mapped[int | None]
    memory_gb: Mapped[int | None]
    gpu_hours: Mapped[int | None]
    core_hours: Mapped[int | None]
    software: Mapped[str] = mapped_column(default="")
    data_class: Mapped[DataClass] = mapped_column(enum_column(DataClass), default=DataClass.OPEN)
    eligibility: Mapped[str] = mapped_column(default="")
    power_watts: Mapped[int | None]  # per node
    grid_region: Mapped[str] = mapped_column(String(120), default="")
    carbon_intensity: Mapped[int | None]  # of that grid, grams of CO2e for a kWh
    cost_minor: Mapped[MinorUnits | None]  # of an hour of one node


DETAILS: dict[Kind, type[_Detail]] = {
    Kind.PROJECT: ProjectDetail,
    Kind.CHALLENGE: ChallengeDetail,
    Kind.INTERNSHIP: InternshipDetail,
    Kind.TRAINING: TrainingDetail,
    Kind.COMPUTE: ComputeDetail,
}
