"""Files."""

from urllib.parse import quote

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.kernel.db import Base, UtcTime


class File(Base):
    """One upload. Whoever may read the subject may fetch it; the bytes lie in `instance/files` under `stored_as`."""

    __tablename__ = "file"
    __table_args__ = (Index("ix_file_subject", "subject_type", "subject_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_type: Mapped[str] = mapped_column(String(32))
    subject_id: Mapped[int]
    side_id: Mapped[int | None]
    name: Mapped[str] = mapped_column(String(200))  # as uploaded, cleaned; only ever data
    stored_as: Mapped[str] = mapped_column(String(64), unique=True)
    sha256: Mapped[str] = mapped_column(String(64))
    size_bytes: Mapped[int]
    content_type: Mapped[str] = mapped_column(String(100))
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    at: Mapped[UtcTime]
    uploaded_by: Mapped[User] = relationship(lazy="raise_on_sql")

    @property
    def href(self) -> str:
        return address_of(self.id, self.name)


def address_of(number: int, name: str) -> str:
    """Where the file is fetched."""
    return f"/files/{number}/{quote(name, safe='')}"
