"""Messages."""

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.kernel.db import Base, UtcTime


class Message(Base):
    """One message about one subject. `side_id` keeps it to one organisation's people; None: all who read the subject."""

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_subject", "subject_type", "subject_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_type: Mapped[str] = mapped_column(String(32))
    subject_id: Mapped[int]
    side_id: Mapped[int | None]
    author_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    body: Mapped[str]  # Markdown
    at: Mapped[UtcTime]
    author: Mapped[User] = relationship(lazy="raise_on_sql")
