"""Who answers for a listing beside its owner."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.kernel.db import Base, UtcTime


class ListingCoOwner(Base):
    """Somebody of the same organisation who may do with a listing what its owner may, as long as they belong there."""

    __tablename__ = "listing_co_owner"
    __table_args__ = (UniqueConstraint("listing_id", "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id", ondelete="CASCADE"))
    account_id: Mapped[int] = mapped_column(ForeignKey(User.id), index=True)
    named_at: Mapped[UtcTime]
    account: Mapped[User] = relationship(lazy="raise_on_sql")


class Responsible(Base):
    """Whom a listing shows as responsible for what it offers, where that is not its owner: a name, or an account that agreed."""

    __tablename__ = "listing_responsible"

    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id", ondelete="CASCADE"), primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(200), default="")  # of somebody without an account here
    account_id: Mapped[int | None] = mapped_column(ForeignKey(User.id), index=True)
    asked_at: Mapped[UtcTime]
    agreed_at: Mapped[UtcTime | None]
    account: Mapped[User | None] = relationship(lazy="raise_on_sql")

    @property
    def shown(self) -> str:
        """The name as readers see it; empty until whoever is asked agreed."""
        if self.account is None:
            return self.name
        return self.account.name if self.agreed_at is not None else ""
