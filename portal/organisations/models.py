"""Organisations, their e-mail domains, and who belongs to them."""

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from portal.accounts.models import User
from portal.kernel.db import Base, UtcTime
from portal.kernel.policy import Role
from portal.kernel.states import enum_column
from portal.kernel.text import folded
from portal.kernel.workflow import Stateful
from portal.organisations.inputs import skeleton
from portal.organisations.states import MembershipState, OrganisationKind, OrganisationState


class Organisation(Stateful, Base):
    """One body that offers or seeks work. `slug` is its address, `/organisations/<slug>`."""

    __tablename__ = "organisation"
    __table_args__ = (
        Index("ix_organisation_name_key", "name_key", "id"),
        Index("ix_organisation_state", "state", "id"),
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


class Membership(Stateful, Base):
    """One person in one organisation, with roles. Only active ones give rights."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("account_id", "organisation_id"),
        Index("ix_membership_organisation", "organisation_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id))
    roles: Mapped[list[str]] = mapped_column(JSON, default=list)  # values of kernel.policy.Role
    title: Mapped[str] = mapped_column(String(120), default="")  # “Professor of hydraulics”
    note: Mapped[str] = mapped_column(default="")
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
