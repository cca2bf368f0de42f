"""Where things of ours came from."""

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel.db import Base, UtcTime


class ImportedRecord(Base):
    """One record of a source and the thing it became, found by the source's own id: importing it again adds nothing."""

    __tablename__ = "imported_record"
    __table_args__ = (
        UniqueConstraint("source", "source_id"),
        Index("ix_imported_record_subject", "subject_type", "subject_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str]
    source_id: Mapped[str]
    subject_type: Mapped[str]  # the thing's table name; no foreign key, as for events: things come from many tables
    subject_id: Mapped[int]
    content_hash: Mapped[str]
    imported_at: Mapped[UtcTime]
    url: Mapped[str] = mapped_column(default="")  # the record's own page, to credit the source
    licence: Mapped[str] = mapped_column(default="")
