"""The questionnaire of a listing."""

from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.kernel.db import Base
from portal.listings.models import Listing
from portal.questionnaires.inputs import Questions


class Questionnaire(Base):
    """The own questions of one listing's proposal form."""

    __tablename__ = "questionnaire"

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey(Listing.id, ondelete="CASCADE"), unique=True)
    rows: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # questionnaires.inputs.Questions as JSON
    last_number: Mapped[int] = mapped_column(default=0)  # of the keys given so far: none is given twice
    version: Mapped[int] = mapped_column()
    listing: Mapped[Listing] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}

    @property
    def questions(self) -> Questions:
        return Questions.from_json(self.rows)
