"""Where the files of a proposal lie while it is written."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.kernel.db import Base, UtcTime


class Folder(Base):
    """What the files of a proposal's draft are on; it has the proposal's number, and begins with the first of them.

    A version that was submitted has the same files once more, on itself: nothing that is done to the draft reaches them.
    """

    __tablename__ = "proposal_folder"

    id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True, autoincrement=False)
    begun_at: Mapped[UtcTime]
    proposal: Mapped["Proposal"] = relationship(viewonly=True, lazy="raise_on_sql")  # type: ignore[name-defined]  # noqa: F821
