"""Organisations whose listings open before anybody checked them."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.kernel.db import Base, UtcTime
from portal.organisations.models import Organisation


class TrustedOrganisation(Base):
    """An organisation that publishes at once, since when, on whose word and why. The row goes when the trust ends."""

    __tablename__ = "listing_trust"

    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id), primary_key=True, autoincrement=False)
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    given_at: Mapped[UtcTime]
    reason: Mapped[str] = mapped_column(String(2000))
    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")
    given_by: Mapped[User | None] = relationship(lazy="raise_on_sql")
