"""Those whom a listing for named readers is open to."""

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, case, cast, literal
from sqlalchemy.orm import Mapped, mapped_column

from portal.accounts.models import User
from portal.kernel.db import Base
from portal.organisations.models import Organisation


class ListingReader(Base):
    """An organisation or a person that a listing for named readers is open to.

    A person is named by an e-mail address and bound to the account that confirmed it: nobody else's account will do.
    """

    __tablename__ = "listing_reader"
    __table_args__ = (
        UniqueConstraint("listing_id", "organisation_id", name="uq_listing_reader_organisation"),
        UniqueConstraint("listing_id", "email", name="uq_listing_reader_email"),
        CheckConstraint("(organisation_id IS NULL) <> (email IS NULL)", "one_of_both"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id", ondelete="CASCADE"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey(Organisation.id), index=True)
    email: Mapped[str | None] = mapped_column(String(254), index=True)  # in lower case
    account_id: Mapped[int | None] = mapped_column(ForeignKey(User.id), index=True)  # None until somebody confirmed the address


READER_TOKEN = case(
    (ListingReader.organisation_id.is_not(None), literal("org:") + cast(ListingReader.organisation_id, String)),
    (ListingReader.account_id.is_not(None), literal("person:") + cast(ListingReader.account_id, String)),
)
