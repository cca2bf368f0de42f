"""Accounts, their server-side sessions and their one-time tickets.

Class names other than `AccountSession` and `Ticket` are those Flask-Security asks for.
"""

import datetime as dt

from flask_security.models import sqla_v2 as fsqla
from flask_security.models.sqla import FsModels
from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.ages import ADULT, ALONE, may_be_under
from portal.accounts.states import Closed, Purpose, Scope
from portal.accounts.states import Kind as Kind
from portal.kernel import clock
from portal.kernel.db import Base, UtcTime
from portal.kernel.states import enum_column

FsModels.set_db_info(  # type: ignore[no-untyped-call]
    base_model=Base,
    user_table_name="account",
    role_table_name="portal_role",
    webauthn_table_name="passkey",
    refresh_table_name="refresh_tracker",
)


class Role(Base, fsqla.FsRoleMixin):
    """Required by Flask-Security; rights come from relations, not from this table."""

    __tablename__ = "portal_role"


class User(Base, fsqla.FsUserMixin):
    """One person's account. `name` is how the person is called everywhere."""

    __tablename__ = "account"

    name: Mapped[str] = mapped_column(String(120), default="")
    kind: Mapped[Kind] = mapped_column(enum_column(Kind), default=Kind.PROFESSOR)
    is_admin: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(String(16), default="en")
    time_zone: Mapped[str] = mapped_column(String(64), default="")
    closed: Mapped[Closed | None] = mapped_column(enum_column(Closed))  # why it is not active, where that is known
    born_in: Mapped[int | None] = mapped_column(deferred=True)  # the year, asked of students only
    guardian_email: Mapped[str | None] = mapped_column(String(255), deferred=True)  # of those who were minors then
    guardian_agreed_at: Mapped[UtcTime | None] = mapped_column(deferred=True)
    totp_counter: Mapped[int | None]  # the time step of the last code used: neither it nor an older one is taken again

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None

    @property
    def is_minor(self) -> bool:
        """Whether nobody may find this person, and their parents are told."""
        return self.born_in is not None and may_be_under(ADULT, self.born_in)

    @property
    def waits_for_guardian(self) -> bool:
        """Whether a parent has to agree before the account opens."""
        return self.born_in is not None and may_be_under(ALONE, self.born_in) and self.guardian_agreed_at is None

    @property
    def may_enter(self) -> bool:
        """Whether the right password opens it: who closed their own account opens it again by signing in."""
        return self.active or self.closed is Closed.BY_OWNER

    @property
    def has_second_factor(self) -> bool:
        """Whether more than a password is asked for: a code of an app, a passkey, or one of the recovery codes."""
        return self.tf_primary_method is not None

    @property
    def has_app(self) -> bool:
        return self.tf_totp_secret is not None


class WebAuthn(Base, fsqla.FsWebAuthnMixin):
    """A passkey: a key pair whose private half never leaves its owner's device. `usage` is one of those in `passkeys`."""

    __tablename__ = "passkey"

    @property
    def opens_alone(self) -> bool:
        """Its device checked its user when it was made: no password is needed besides."""
        return self.usage == "first"

    @property
    def used_at(self) -> dt.datetime | None:
        """When it was last used, in UTC; None where it never was."""
        return None if self.lastuse_datetime == self.create_datetime else self.lastuse_datetime.replace(tzinfo=clock.UTC)

    @property
    def made_at(self) -> dt.datetime:
        return self.create_datetime.replace(tzinfo=clock.UTC)


class FsRefreshTracker(Base, fsqla.FsRefreshTrackerMixin):
    """Required by Flask-Security's mapper configuration."""

    __tablename__ = "refresh_tracker"


class AccountSession(Base):
    """One signed-in browser. The cookie holds the token, this row only its fingerprint; without the row the cookie is dead."""

    __tablename__ = "account_session"
    __table_args__ = (Index("ix_account_session_account", "account_id", "ended_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[UtcTime]
    seen_at: Mapped[UtcTime]
    ended_at: Mapped[UtcTime | None]
    device: Mapped[str] = mapped_column(String(200), default="")  # browser and system in words
    network: Mapped[str] = mapped_column(String(64), default="")


class Ticket(Base):
    """Lets its holder do one thing once: confirm an address it was sent to, choose a new password, finish signing in.

    The mail or cookie holds the token, this row only its fingerprint.
    """

    __tablename__ = "account_ticket"
    __table_args__ = (Index("ix_account_ticket_account", "account_id", "purpose"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    purpose: Mapped[Purpose] = mapped_column(enum_column(Purpose))
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    address: Mapped[str] = mapped_column(String(255))  # worth nothing once the account has another
    new_address: Mapped[str] = mapped_column(String(255), default="")  # the one the account shall get
    expires_at: Mapped[UtcTime] = mapped_column(index=True)
    failures: Mapped[int] = mapped_column(default=0)  # wrong codes entered with it
    account: Mapped[User] = relationship(lazy="raise_on_sql")

    @property
    def is_live(self) -> bool:
        return self.expires_at > clock.now() and self.account.may_enter and self.account.email == self.address


class Link(Base):
    """Somebody at a provider is the owner of an account here. Issuer and subject say who; addresses never do."""

    __tablename__ = "account_link"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    issuer: Mapped[str] = mapped_column(String(255))
    subject: Mapped[str] = mapped_column(String(255))
    made_at: Mapped[UtcTime]
    used_at: Mapped[UtcTime]  # what was shown before opens nothing any more
    account: Mapped[User] = relationship(lazy="raise_on_sql")


class Token(Base):
    """Lets a program read in its owner's place for a while. The owner holds the text, this row only its fingerprint."""

    __tablename__ = "account_token"
    __table_args__ = (Index("ix_account_token_account", "account_id", "ended_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(64))
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    begins: Mapped[str] = mapped_column(String(16))  # its first characters, by which its owner knows it again
    scope: Mapped[Scope] = mapped_column(enum_column(Scope))
    made_at: Mapped[UtcTime]
    expires_at: Mapped[UtcTime] = mapped_column(index=True)
    used_at: Mapped[UtcTime | None]  # exact to the hour
    ended_at: Mapped[UtcTime | None]
    account: Mapped[User] = relationship(lazy="raise_on_sql")

    @property
    def is_live(self) -> bool:
        return self.ended_at is None and self.expires_at > clock.now() and self.account.active and self.account.is_confirmed
