"""Listings beside one another: similar ones, the newest, one's own."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Integer, Row, bindparam, func, or_, select, union_all
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.sql import and_

from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.db import AnySelect, UtcDateTime, plain_rows, unindexed
from portal.kernel.ids import reference
from portal.kernel.paging import PAGE, Slice, cut, decode, newest_first
from portal.kernel.policy import Actor
from portal.listings.models import Listing, ListingField
from portal.listings.policies import AUDIENCE, LISTED, OWNER
from portal.listings.queries.reading import BRIEF
from portal.listings.states import Kind, ListingState, Visibility
from portal.organisations.models import Organisation

STATEMENTS = 512  # how many readers' statements are kept
CANDIDATES = 60  # how many of the newest listings of a kind are compared to find similar ones


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


def similar(session: Session, actor: Actor, listing: Listing, *, limit: int = 3) -> list[ListingLine]:
    """Open listings of the same kind that `actor` may read, those that share most fields first, then the newest: what to show
    beside one that the index does not know.

    Only the newest `CANDIDATES` of the kind are compared, so that the cost stays the same however many there are.
    """
    fields = [term.id for term in listing.fields]
    asked = {"kind": listing.kind, "id": listing.id, "fields": fields, "most": limit, "now": clock.now()}
    return _as_lines(plain_rows(session, _similar(actor), asked))


def lines_of(session: Session, actor: Actor, ids: Sequence[int]) -> list[ListingLine]:
    """The open ones of these that `actor` may read, in that order."""
    rows = {row.id: row for row in plain_rows(session, _THOSE, {"ids": list(ids)})}
    known = (rows[number] for number in ids if number in rows)
    return _as_lines(row for row in known if _is_open(row) and AUDIENCE.holds(actor, row))


def newest_by_kind(session: Session, *, each: int = 3) -> dict[Kind, list[ListingLine]]:
    """The newest open listings that everybody may read, by kind; one statement for all kinds."""
    found: dict[Kind, list[ListingLine]] = {kind: [] for kind in Kind}
    for line in _as_lines(plain_rows(session, _NEWEST, {"each": each, "now": clock.now()})):
        found[line.kind].append(line)
    return found


def open_listings_of(
    session: Session, actor: Actor, organisation_id: int, *, limit: int = 6, kind: Kind | None = None
) -> list[ListingLine]:
    """The newest open listings of one organisation, or those of one kind, that `actor` may read."""
    asked = {"organisation": organisation_id, "most": limit, "now": clock.now()}
    return _as_lines(plain_rows(session, _open_of(actor, kind), asked))


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


def _lines() -> AnySelect:
    return select(
        Listing.id, Listing.kind, Listing.title, Listing.language, Listing.closes_at, Organisation.name.label("organisation")
    ).join(Listing.organisation)


# Published, and its deadline is still to come.
_OPEN = and_(
    Listing._state == ListingState.PUBLISHED,
    or_(Listing.closes_at.is_(None), Listing.closes_at > bindparam("now", type_=UtcDateTime())),
)
# By their numbers alone: asked for the state as well, SQLite reads every open listing. The rules are asked of each row.
_THOSE = (
    _lines()
    .add_columns(Listing._state.label("state"), Listing.visibility, Listing.organisation_id, Listing.readers.label("readers"))
    .where(Listing.id.in_(bindparam("ids", expanding=True)))
)
_MOST: Any = bindparam("most", type_=Integer)


@lru_cache(maxsize=STATEMENTS)
def _similar(actor: Actor) -> AnySelect:
    """The statement for one reader: making it costs more than asking it."""
    newest = (
        select(Listing.id.label("id"), Listing.published_at.label("at"))
        .where(Listing.kind == bindparam("kind"), Listing.id != bindparam("id"), _OPEN, AUDIENCE.where(actor))
        .order_by(Listing.published_at.desc())
        .limit(CANDIDATES)
        .subquery()
    )
    wanted = ListingField.field_id.in_(bindparam("fields", expanding=True))
    shared = select(func.count()).where(ListingField.listing_id == newest.c.id, wanted).scalar_subquery()
    best = select(newest.c.id, shared.label("shared"), newest.c.at).order_by(shared.desc(), newest.c.at.desc())
    chosen = best.limit(_MOST).subquery()
    return _lines().join(chosen, chosen.c.id == Listing.id).order_by(chosen.c.shared.desc(), chosen.c.at.desc())


@lru_cache(maxsize=STATEMENTS)
def _open_of(actor: Actor, kind: Kind | None) -> AnySelect:
    query = _lines().where(Listing.organisation_id == bindparam("organisation"), _OPEN, AUDIENCE.where(actor))
    query = query if kind is None else query.where(Listing.kind == kind)
    return query.order_by(Listing.published_at.desc()).limit(_MOST)


def _newest() -> AnySelect:
    each: Any = bindparam("each", type_=Integer)
    parts = [
        select(Listing.id)
        .where(Listing.kind == kind, _OPEN, unindexed(Listing.visibility) == Visibility.PUBLIC)
        .order_by(Listing.published_at.desc())
        .limit(each)
        .subquery()
        for kind in Kind
    ]
    chosen = union_all(*(select(part.c.id) for part in parts)).subquery()
    return _lines().join(chosen, chosen.c.id == Listing.id).order_by(Listing.published_at.desc())


_NEWEST = _newest()


def _is_open(row: Row[Any]) -> bool:
    return row.state is ListingState.PUBLISHED and (row.closes_at is None or row.closes_at > clock.now())


def _as_lines(rows: Iterable[Row[Any]]) -> list[ListingLine]:
    return [ListingLine(row.id, row.kind, row.title, row.language, row.closes_at, row.organisation) for row in rows]
