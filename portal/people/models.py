"""Profiles: one row per account, made at confirmation, shown as far as its owner wants."""

import datetime as dt

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship
from sqlalchemy.sql import and_

from portal.accounts.models import User
from portal.kernel.db import Base, UtcTime
from portal.kernel.states import enum_column
from portal.organisations.models import Membership
from portal.organisations.states import MembershipState
from portal.people.states import ContactBy, StudyLevel


class Profile(Base):
    """The public face of one account. `slug` is its address, `/people/<slug>`; ids never stand in addresses."""

    __tablename__ = "profile"
    __table_args__ = (Index("ix_profile_directory", "listed", "name_key", "id"),)

    id: Mapped[int] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"), primary_key=True)
    slug: Mapped[str] = mapped_column(String(140), unique=True)
    name_key: Mapped[str] = mapped_column(String(600), index=True)  # the account's name folded: how people are found
    headline: Mapped[str] = mapped_column(String(200), default="")
    about: Mapped[str] = mapped_column(default="")  # Markdown
    orcid: Mapped[str] = mapped_column(String(19), default="")  # 0000-0002-1825-0097
    expertise: Mapped[list[str]] = mapped_column(JSON, default=list)  # free terms, at most 30
    field_ids: Mapped[list[int]] = mapped_column(JSON, default=list)
    open_to: Mapped[str] = mapped_column(String(300), default="")
    listed: Mapped[bool] = mapped_column(default=False)  # consent to stand in the public directory
    contactable: Mapped[bool] = mapped_column(default=False)  # says so on the page
    # What only the page itself shows is loaded for it alone.
    levels: Mapped[dict[str, str]] = mapped_column(JSON, default=dict, deferred=True, deferred_group="page")  # Level by term
    skills: Mapped[list[str]] = mapped_column(JSON, default=list, deferred=True, deferred_group="page")
    methods: Mapped[list[str]] = mapped_column(JSON, default=list, deferred=True, deferred_group="page")
    languages: Mapped[list[str]] = mapped_column(JSON, default=list, deferred=True, deferred_group="page")  # codes
    availability: Mapped[str] = mapped_column(String(200), default="", deferred=True, deferred_group="page")
    # What only some are asked: researchers, companies, students, officers.
    group: Mapped[str] = mapped_column(String(200), default="", deferred=True, deferred_group="page")
    seeks: Mapped[str] = mapped_column(String(500), default="", deferred=True, deferred_group="page")
    duties: Mapped[list[str]] = mapped_column(JSON, default=list, deferred=True, deferred_group="page")  # values of Duty
    study: Mapped[str] = mapped_column(String(200), default="", deferred=True, deferred_group="page")
    study_level: Mapped[StudyLevel | None] = mapped_column(enum_column(StudyLevel), deferred=True, deferred_group="page")
    finishes_on: Mapped[dt.date | None] = mapped_column(deferred=True, deferred_group="page")
    orcid_shown_at: Mapped[UtcTime | None] = mapped_column(deferred=True, deferred_group="page")  # by signing in there
    outputs: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list, deferred=True, deferred_group="page")
    contact_by: Mapped[ContactBy] = mapped_column(
        enum_column(ContactBy), default=ContactBy.OFFICE, deferred=True, deferred_group="page"
    )
    updated_at: Mapped[UtcTime]
    version: Mapped[int] = mapped_column()
    account: Mapped[User] = relationship(lazy="raise_on_sql")
    memberships: Mapped[list[Membership]] = relationship(
        primaryjoin=lambda: and_(foreign(Membership.account_id) == Profile.id, Membership._state == MembershipState.ACTIVE),
        order_by=lambda: (Membership.is_main.desc(), Membership.id),
        viewonly=True,
        lazy="raise_on_sql",
    )  # the active ones, the main one first

    __mapper_args__ = {"version_id_col": version}

    @property
    def name(self) -> str:
        return self.account.name

    @property
    def href(self) -> str:
        return f"/people/{self.slug}"
