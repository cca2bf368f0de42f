"""Listings as an organisation begins them, again and again."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.accounts.models import User
from portal.kernel.db import Base, UtcTime
from portal.kernel.states import enum_column
from portal.listings.states import Kind
from portal.organisations.models import Organisation


class ListingTemplate(Base):
    """What a listing said when its organisation kept it to begin others with: all but dates and files."""

    __tablename__ = "listing_template"
    __table_args__ = (UniqueConstraint("organisation_id", "kind", "name", name="uq_listing_template_name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id))
    kind: Mapped[Kind] = mapped_column(enum_column(Kind))
    name: Mapped[str] = mapped_column(String(120))
    text: Mapped[dict[str, Any]] = mapped_column(JSON)  # as `inputs.written` takes it
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    made_at: Mapped[UtcTime]
