"""Reads over listings."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, String, bindparam, cast, func, or_, select, union_all
from sqlalchemy.orm import Session, defer, joinedload
from sqlalchemy.sql import and_

from portal.accounts.models import User
from portal.accounts.ties import Tie
from portal.kernel import clock
from portal.kernel.db import AnySelect
from portal.kernel.ids import reference
from portal.kernel.paging import PAGE, Slice, cut, decode, newest_first
from portal.kernel.policy import Actor
from portal.kernel.text import N_
from portal.kernel.work import Source
from portal.listings.models import LIFETIME, REMINDED_BEFORE, Field, Listing, ListingClarification, ListingField, ListingReader
from portal.listings.policies import AUDIENCE, LISTED, OWNER, WITHOUT_DEADLINE
from portal.listings.states import Kind, ListingState, Visibility
from portal.organisations.models import Organisation
from portal.organisations.queries import NAMED

FORD = "oecd-ford"  # the scheme people choose from. Source: OECD, Fields of Research and Development
MOST_CLARIFICATIONS = 100  # shown of one listing
CANDIDATES = 60  # how many of the newest listings of a kind are compared to find similar ones

# What a listing's page and its rules need, in one statement.
FULL = (
    joinedload(Listing.organisation).load_only(*NAMED, Organisation.sector),
    joinedload(Listing.owner).load_only(User.name),
    joinedload(Listing.field_links).joinedload(ListingField.field),
    joinedload(Listing.project),
    joinedload(Listing.challenge),
    joinedload(Listing.internship),
    joinedload(Listing.training),
    joinedload(Listing.compute),
)
# What other features' pages and rules need of a listing.
OUTLINE = (
    *(Listing.kind, Listing.organisation_id, Listing.owner_id, Listing.title, Listing.language, Listing.visibility),
    *(Listing.intake, Listing.currency, Listing.closes_at, Listing.time_zone, Listing.published_at, Listing._state),
    Listing.readers,
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


@dataclass(frozen=True)
class ListingLine:
    """One listing in somebody else's page: a title to follow, from whom, until when."""

    id: int
    kind: Kind
    title: str
    language: str
    closes_at: dt.datetime | None
    organisation: str

    @property
    def href(self) -> str:
        return f"/{self.kind.facts.path}/{reference(self.kind.facts.prefix, self.id)}"


def listing_in_full(session: Session, listing_id: int) -> Listing:
    """The listing with all that `FULL` names, read anew."""
    query = select(Listing).where(Listing.id == listing_id).options(*FULL).execution_options(populate_existing=True)
    return session.scalars(query).unique().one()


def organisation_is_verified(session: Session, organisation_id: int) -> bool:
    """Whether the organisation may have published listings; asks the database only where it was not loaded already."""
    return session.get_one(Organisation, organisation_id).is_verified


def organisations_named(session: Session, ids: Iterable[int]) -> Sequence[tuple[int, str]]:
    """Id and name of these organisations, by name."""
    return [(number, name) for number, name in session.execute(_NAMES, {"ids": list(ids)})]


def vocabulary(session: Session, scheme: str = FORD) -> Sequence[Field]:
    """The terms of one scheme in the order of their codes."""
    return sorted(session.scalars(select(Field).where(Field.scheme == scheme)), key=lambda term: _code_order(term.code))


def fields_coded(session: Session, codes: Iterable[str], scheme: str = FORD) -> Sequence[Field]:
    """Those of `codes` that the scheme has."""
    return session.scalars(_CODED, {"scheme": scheme, "codes": list(codes)}).all()


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


def similar(session: Session, actor: Actor, listing: Listing, *, limit: int = 3) -> list[ListingLine]:
    """Open listings of the same kind that `actor` may read, those that share most fields first, then the newest.

    Only the newest `CANDIDATES` of the kind are compared, so that the cost stays the same however many there are.
    """
    newest = (
        select(Listing.id.label("id"), Listing.published_at.label("at"))
        .where(Listing.kind == listing.kind, Listing.id != listing.id, is_open_now(), AUDIENCE.where(actor))
        .order_by(Listing.published_at.desc())
        .limit(CANDIDATES)
        .subquery()
    )
    shared = (
        select(func.count())
        .where(ListingField.listing_id == newest.c.id, ListingField.field_id.in_([term.id for term in listing.fields]))
        .scalar_subquery()
    )
    best = select(newest.c.id, shared.label("shared"), newest.c.at).order_by(shared.desc(), newest.c.at.desc()).limit(limit)
    chosen = best.subquery()
    query = _lines().join(chosen, chosen.c.id == Listing.id).order_by(chosen.c.shared.desc(), chosen.c.at.desc())
    return _as_lines(session.execute(query))


def newest_by_kind(session: Session, *, each: int = 3) -> dict[Kind, list[ListingLine]]:
    """The newest open listings that everybody may read, by kind; one statement for all kinds."""
    parts = [
        select(Listing.id)
        .where(Listing.kind == kind, is_open_now(), Listing.visibility == Visibility.PUBLIC)
        .order_by(Listing.published_at.desc())
        .limit(each)
        .subquery()
        for kind in Kind
    ]
    chosen = union_all(*(select(part.c.id) for part in parts)).subquery()
    query = _lines().join(chosen, chosen.c.id == Listing.id).order_by(Listing.published_at.desc())
    found: dict[Kind, list[ListingLine]] = {kind: [] for kind in Kind}
    for line in _as_lines(session.execute(query)):
        found[line.kind].append(line)
    return found


def open_listings_of(session: Session, actor: Actor, organisation_id: int, *, limit: int = 6) -> list[ListingLine]:
    """The newest open listings of one organisation that `actor` may read."""
    query = _lines().where(Listing.organisation_id == organisation_id, is_open_now(), AUDIENCE.where(actor))
    return _as_lines(session.execute(query.order_by(Listing.published_at.desc()).limit(limit)))


def my_listings(session: Session, actor: Actor, cursor: str | None, *, all_of_mine: bool = False) -> Slice[Listing]:
    """Listings in every state, the newest first: this person's own, or also those of the organisations they look after."""
    query = select(Listing).options(*BRIEF, joinedload(Listing.owner).load_only(User.name))
    query = query.where((LISTED if all_of_mine else OWNER).where(actor))
    return cut(session.scalars(newest_first(query, Listing.id, cursor)).all(), "id")


def listings_to_moderate(session: Session, cursor: str | None = None) -> Slice[Listing]:
    """What waits for an administrator, the longest waiting first."""
    query = select(Listing).options(*BRIEF, joinedload(Listing.owner).load_only(User.name))
    query = query.where(Listing._state == ListingState.IN_REVIEW)
    if (values := decode(cursor, 1)) is not None and isinstance(values[0], int):
        query = query.where(Listing.id > values[0])
    return cut(session.scalars(query.order_by(Listing.id).limit(PAGE + 1)).all(), "id")


def moderators(session: Session) -> Sequence[int]:
    """Account ids of the portal's administrators."""
    return session.scalars(select(User.id).where(User.is_admin, User.active)).all()


def is_open_now() -> ColumnElement[bool]:
    """Published, and its deadline is still to come."""
    return and_(Listing._state == ListingState.PUBLISHED, or_(Listing.closes_at.is_(None), Listing.closes_at > clock.now()))


def listings_to_change(actor: Actor) -> AnySelect | None:
    """What moderation sent back to this person."""
    if not actor.is_person:
        return None
    return _work().where(Listing.owner_id == actor.id, Listing._state == ListingState.EDITS_REQUESTED)


def listings_to_renew(actor: Actor) -> AnySelect | None:
    """What closes soon because this person has not renewed it."""
    if not actor.is_person:
        return None
    soon = Listing.renewed_at <= clock.now() - LIFETIME + REMINDED_BEFORE
    mine = and_(Listing.owner_id == actor.id, Listing._state == ListingState.PUBLISHED)
    return _work().where(mine, soon, WITHOUT_DEADLINE.where(actor))


def listings_to_review(actor: Actor) -> AnySelect | None:
    """What was sent for review, for an administrator who did not write it."""
    if not actor.is_person or not actor.is_admin:
        return None
    return _work().where(Listing.owner_id != actor.id, Listing._state == ListingState.IN_REVIEW)


def _work() -> AnySelect:
    return select(
        Listing.id.label("id"),
        Listing.title.label("title"),
        cast(Listing.kind, String).label("detail"),
        Listing.updated_at.label("since"),
        Listing.closes_at.label("due_at"),
    )


def answered_for_by(account_id: int) -> AnySelect:
    """The listings that are open, or on the way to it, and for which this person answers."""
    waiting = (ListingState.IN_REVIEW, ListingState.SCHEDULED, ListingState.PUBLISHED)
    query = select(Listing.id, Listing.title.label("title"), cast(Listing.kind, String).label("detail"))
    return query.where(Listing.owner_id == account_id, Listing._state.in_(waiting))


def _lines() -> AnySelect:
    return select(
        Listing.id, Listing.kind, Listing.title, Listing.language, Listing.closes_at, Organisation.name.label("organisation")
    ).join(Listing.organisation)


def _as_lines(rows: Iterable[Row[Any]]) -> list[ListingLine]:
    return [ListingLine(row.id, row.kind, row.title, row.language, row.closes_at, row.organisation) for row in rows]


def _code_order(code: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else 0 for part in code.split("."))


def _page(number: int, kind: str) -> str:
    facts = Kind(kind).facts  # type: ignore[call-arg]  # looked up by value, as enums are
    return f"/{facts.path}/{reference(facts.prefix, number)}"


ANSWERED_FOR = Tie("listing", N_("You answer for it: close or withdraw it first."), _page, answered_for_by)

SOURCES = (
    Source("listing.change", N_("Change as asked"), N_("Open the listing"), _page, listings_to_change),
    Source("listing.renew", N_("Renew"), N_("Open the listing"), _page, listings_to_renew),
    Source("listing.review", N_("Check before publication"), N_("Open the listing"), _page, listings_to_review),
)
