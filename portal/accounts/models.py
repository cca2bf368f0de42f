"""Accounts and their server-side sessions. Class names other than `AccountSession` are those Flask-Security asks for."""

from flask_security.models import sqla_v2 as fsqla
from flask_security.models.sqla import FsModels
from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel.db import Base, UtcTime
from portal.kernel.states import Labelled, enum_column
from portal.kernel.text import N_

FsModels.set_db_info(  # type: ignore[no-untyped-call]
    base_model=Base,
    user_table_name="account",
    role_table_name="portal_role",
    webauthn_table_name="passkey",
    refresh_table_name="refresh_tracker",
)


class Kind(Labelled):
    """What a person is here for; decides the navigation, never a right."""

    PROFESSOR = "professor", N_("Professor or researcher")
    COMPANY = "company", N_("Company")
    STUDENT = "student", N_("Student")
    OFFICER = "officer", N_("Partnership officer")


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


class WebAuthn(Base, fsqla.FsWebAuthnMixin):
    """A passkey."""

    __tablename__ = "passkey"


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
