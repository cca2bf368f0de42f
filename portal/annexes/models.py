"""The annex of a listing."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.kernel.db import Base, UtcTime
from portal.listings.models import Listing


class Annex(Base):
    """The confidential part of one listing; its files hang on it. Whoever reads the listing learns that there is one, no more."""

    __tablename__ = "annex"

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey(Listing.id, ondelete="CASCADE"), unique=True)
    text: Mapped[str]  # Markdown
    written_at: Mapped[UtcTime]
    version: Mapped[int] = mapped_column()
    listing: Mapped[Listing] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}

    @property
    def organisation_id(self) -> int:
        """Facts about an annex belong to the organisation that offers the listing."""
        return self.listing.organisation_id

    @property
    def href(self) -> str:
        return f"{self.listing.href}/annex"
