"""Where things of ours came from, and the files that people brought them in with."""

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.imports.states import ImportState
from portal.kernel.db import Base, UtcTime
from portal.kernel.states import enum_column
from portal.kernel.text import Words


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


class ImportRun(Base):
    """One uploaded file of records, from the upload to the report. `organisation_id` is None for records of public sources.

    A worker that works on it holds a `claim` until `claimed_until`, and renews it with every batch: what a killed worker leaves
    is taken over by another after that, from `line` on.
    """

    __tablename__ = "import_run"
    __table_args__ = (Index("ix_import_run_queue", "state", "id"), Index("ix_import_run_organisation", "organisation_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int | None]  # no foreign key: organisations stand on a higher floor
    asked_by_id: Mapped[int] = mapped_column(ForeignKey(User.id), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))  # of the file, as uploaded, cleaned
    stored_as: Mapped[str] = mapped_column(String(64))
    size_bytes: Mapped[int]
    columns: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)  # header → field, where somebody chose
    state: Mapped[ImportState] = mapped_column(enum_column(ImportState), default=ImportState.UPLOADED)
    line: Mapped[int] = mapped_column(default=0)  # the last one that is settled
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    why: Mapped[str] = mapped_column(String(300), default="")  # it failed; marked for translation
    stop_asked: Mapped[bool] = mapped_column(default=False)
    asked_at: Mapped[UtcTime]
    changed_at: Mapped[UtcTime]
    claim: Mapped[str] = mapped_column(String(64), default="")
    claimed_until: Mapped[UtcTime | None]
    attempts: Mapped[int] = mapped_column(default=0)  # since the last batch that was settled
    asked_by: Mapped[User] = relationship(lazy="raise_on_sql")

    @property
    def href(self) -> str:
        return f"/imports/{self.id}"

    @property
    def is_dry(self) -> bool:
        """Whether its counts say what would happen, and not what did."""
        return self.state in (ImportState.CHECKING, ImportState.CHECKED)


class ImportRefusal(Base):
    """One reason for which a record was left out."""

    __tablename__ = "import_refusal"
    __table_args__ = (Index("ix_import_refusal_run", "run_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey(ImportRun.id, ondelete="CASCADE"))
    line: Mapped[int]
    source_id: Mapped[str] = mapped_column(String(300), default="")
    field: Mapped[str] = mapped_column(String(120), default="")
    sentence: Mapped[str]  # marked for translation
    params: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)

    @property
    def why(self) -> Words:
        return Words(self.sentence, self.params)


class ImportMapping(Base):
    """Which column of a table is which field, kept under a name for the next file of its kind."""

    __tablename__ = "import_mapping"
    __table_args__ = (Index("ix_import_mapping_owner", "organisation_id", "kind", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int | None]
    kind: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(120))
    columns: Mapped[dict[str, str]] = mapped_column(JSON)
    made_by_id: Mapped[int] = mapped_column(ForeignKey(User.id), index=True)
    changed_at: Mapped[UtcTime]
