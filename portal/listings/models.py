"""Listings: a shared core, one typed detail table per kind, and the vocabulary of fields."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, case, cast, func, literal, select
from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.orm import Mapped, column_property, declared_attr, mapped_column, relationship

from portal.accounts.models import User
from portal.kernel.db import Base, MinorUnits, UtcTime
from portal.kernel.ids import reference
from portal.kernel.states import enum_column
from portal.kernel.workflow import Stateful
from portal.listings.states import (
    DataClass,
    Intake,
    IpStance,
    Kind,
    Level,
    ListingState,
    Mode,
    PayPeriod,
    Visibility,
)
from portal.organisations.models import Organisation

LIFETIME = dt.timedelta(days=365)  # of a listing without a deadline that nobody renews
REMINDED_BEFORE = dt.timedelta(days=30)  # how long before its end the owner is reminded, and may renew it


class Field(Base):
    """A term of a field vocabulary (OECD fields of research and others)."""

    __tablename__ = "field"
    __table_args__ = (UniqueConstraint("scheme", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    scheme: Mapped[str] = mapped_column(String(40))
    code: Mapped[str] = mapped_column(String(120))
    label: Mapped[str] = mapped_column(String(200))
    parent: Mapped[str] = mapped_column(String(120), default="")


class ListingField(Base):
    """That a listing belongs to a field. A class, not a bare table: SQLite reads all of a table that it joins in brackets."""

    __tablename__ = "listing_field"

    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id", ondelete="CASCADE"), primary_key=True)
    field_id: Mapped[int] = mapped_column(ForeignKey(Field.id), primary_key=True, index=True)
    field: Mapped[Field] = relationship(lazy="raise_on_sql")


class Skill(Base):
    """A term of a skill vocabulary (ESCO, O*NET)."""

    __tablename__ = "skill"
    __table_args__ = (UniqueConstraint("scheme", "code"), Index("ix_skill_label", "label"))

    id: Mapped[int] = mapped_column(primary_key=True)
    scheme: Mapped[str] = mapped_column(String(40))
    code: Mapped[str] = mapped_column(String(200))
    label: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(default="")


class ListingReader(Base):
    """An organisation or a person that a listing for named readers is open to.

    A person is named by an e-mail address and bound to the account that confirmed it: nobody else's account will do.
    """

    __tablename__ = "listing_reader"
    __table_args__ = (
        UniqueConstraint("listing_id", "organisation_id", name="uq_listing_reader_organisation"),
        UniqueConstraint("listing_id", "email", name="uq_listing_reader_email"),
        CheckConstraint("(organisation_id IS NULL) <> (email IS NULL)", "one_of_both"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id", ondelete="CASCADE"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey(Organisation.id), index=True)
    email: Mapped[str | None] = mapped_column(String(254), index=True)  # in lower case
    account_id: Mapped[int | None] = mapped_column(ForeignKey(User.id), index=True)  # None until somebody confirmed the address


_TOKEN = case(
    (ListingReader.organisation_id.is_not(None), literal("org:") + cast(ListingReader.organisation_id, String)),
    (ListingReader.account_id.is_not(None), literal("person:") + cast(ListingReader.account_id, String)),
)


class Listing(Stateful, Base):
    """One thing offered or sought. The owner is the named responsible person; without one nothing goes live."""

    __tablename__ = "listing"
    __table_args__ = (
        Index("ix_listing_state", "state", "visibility", "published_at"),
        Index("ix_listing_organisation", "organisation_id", "state"),
        Index("ix_listing_owner", "owner_id", "state"),
        Index("ix_listing_newest", "kind", "state", "published_at"),
        Index("ix_listing_open", "state", "visibility", "kind"),  # counts by kind read nothing but this index
        Index("ix_listing_due", "state", "closes_at"),
        Index("ix_listing_opening", "state", "opens_at"),
        Index("ix_listing_renewal", "state", "renewed_at"),
        UniqueConstraint("owner_id", "form_key"),
        CheckConstraint("(state IN ('published','closed','archived','suspended')) <= (published_at IS NOT NULL)", "dated"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Kind] = mapped_column(enum_column(Kind))
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id))
    owner_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(String(600), default="")
    description: Mapped[str] = mapped_column(default="")  # Markdown
    language: Mapped[str] = mapped_column(String(16), default="en")
    visibility: Mapped[Visibility] = mapped_column(enum_column(Visibility), default=Visibility.PUBLIC)
    intake: Mapped[Intake] = mapped_column(enum_column(Intake), default=Intake.INTEREST)
    skills: Mapped[list[str]] = mapped_column(JSON, default=list)
    place: Mapped[str] = mapped_column(String(200), default="")
    remote: Mapped[bool] = mapped_column(default=False)
    currency: Mapped[str] = mapped_column(String(3), default="EUR")
    opens_at: Mapped[UtcTime | None]  # not before this moment, even if it is approved earlier
    closes_at: Mapped[UtcTime | None]  # both decided by the server, in the zone below
    time_zone: Mapped[str] = mapped_column(String(64), default="Europe/Brussels")
    questions_until: Mapped[dt.date | None]  # the last day on which questions are taken, in that zone
    source_url: Mapped[str] = mapped_column(String(2000), default="")
    source_note: Mapped[str] = mapped_column(String(300), default="")  # source and licence of an imported record
    note: Mapped[str] = mapped_column(default="")  # the reason given with the last step
    form_key: Mapped[str | None] = mapped_column(String(64))  # of the form it was first saved from: sent twice, it is one listing
    created_at: Mapped[UtcTime]
    updated_at: Mapped[UtcTime]
    published_at: Mapped[UtcTime | None]
    renewed_at: Mapped[UtcTime | None]  # when it was last opened or renewed: without a deadline it lasts a year from then
    reminded_at: Mapped[UtcTime | None]  # when the owner was last told that it expires
    version: Mapped[int] = mapped_column()
    _state: Mapped[ListingState] = mapped_column("state", enum_column(ListingState), default=ListingState.DRAFT)

    # Reader tokens of those it names, with spaces between. A value of the row, so that rules ask no second time.
    readers: Mapped[str | None] = column_property(
        select(func.aggregate_strings(_TOKEN, " "))
        .where(ListingReader.listing_id == id)
        .correlate_except(ListingReader)
        .scalar_subquery()
    )
    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")
    owner: Mapped[User] = relationship(lazy="raise_on_sql")
    field_links: Mapped[list[ListingField]] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")
    fields: AssociationProxy[list[Field]] = association_proxy(
        "field_links", "field", creator=lambda field: ListingField(field=field)
    )
    project: Mapped["ProjectDetail | None"] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")
    challenge: Mapped["ChallengeDetail | None"] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")
    internship: Mapped["InternshipDetail | None"] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")
    training: Mapped["TrainingDetail | None"] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")
    compute: Mapped["ComputeDetail | None"] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}

    @property
    def reference(self) -> str:
        return reference(self.kind.facts.prefix, self.id)

    @property
    def href(self) -> str:
        return f"/{self.kind.facts.path}/{self.reference}"

    @property
    def detail(self) -> Any:
        """The detail row of the listing's kind."""
        return getattr(self, str(self.kind.value))

    @property
    def is_open(self) -> bool:
        """Published; whether the deadline has passed is asked of the clock by the queries and guards."""
        return self._state is ListingState.PUBLISHED

    @property
    def expires_at(self) -> dt.datetime | None:
        """When it closes unless it is renewed; None where a deadline closes it, or the source it was taken over from."""
        if self.closes_at is not None or self.renewed_at is None or self.source_note:
            return None
        return self.renewed_at + LIFETIME


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


class ChallengeDetail(_Detail, Base):
    """What a challenge has of its own."""

    __tablename__ = "listing_challenge"

    budget_minor: Mapped[MinorUnits | None]
    prize_minor: Mapped[MinorUnits | None]
    must_haves: Mapped[str] = mapped_column(default="")  # Markdown
    criteria: Mapped[str] = mapped_column(default="")  # Markdown
    eligibility: Mapped[str] = mapped_column(default="")  # Markdown
    ip_stance: Mapped[IpStance] = mapped_column(enum_column(IpStance), default=IpStance.OPEN)
    trl: Mapped[int | None]
    duration_months: Mapped[int | None]


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


DETAILS: dict[Kind, type[_Detail]] = {
    Kind.PROJECT: ProjectDetail,
    Kind.CHALLENGE: ChallengeDetail,
    Kind.INTERNSHIP: InternshipDetail,
    Kind.TRAINING: TrainingDetail,
    Kind.COMPUTE: ComputeDetail,
}
