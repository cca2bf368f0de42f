"""Listings to take along: the same that their pages show to the same person, as plain text by name."""

import dataclasses
import datetime as dt
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.kernel.policy import Actor
from portal.kernel.states import Labelled
from portal.kernel.units import format_amount
from portal.listings.inputs import DETAIL_INPUTS
from portal.listings.models import Listing
from portal.listings.policies import LISTED, OWNER, READ
from portal.listings.queries.reading import FULL
from portal.listings.states import Kind

_AT_ONCE = 200
_OUTLINE = ("reference", "kind", "state", "title")  # all that somebody sees who may list but not read it
_CORE = (
    *("summary", "description", "language", "visibility", "intake", "skills", "place", "remote", "currency"),
    *("opens_at", "announces", "closes_at", "time_zone", "questions_until", "created_at", "published_at"),
    *("source_url", "source_note"),
)
_OWN = {kind: tuple(field.name for field in dataclasses.fields(given)) for kind, given in DETAIL_INPUTS.items()}
COLUMNS = (
    *(*_OUTLINE, "organisation", "owner", "fields", *_CORE, "href"),
    *dict.fromkeys(name for kind in Kind for name in _OWN[kind]),
)


def exported(session: Session, actor: Actor, *, all_of_mine: bool = False) -> Iterator[dict[str, str]]:
    """This person's listings in every state, or also those of the organisations they look after, the oldest first.

    Of a listing that they may not read there is no more than their list of listings shows. What its kind does not have
    is left out.
    """
    rule = (LISTED if all_of_mine else OWNER).where(actor)
    last = 0
    while batch := _after(session, rule, last):
        for listing in batch:
            yield _values(listing) if READ.holds(actor, listing) else _outline(listing)
        last = batch[-1].id
        session.expunge_all()


def _after(session: Session, rule: Any, last: int) -> list[Listing]:
    query = select(Listing).where(rule, Listing.id > last).options(*FULL).order_by(Listing.id).limit(_AT_ONCE)
    return list(session.scalars(query).unique())


def _outline(listing: Listing) -> dict[str, str]:
    names = {"organisation": listing.organisation.name, "owner": listing.owner.name}
    return {name: _text(name, getattr(listing, name), "") for name in _OUTLINE} | names


def _values(listing: Listing) -> dict[str, str]:
    own = {name: getattr(listing.detail, name) for name in _OWN[listing.kind]}
    core = {name: getattr(listing, name) for name in _CORE} | {"fields": sorted(term.label for term in listing.fields)}
    told = {name: _text(name, value, listing.currency) for name, value in (core | own).items()}
    return _outline(listing) | told | {"href": listing.href}


def _text(name: str, value: Any, currency: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Labelled):
        return str(value.value)
    if isinstance(value, list | tuple):
        return "\n".join(str(each) for each in value)
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="minutes")
    return format_amount(value, currency) if name.endswith("_minor") else str(value)
