"""Listings: the core that all kinds share."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, cast, func, select
from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.orm import Mapped, column_property, mapped_column, query_expression, relationship

from portal.accounts.models import User
from portal.kernel.db import Base, UtcTime, those_in
from portal.kernel.ids import reference
from portal.kernel.states import enum_column
from portal.kernel.workflow import Stateful
from portal.listings.models.details import ChallengeDetail, ComputeDetail, InternshipDetail, ProjectDetail, TrainingDetail
from portal.listings.models.owners import ListingCoOwner, Responsible
from portal.listings.models.readers import READER_TOKEN, ListingReader
from portal.listings.models.trust import TrustedOrganisation
from portal.listings.models.vocabulary import Field, ListingField
from portal.listings.states import Intake, Kind, ListingState, Visibility
from portal.organisations.models import Organisation

LIFETIME = dt.timedelta(days=365)  # of a listing without a deadline that nobody renews
REMINDED_BEFORE = dt.timedelta(days=30)  # how long before its end the owner is reminded, and may renew it
_IN_REVIEW = those_in(ListingState.IN_REVIEW)
MODERATION = "moderation"  # columns that only moderation and the listing's own page load


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
        Index("ix_listing_unchecked", "state", "unchecked_since"),
        # Of those that wait alone: of all, SQLite would take it for everything that names a state.
        Index("ix_listing_in_review", "updated_at", sqlite_where=_IN_REVIEW, postgresql_where=_IN_REVIEW),
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
    capacity: Mapped[int | None]  # answers that can be taken on, of an internship its places; None where nobody counts
    filled: Mapped[int] = mapped_column(default=0)  # of them, so far
    opens_at: Mapped[UtcTime | None]  # not before this moment, even if it is approved earlier
    closes_at: Mapped[UtcTime | None]  # both decided by the server, in the zone below
    time_zone: Mapped[str] = mapped_column(String(64), default="Europe/Brussels")
    questions_until: Mapped[dt.date | None]  # the last day on which questions are taken, in that zone
    source_url: Mapped[str] = mapped_column(String(2000), default="")
    source_note: Mapped[str] = mapped_column(String(300), default="")  # source and licence of an imported record
    note: Mapped[str] = mapped_column(default="")  # the reason given with the last step
    remarks: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)  # of moderation, by the field they are about
    form_key: Mapped[str | None] = mapped_column(String(64))  # of the form it was first saved from: sent twice, it is one listing
    created_at: Mapped[UtcTime]
    updated_at: Mapped[UtcTime]
    published_at: Mapped[UtcTime | None]
    renewed_at: Mapped[UtcTime | None]  # when it was last opened or renewed: without a deadline it lasts a year from then
    reminded_at: Mapped[UtcTime | None]  # when the owner was last told that it expires
    answered_at: Mapped[UtcTime | None]  # when the first proposal arrived: since then it can only be made clearer
    clarified_at: Mapped[UtcTime | None]  # when it was last changed while open
    # Of moderation: loaded only where it is shown or decided.
    announces: Mapped[bool] = mapped_column(default=False, deferred=True, deferred_group=MODERATION)  # it is read before it opens
    announced_at: Mapped[UtcTime | None] = mapped_column(deferred=True, deferred_group=MODERATION)  # since when, if it is
    unchecked_since: Mapped[UtcTime | None] = mapped_column(deferred=True, deferred_group=MODERATION)  # open, not looked at yet
    suspended_by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id), deferred=True, deferred_group=MODERATION)
    appeal: Mapped[str] = mapped_column(default="", deferred=True, deferred_group=MODERATION)  # of the owner, once suspended
    appealed_at: Mapped[UtcTime | None] = mapped_column(deferred=True, deferred_group=MODERATION)
    appeal_answered_at: Mapped[UtcTime | None] = mapped_column(deferred=True, deferred_group=MODERATION)
    # Whether a confidential annex belongs to it. Kept here, so that its page asks nobody else.
    has_annex: Mapped[bool] = mapped_column(default=False, deferred=True, deferred_group=MODERATION)
    version: Mapped[int] = mapped_column()
    _state: Mapped[ListingState] = mapped_column("state", enum_column(ListingState), default=ListingState.DRAFT)

    # Reader tokens of those it names, with spaces between. A value of the row, so that rules ask no second time.
    readers: Mapped[str | None] = column_property(
        select(func.aggregate_strings(READER_TOKEN, " "))
        .where(ListingReader.listing_id == id)
        .correlate_except(ListingReader)
        .scalar_subquery()
    )
    # Account ids of its co-owners, in the same way.
    co_owners: Mapped[str | None] = column_property(
        select(func.aggregate_strings(cast(ListingCoOwner.account_id, String), " "))
        .where(ListingCoOwner.listing_id == id)
        .correlate_except(ListingCoOwner)
        .scalar_subquery()
    )
    # Whether its organisation publishes at once.
    trusted: Mapped[bool] = column_property(
        select(TrustedOrganisation.organisation_id)
        .where(TrustedOrganisation.organisation_id == organisation_id)
        .correlate_except(TrustedOrganisation)
        .exists(),
        deferred=True,
        group=MODERATION,
    )
    # The number under which whoever asks follows it; filled by the option `FOLLOWED` alone.
    followed_as: Mapped[int | None] = query_expression()
    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")
    owner: Mapped[User] = relationship(lazy="raise_on_sql", foreign_keys=owner_id)
    responsible: Mapped[Responsible | None] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")
    field_links: Mapped[list[ListingField]] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")
    fields: AssociationProxy[list[Field]] = association_proxy(
        "field_links", "field", creator=lambda field: ListingField(field=field)
    )
    project: Mapped[ProjectDetail | None] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")
    challenge: Mapped[ChallengeDetail | None] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")
    internship: Mapped[InternshipDetail | None] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")
    training: Mapped[TrainingDetail | None] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")
    compute: Mapped[ComputeDetail | None] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")

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
    def co_owner_ids(self) -> tuple[int, ...]:
        """Accounts named as co-owners, whether or not they belong to its organisation now."""
        return tuple(int(number) for number in (self.co_owners or "").split())

    @property
    def owner_ids(self) -> tuple[int, ...]:
        """Accounts of all who answer for it, the owner first."""
        return (self.owner_id, *self.co_owner_ids)

    @property
    def is_open(self) -> bool:
        """Published; whether the deadline has passed is asked of the clock by the queries and guards."""
        return self._state is ListingState.PUBLISHED

    @property
    def is_full(self) -> bool:
        """All of its places are filled; never where nobody counts them."""
        return self.capacity is not None and self.filled >= self.capacity

    @property
    def expires_at(self) -> dt.datetime | None:
        """When it closes unless it is renewed; None where a deadline closes it, or the source it was taken over from."""
        if self.closes_at is not None or self.renewed_at is None or self.source_note:
            return None
        return self.renewed_at + LIFETIME
