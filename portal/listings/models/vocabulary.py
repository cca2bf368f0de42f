"""The vocabularies of fields and skills, and the fields a listing belongs to."""

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.kernel.db import Base, UtcTime


class Tended:
    """What administrators say of a term beside its source. Translations are found by the search, by language tag."""

    translations: Mapped[dict[str, str]] = mapped_column(JSON, default=dict, deferred=True)
    edited_at: Mapped[UtcTime | None] = mapped_column(deferred=True)  # by a person: an import keeps that label
    retired_at: Mapped[UtcTime | None]  # nobody chooses it any more


class Field(Tended, Base):
    """A term of a field vocabulary (OECD fields of research and others)."""

    __tablename__ = "field"
    __table_args__ = (UniqueConstraint("scheme", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    scheme: Mapped[str] = mapped_column(String(40))
    code: Mapped[str] = mapped_column(String(120))
    label: Mapped[str] = mapped_column(String(200))
    parent: Mapped[str] = mapped_column(String(120), default="")
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("field.id"), index=True)  # what stands for it now


class ListingField(Base):
    """That a listing belongs to a field. A class, not a bare table: SQLite reads all of a table that it joins in brackets."""

    __tablename__ = "listing_field"

    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id", ondelete="CASCADE"), primary_key=True)
    field_id: Mapped[int] = mapped_column(ForeignKey(Field.id), primary_key=True, index=True)
    field: Mapped[Field] = relationship(lazy="raise_on_sql")


class Skill(Tended, Base):
    """A term of a skill vocabulary (ESCO, O*NET)."""

    __tablename__ = "skill"
    __table_args__ = (UniqueConstraint("scheme", "code"), Index("ix_skill_label", "label"))

    id: Mapped[int] = mapped_column(primary_key=True)
    scheme: Mapped[str] = mapped_column(String(40))
    code: Mapped[str] = mapped_column(String(200))
    label: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(default="")
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("skill.id"), index=True)
