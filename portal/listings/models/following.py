"""Those who want to hear what becomes of a listing."""

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.kernel.db import Base, UtcTime

if TYPE_CHECKING:
    from portal.listings.models.listing import Listing


class ListingFollow(Base):
    """Somebody is told when a listing opens and when it changes. A thing of its own, so that it is theirs alone to read."""

    __tablename__ = "listing_follow"
    __table_args__ = (UniqueConstraint("account_id", "listing_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    begun_at: Mapped[UtcTime]
    listing: Mapped["Listing"] = relationship(lazy="raise_on_sql")
