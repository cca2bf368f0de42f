"""Text that is typed and not saved."""

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.accounts.models import User
from portal.kernel.db import Base, UtcTime
from portal.writing.inputs import LONGEST_PATH


class Unsaved(Base):
    """The fields of one form as one person left it, whether or not they could be saved as they are."""

    __tablename__ = "unsaved"
    __table_args__ = (UniqueConstraint("account_id", "path"), Index("ix_unsaved_kept_at", "kept_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"))
    path: Mapped[str] = mapped_column(String(LONGEST_PATH))  # of the form's page
    fields: Mapped[list[tuple[str, str]]] = mapped_column(JSON)  # name and text, in the order of the page
    kept_at: Mapped[UtcTime]

    def said(self, name: str) -> str:
        """What stands in the field `name`."""
        return next((text for known, text in self.fields if known == name), "")
