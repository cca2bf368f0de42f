"""What changed in a listing while it was open."""

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel.db import Base, UtcTime


class ListingClarification(Base):
    """One change of an open listing: for each field what it said before and what it says since, as people read it."""

    __tablename__ = "listing_clarification"
    __table_args__ = (UniqueConstraint("listing_id", "number", name="uq_listing_clarification_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id", ondelete="CASCADE"))
    number: Mapped[int]  # 1 for the first since it opened
    at: Mapped[UtcTime]
    changes: Mapped[list[list[str]]] = mapped_column(JSON)  # field, before, after
