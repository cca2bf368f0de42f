"""Questions: what was asked about a listing, and the answer everybody can read."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Kind as AccountKind
from portal.accounts.models import User
from portal.kernel.db import Base, UtcTime
from portal.kernel.states import enum_column
from portal.listings.models import Listing
from portal.organisations.models import Organisation
from portal.organisations.states import OrganisationKind


class Question(Base):
    """One question. It is shown as asked by a professor of a university, never by a name."""

    __tablename__ = "question"
    __table_args__ = (
        Index("ix_question_listing", "listing_id", "answered_at"),
        Index("ix_question_author", "author_id", "asked_at"),
        CheckConstraint("(answered_at IS NULL) = (answer = '')", "answered_iff_dated"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey(Listing.id, ondelete="CASCADE"))
    host_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id))  # the listing's organisation
    author_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    asked_as: Mapped[AccountKind] = mapped_column(enum_column(AccountKind))  # at the time
    asked_from: Mapped[OrganisationKind | None] = mapped_column(enum_column(OrganisationKind))
    text: Mapped[str] = mapped_column(String(1000))
    asked_at: Mapped[UtcTime]
    answer: Mapped[str] = mapped_column(default="")  # Markdown
    answered_at: Mapped[UtcTime | None]

    listing: Mapped[Listing] = relationship(lazy="raise_on_sql")

    @property
    def organisation_id(self) -> int:
        """Facts about a question belong to the organisation that answers it."""
        return self.host_id

    @property
    def href(self) -> str:
        return f"{self.listing.href}/questions#question-{self.id}"
