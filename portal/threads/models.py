"""Messages, what they said before, where each reader stands, and what a side notes for itself."""

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.kernel.db import Base, UtcTime
from portal.kernel.scopes import Scope


class Message(Base):
    """One message about one subject. `side_id` and `officers` say who of its readers it is for, as a `Scope`; its `number`
    counts what was said in the same scope, so that what one side says among itself moves no number of the other.
    """

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_subject", "subject_type", "subject_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_type: Mapped[str] = mapped_column(String(32))
    subject_id: Mapped[int]
    side_id: Mapped[int | None]
    officers: Mapped[bool] = mapped_column(default=False)
    number: Mapped[int]
    author_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    body: Mapped[str]  # Markdown; empty once it was taken back
    at: Mapped[UtcTime]
    edited_at: Mapped[UtcTime | None]
    taken_back_at: Mapped[UtcTime | None]
    mentioned: Mapped[list[int]] = mapped_column(JSON, default=list)  # accounts
    author: Mapped[User] = relationship(lazy="raise_on_sql")

    @property
    def author_name(self) -> str:
        return self.author.name

    @property
    def scope(self) -> Scope:
        return Scope(self.side_id, self.officers)


class EarlierText(Base):
    """What a message said until it was changed or taken back. Kept for whoever has to find out; its readers see it nowhere."""

    __tablename__ = "message_earlier"

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey(Message.id), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey(User.id), index=True)
    body: Mapped[str]
    until: Mapped[UtcTime]


class Lock(Base):
    """The conversation on this subject takes no more messages that both sides read."""

    __tablename__ = "thread_lock"

    subject_type: Mapped[str] = mapped_column(String(32), primary_key=True)
    subject_id: Mapped[int] = mapped_column(primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey(User.id), index=True)
    at: Mapped[UtcTime]


class Place(Base):
    """Where one person stands in one conversation: how far they have read, whether they follow it, or want to hear nothing."""

    __tablename__ = "thread_place"

    account_id: Mapped[int] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"), primary_key=True)
    subject_type: Mapped[str] = mapped_column(String(32), primary_key=True)
    subject_id: Mapped[int] = mapped_column(primary_key=True)
    read_to: Mapped[int] = mapped_column(default=0)  # the newest message they have seen
    follows: Mapped[bool] = mapped_column(default=False)
    muted: Mapped[bool] = mapped_column(default=False)


class Note(Base):
    """What the people of one side write down about a subject for themselves. Nobody is told of it."""

    __tablename__ = "side_note"
    __table_args__ = (Index("ix_side_note_subject", "subject_type", "subject_id", "side_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_type: Mapped[str] = mapped_column(String(32))
    subject_id: Mapped[int]
    side_id: Mapped[int]
    author_id: Mapped[int] = mapped_column(ForeignKey(User.id), index=True)
    body: Mapped[str]  # Markdown
    at: Mapped[UtcTime]
    author: Mapped[User] = relationship(lazy="raise_on_sql")
