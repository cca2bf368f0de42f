"""One listing, and what its page and its rules need."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session, defer, joinedload, undefer_group

from portal.accounts.models import User
from portal.kernel.db import plain_rows
from portal.kernel.ids import row_id
from portal.listings.models import MODERATION, Field, Listing, ListingClarification, ListingField, ListingReader, Responsible
from portal.organisations.models import Organisation
from portal.organisations.queries import NAMED

_VOCABULARY = "fields of research by code"
FORD = "oecd-ford"  # the scheme people choose from. Source: OECD, Fields of Research and Development
MOST_CLARIFICATIONS = 100  # shown of one listing

# What a listing's page and its rules need, in one statement.
FULL = (
    joinedload(Listing.organisation).load_only(*NAMED, Organisation.sector),
    joinedload(Listing.owner).load_only(User.name),
    joinedload(Listing.responsible).joinedload(Responsible.account).load_only(User.name),
    joinedload(Listing.field_links).joinedload(ListingField.field),
    joinedload(Listing.project),
    joinedload(Listing.challenge),
    joinedload(Listing.internship),
    joinedload(Listing.training),
    joinedload(Listing.compute),
    undefer_group(MODERATION),
)
# What other features' pages and rules need of a listing.
OUTLINE = (
    *(Listing.kind, Listing.organisation_id, Listing.owner_id, Listing.title, Listing.language, Listing.visibility),
    *(Listing.intake, Listing.currency, Listing.closes_at, Listing.time_zone, Listing.published_at, Listing._state),
    *(Listing.readers, Listing.co_owners),
)
BRIEF = (joinedload(Listing.organisation).load_only(*NAMED), defer(Listing.description, raiseload=True))

_CODED = (
    select(Field)
    .where(Field.scheme == bindparam("scheme"), Field.code.in_(bindparam("codes", expanding=True)))
    .order_by(Field.label)
)
_NAMES = (
    select(Organisation.id, Organisation.name)
    .where(Organisation.id.in_(bindparam("ids", expanding=True)))
    .order_by(Organisation.name)
)


def listing_in_full(session: Session, listing_id: int) -> Listing:
    """The listing with all that `FULL` names, read anew."""
    query = select(Listing).where(Listing.id == listing_id).options(*FULL).execution_options(populate_existing=True)
    return session.scalars(query).unique().one()


def organisation_is_verified(session: Session, organisation_id: int) -> bool:
    """Whether the organisation may have published listings; asks the database only where it was not loaded already."""
    return session.get_one(Organisation, organisation_id).is_verified


def organisations_named(session: Session, ids: Iterable[int]) -> Sequence[tuple[int, str]]:
    """Id and name of these organisations, by name."""
    return [(number, name) for number, name in plain_rows(session, _NAMES, {"ids": list(ids)})]


def vocabulary(session: Session, scheme: str = FORD) -> Sequence[Field]:
    """The terms of one scheme in the order of their codes."""
    offered = Field.scheme == scheme, Field.retired_at.is_(None), Field.merged_into_id.is_(None)
    return sorted(session.scalars(select(Field).where(*offered)), key=lambda term: _code_order(term.code))


def fields_numbered(session: Session, ids: Collection[int]) -> Sequence[Field]:
    """The terms with these ids by name, in place of one that was merged the one that stands for it now."""
    if not ids:
        return []
    stand_for = select(func.coalesce(Field.merged_into_id, Field.id)).where(Field.id.in_(ids))
    return session.scalars(select(Field).where(Field.id.in_(stand_for)).order_by(Field.label, Field.id)).all()


def keep_vocabulary(session: Session, kept: dict[str, Field]) -> None:
    """For many listings in a row: let `fields_coded` look in `kept`, which is filled here if it is empty."""
    if not kept:
        terms = {term.id: term for term in session.scalars(select(Field).where(Field.scheme == FORD))}
        kept.update({term.code: terms.get(term.merged_into_id or term.id, term) for term in terms.values()})
    session.info[_VOCABULARY] = kept


def fields_coded(session: Session, codes: Iterable[str], scheme: str = FORD) -> Sequence[Field]:
    """Those of `codes` that the scheme has; in place of a term that was merged, the one that stands for it now."""
    if scheme == FORD and (kept := session.info.get(_VOCABULARY)):
        return sorted({kept[code] for code in codes if code in kept}, key=lambda term: term.label)
    found = session.scalars(_CODED, {"scheme": scheme, "codes": list(codes)}).all()
    if all(term.merged_into_id is None for term in found):
        return found
    now = {session.get_one(Field, term.merged_into_id or term.id) for term in found}
    return sorted(now, key=lambda term: term.label)


def readers_of(session: Session, listing_id: int) -> tuple[list[str], list[str]]:
    """Names of the organisations and addresses of the people that a listing names, in the order of the alphabet."""
    query = select(Organisation.name, ListingReader.email).outerjoin(
        Organisation, Organisation.id == ListingReader.organisation_id
    )
    rows = session.execute(query.where(ListingReader.listing_id == listing_id)).all()
    return sorted(row.name for row in rows if row.name), sorted(row.email for row in rows if row.email)


def people_named(session: Session, listing_id: int) -> Sequence[int]:
    """Account ids of the people that a listing names, as far as they have confirmed the address."""
    bound = ListingReader.account_id.is_not(None)
    return [
        number
        for number in session.scalars(select(ListingReader.account_id).where(ListingReader.listing_id == listing_id, bound))
        if number
    ]


def clarifications_of(session: Session, listing_id: int) -> Sequence[ListingClarification]:
    """What changed in a listing since it opened, the newest first."""
    query = select(ListingClarification).where(ListingClarification.listing_id == listing_id)
    return session.scalars(query.order_by(ListingClarification.number.desc()).limit(MOST_CLARIFICATIONS)).all()


def names_readers(session: Session, listing_id: int) -> bool:
    """Whether a listing names anybody."""
    return session.scalar(select(ListingReader.id).where(ListingReader.listing_id == listing_id).limit(1)) is not None


def listing_from_form(session: Session, owner_id: int, form_key: str) -> Listing | None:
    """What this person saved before from the very same form."""
    return session.scalars(select(Listing).where(Listing.owner_id == owner_id, Listing.form_key == form_key)).one_or_none()


def _code_order(code: str) -> tuple[int, ...]:
    return tuple(row_id(part) or 0 for part in code.split("."))
