"""What people keep beside the board."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.accounts.models import User
from portal.kernel.db import Base, UtcTime


class CalendarFeed(Base):
    """The address under which a calendar program reads one person's dates. Of its secret part only the fingerprint is kept."""

    __tablename__ = "calendar_feed"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(User.id), unique=True)
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[UtcTime]
