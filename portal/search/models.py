"""What people keep of their searches, and what is counted of all of them."""

import datetime as dt

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.accounts.models import User
from portal.kernel.db import Base, UtcTime
from portal.kernel.states import enum_column
from portal.search.states import Often

LONGEST_ADDRESS = 2000


class SavedSearch(Base):
    """One question to the search, and when it was last asked for whoever saved it."""

    __tablename__ = "saved_search"
    __table_args__ = (UniqueConstraint("account_id", "address"), Index("ix_saved_search_due", "often", "looked_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    title: Mapped[str] = mapped_column(String(200))  # the words and filters, as the page called them when it was saved
    address: Mapped[str] = mapped_column(String(LONGEST_ADDRESS))  # the query string, without order and page
    often: Mapped[Often] = mapped_column(enum_column(Often), default=Often.DAILY)
    saved_at: Mapped[UtcTime]
    looked_at: Mapped[UtcTime]  # whatever was published since is new

    @property
    def href(self) -> str:
        """Its results, what is new first."""
        return f"/search?{self.address}&sort=newest" if self.address else "/search?sort=newest"


class SearchTally(Base):
    """Searches with words of one day: all of them, where `term` is empty, or those that name a term of a vocabulary."""

    __tablename__ = "search_tally"

    day: Mapped[dt.date] = mapped_column(primary_key=True)
    term: Mapped[str] = mapped_column(String(200), primary_key=True)
    searches: Mapped[int]
    empty: Mapped[int]  # that found nothing
    slow: Mapped[int]
    longest_ms: Mapped[int]
