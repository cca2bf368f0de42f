"""What people keep beside the board, and of what they were reminded."""

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
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


_OFFICE, _PERSON = text("account_id IS NULL"), text("account_id IS NOT NULL")


class Reminder(Base):
    """Somebody was told of one date, once for each step before and after it; without an account their office was told, once."""

    __tablename__ = "reminder"
    __table_args__ = (
        Index(
            *("uq_reminder_person", "account_id", "source", "thing_id", "due_at", "step"),
            unique=True,
            sqlite_where=_PERSON,
            postgresql_where=_PERSON,
        ),
        Index(
            *("uq_reminder_office", "source", "thing_id", "due_at"),
            unique=True,
            sqlite_where=_OFFICE,
            postgresql_where=_OFFICE,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    source: Mapped[str] = mapped_column(String(64))
    thing_id: Mapped[int]
    due_at: Mapped[UtcTime]
    step: Mapped[int]  # days before the date, negative after it
    sent_at: Mapped[UtcTime]


class BoardView(Base):
    """Filters of the board under a name of one's own. Of one person at most one opens by itself."""

    __tablename__ = "board_view"
    __table_args__ = (UniqueConstraint("account_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    name: Mapped[str] = mapped_column(String(80))
    address: Mapped[str] = mapped_column(String(400))  # the filters and whether it is a table, as a query string
    is_default: Mapped[bool] = mapped_column(default=False)
    kept_at: Mapped[UtcTime]

    @property
    def href(self) -> str:
        return f"/board?{self.address}"


class DeskLook(Base):
    """When somebody's dates are looked at next."""

    __tablename__ = "desk_look"

    account_id: Mapped[int] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"), primary_key=True)
    next_at: Mapped[UtcTime] = mapped_column(index=True)
