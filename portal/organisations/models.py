"""Organisations, their e-mail domains, and who belongs to them."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from portal.accounts.models import User
from portal.kernel.db import Base, MinorUnits, UtcTime, those_in
from portal.kernel.policy import Role
from portal.kernel.states import enum_column
from portal.kernel.text import folded
from portal.kernel.workflow import Stateful
from portal.organisations.inputs import skeleton
from portal.organisations.states import (
    Admission,
    Contact,
    InvitationState,
    MembershipState,
    OrganisationKind,
    OrganisationState,
    Posting,
)

_REQUESTED = those_in(MembershipState.REQUESTED)


class Organisation(Stateful, Base):
    """One body that offers or seeks work. `slug` is its address, `/organisations/<slug>`."""

    __tablename__ = "organisation"
    __table_args__ = (
        Index("ix_organisation_name_key", "name_key", "id"),
        Index("ix_organisation_state", "state", "id"),
        Index("ix_organisation_kind", "kind", "name_key", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(90), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    short_name: Mapped[str] = mapped_column(String(60), default="")
    name_key: Mapped[str] = mapped_column(String(600))  # both names folded: how it is found and sorted
    kind: Mapped[OrganisationKind] = mapped_column(enum_column(OrganisationKind))
    ror: Mapped[str | None] = mapped_column(String(9), unique=True)  # the nine characters, without the address
    city: Mapped[str] = mapped_column(String(120), default="")
    country_code: Mapped[str] = mapped_column(String(2), default="")
    website: Mapped[str] = mapped_column(String(500), default="")
    sector: Mapped[str] = mapped_column(String(120), default="")
    about: Mapped[str] = mapped_column(default="")  # Markdown
    role_mailbox: Mapped[str] = mapped_column(String(254), default="")
    note: Mapped[str] = mapped_column(default="")  # the reason given with the last step
    admission: Mapped[Admission] = mapped_column(enum_column(Admission), default=Admission.AT_ONCE, deferred=True)
    posting: Mapped[Posting] = mapped_column(enum_column(Posting), default=Posting.EVERYBODY, deferred=True)
    contact: Mapped[Contact] = mapped_column(enum_column(Contact), default=Contact.REGISTERED, deferred=True)
    names: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list, deferred=True)  # name, language
    other_keys: Mapped[str] = mapped_column(String(2200), default="", deferred=True)  # the further names folded
    units: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list, deferred=True)  # name, parts
    checks: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list, deferred=True)  # what, on, until, evidence
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), deferred=True)  # what stands in its place
    created_at: Mapped[UtcTime]
    verified_at: Mapped[UtcTime | None]
    version: Mapped[int] = mapped_column()
    _state: Mapped[OrganisationState] = mapped_column(
        "state", enum_column(OrganisationState), default=OrganisationState.UNVERIFIED
    )
    domains: Mapped[list["OrganisationDomain"]] = relationship(back_populates="organisation", lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}

    @validates("name", "short_name")
    def _keep_key(self, name: str, value: str) -> str:
        names = {"name": self.name, "short_name": self.short_name, name: value}
        self.name_key = folded(" ".join(text for text in names.values() if text))[:600]
        return value

    @validates("names")
    def _keep_other_keys(self, _name: str, value: list[dict[str, str]]) -> list[dict[str, str]]:
        self.other_keys = folded(" ".join(each["name"] for each in value))[:2200]
        return value

    @property
    def organisation_id(self) -> int:
        """Its own id: facts about an organisation belong to it."""
        return self.id

    @property
    def href(self) -> str:
        return f"/organisations/{self.slug}"

    @property
    def is_verified(self) -> bool:
        return self._state is OrganisationState.VERIFIED


class OrganisationDomain(Base):
    """An e-mail domain whose confirmed addresses belong to the organisation."""

    __tablename__ = "organisation_domain"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id, ondelete="CASCADE"), index=True)
    domain: Mapped[str] = mapped_column(String(253), unique=True)  # lower case, IDNA
    skeleton: Mapped[str] = mapped_column(String(600), index=True)  # what the eye keeps of it: finds lookalikes
    note: Mapped[str] = mapped_column(default="")  # how it is known that the domain is theirs
    verified_at: Mapped[UtcTime | None]
    organisation: Mapped[Organisation] = relationship(back_populates="domains", lazy="raise_on_sql")

    @validates("domain")
    def _keep_skeleton(self, _name: str, value: str) -> str:
        self.skeleton = skeleton(value)[:600]
        return value


class DomainClaim(Base):
    """An organisation says that a domain is its own; whoever reads the mail to it holds the code that shows it."""

    __tablename__ = "domain_claim"
    __table_args__ = (UniqueConstraint("organisation_id", "domain"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id, ondelete="CASCADE"))
    domain: Mapped[str] = mapped_column(String(253))
    address: Mapped[str] = mapped_column(String(320))  # where the code went
    fingerprint: Mapped[str] = mapped_column(String(64), index=True)
    expires_at: Mapped[UtcTime]


class Membership(Stateful, Base):
    """One person in one organisation, with roles. Only active ones give rights."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("account_id", "organisation_id"),
        Index("ix_membership_organisation", "organisation_id", "state"),
        # Of those who wait alone: of all, SQLite would take it for everything that names a state.
        Index("ix_membership_requested", "created_at", sqlite_where=_REQUESTED, postgresql_where=_REQUESTED),
        CheckConstraint("limit_minor >= 0", name="limit_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id))
    roles: Mapped[list[str]] = mapped_column(JSON, default=list)  # values of kernel.policy.Role
    title: Mapped[str] = mapped_column(String(120), default="")  # “Professor of hydraulics”
    introduction: Mapped[str] = mapped_column(default="")  # what they wrote when they asked to join
    answer_by: Mapped[UtcTime | None]  # when whoever asked can expect an answer
    note: Mapped[str] = mapped_column(default="")
    limit_minor: Mapped[MinorUnits | None]  # a signatory signs up to this; without one, any amount
    limit_currency: Mapped[str] = mapped_column(String(3), default="")
    is_main: Mapped[bool] = mapped_column(default=False)  # the one of several that the person names first
    began_on: Mapped[dt.date | None]  # as the person states it
    ends_on: Mapped[dt.date | None]
    created_at: Mapped[UtcTime]
    since: Mapped[UtcTime | None]
    until: Mapped[UtcTime | None]
    version: Mapped[int] = mapped_column()
    _state: Mapped[MembershipState] = mapped_column("state", enum_column(MembershipState), default=MembershipState.REQUESTED)
    account: Mapped[User] = relationship(lazy="raise_on_sql")
    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}

    @property
    def called(self) -> str:
        """Whose membership it is: what its steps are about."""
        return f"{self.account.name}, {self.organisation.name}"

    @property
    def role_set(self) -> frozenset[Role]:
        return frozenset(Role(role) for role in self.roles)

    @property
    def is_active(self) -> bool:
        return self._state is MembershipState.ACTIVE


class Invitation(Stateful, Base):
    """Somebody is asked to join. It holds no secret: only the account that has confirmed the address finds it."""

    __tablename__ = "invitation"
    __table_args__ = (
        Index("ix_invitation_organisation", "organisation_id", "state"),
        Index("ix_invitation_due", "state", "expires_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id, ondelete="CASCADE"))
    email: Mapped[str] = mapped_column(String(254), index=True)  # lower case
    account_id: Mapped[int | None] = mapped_column(ForeignKey(User.id), index=True)  # whose address it is, once confirmed
    invited_by_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    roles: Mapped[list[str]] = mapped_column(JSON, default=list)  # values of kernel.policy.Role
    title: Mapped[str] = mapped_column(String(120), default="")
    created_at: Mapped[UtcTime]
    expires_at: Mapped[UtcTime]
    version: Mapped[int] = mapped_column()
    _state: Mapped[InvitationState] = mapped_column("state", enum_column(InvitationState), default=InvitationState.OPEN)
    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")
    invited_by: Mapped[User] = relationship(foreign_keys=[invited_by_id], lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}

    @property
    def called(self) -> str:
        """What its steps are about."""
        return self.organisation.name

    @property
    def href(self) -> str:
        return f"/invitations/{self.id}"
