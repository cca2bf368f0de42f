"""The papers of a collaboration. The versions of one are the files on it."""

import secrets

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.collaborations.models.collaboration import Collaboration
from portal.collaborations.states import Access, DocumentCategory, DocumentState
from portal.kernel.db import Base, UtcTime
from portal.kernel.states import enum_column
from portal.kernel.workflow import Stateful
from portal.organisations.models import Organisation

_MOST = 2**31 - 1  # what a column of numbers holds


def _number() -> int:
    return 1 + secrets.randbelow(_MOST)


class Document(Stateful, Base):
    """One paper, filed by one side for all who take part or for fewer. Removed, it tells who did that, when and why."""

    __tablename__ = "document"
    __table_args__ = (CheckConstraint("(state = 'open') OR (moved_at IS NOT NULL)", "moved_iff_dated"),)

    # Numbers in turn would tell each side how much the other keeps to itself.
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=_number)
    collaboration_id: Mapped[int] = mapped_column(ForeignKey(Collaboration.id), index=True)
    side_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id))  # that filed it
    category: Mapped[DocumentCategory] = mapped_column(enum_column(DocumentCategory))
    title: Mapped[str] = mapped_column(String(200))
    access: Mapped[Access] = mapped_column(enum_column(Access))
    by_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    at: Mapped[UtcTime]
    note: Mapped[str] = mapped_column(default="")  # why it was unlocked or removed
    moved_by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))  # who locked, unlocked or removed it last
    moved_at: Mapped[UtcTime | None]
    version: Mapped[int] = mapped_column()
    _state: Mapped[DocumentState] = mapped_column("state", enum_column(DocumentState), default=DocumentState.OPEN)
    collaboration: Mapped[Collaboration] = relationship(lazy="raise_on_sql")
    side: Mapped[Organisation] = relationship(viewonly=True, lazy="raise_on_sql")
    by: Mapped[User] = relationship(foreign_keys=[by_id], viewonly=True, lazy="raise_on_sql")
    moved_by: Mapped[User | None] = relationship(foreign_keys=[moved_by_id], viewonly=True, lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}

    @property
    def organisation_id(self) -> int:
        """Facts about a document belong to the side that filed it."""
        return self.side_id

    @property
    def href(self) -> str:
        return f"/documents/{self.id}"
