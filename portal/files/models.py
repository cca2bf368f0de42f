"""Files."""

from urllib.parse import quote

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.files.states import FileState
from portal.kernel.db import Base, UtcTime, those_in
from portal.kernel.scopes import Scope
from portal.kernel.states import enum_column

_WAITING = those_in(FileState.WAITING)


class File(Base):
    """One version of one file. Whoever may read the subject and stands in the scope may fetch it; the bytes lie in
    `instance/files` under `stored_as`. Files of one name in one scope of a thing are versions of each other.
    """

    __tablename__ = "file"
    __table_args__ = (
        Index("ix_file_subject", "subject_type", "subject_id", "id"),
        Index("ix_file_waiting", "next_at", sqlite_where=_WAITING, postgresql_where=_WAITING),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_type: Mapped[str] = mapped_column(String(32))
    subject_id: Mapped[int]
    side_id: Mapped[int | None]
    officers: Mapped[bool] = mapped_column(default=False)
    name: Mapped[str] = mapped_column(String(200))  # as uploaded, cleaned; only ever data
    version: Mapped[int] = mapped_column(default=1)  # of this name
    said_with: Mapped[str] = mapped_column(String(40), default="")  # the message it belongs to, as addresses name it
    stored_as: Mapped[str] = mapped_column(String(64), index=True)  # the same bytes may belong to several
    sha256: Mapped[str] = mapped_column(String(64))
    size_bytes: Mapped[int]
    content_type: Mapped[str] = mapped_column(String(100))
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    at: Mapped[UtcTime]
    state: Mapped[FileState] = mapped_column(enum_column(FileState), default=FileState.WAITING)
    checked_at: Mapped[UtcTime | None]
    next_at: Mapped[UtcTime]  # when the scanner may look at it
    attempts: Mapped[int] = mapped_column(default=0)  # at scanning it
    finding: Mapped[str] = mapped_column(String(200), default="")  # what the scanner said of it, or why it could not look
    uploaded_by: Mapped[User] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return Scope(self.side_id, self.officers)

    @property
    def href(self) -> str:
        return address_of(self)


def address_of(file: File) -> str:
    """Where a version is fetched: by its thing, its scope, its number and its name. An id would tell of other people's files."""
    about = f"{file.subject_type}/{file.subject_id}"
    return f"/files/{about}/{file.scope.key}/{file.version}/{quote(file.name, safe='')}"
