"""Reads about those who answer for listings."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, DateTime, String, cast, func, null, select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import User
from portal.kernel.db import AnySelect
from portal.kernel.policy import Actor, Role
from portal.kernel.text import N_
from portal.kernel.work import Source
from portal.listings.models import Listing, ListingCoOwner, Responsible
from portal.organisations.models import Membership
from portal.organisations.queries import NAMED, holds
from portal.organisations.states import MembershipState


def co_owners_of(session: Session, listing: Listing) -> Sequence[User]:
    """The co-owners who belong to its organisation now, as named."""
    query = (
        select(User)
        .join(ListingCoOwner, ListingCoOwner.account_id == User.id)
        .join(Membership, Membership.account_id == User.id)
        .where(ListingCoOwner.listing_id == listing.id, *_belongs(listing.organisation_id))
    )
    return session.scalars(query.order_by(ListingCoOwner.id)).all()


def colleague_with(session: Session, organisation_id: int, email: str, *roles: Role) -> int | None:
    """The account with this confirmed address that belongs to the organisation, with one of `roles` where some are given."""
    query = (
        select(User.id)
        .join(Membership, Membership.account_id == User.id)
        .where(func.lower(User.email) == email, User.confirmed_at.is_not(None), User.active, *_belongs(organisation_id))
    )
    return session.scalars(query.where(holds(*roles)) if roles else query).first()


def named_responsible(session: Session, account_id: int) -> Sequence[tuple[Responsible, Listing]]:
    """The listings that name this account as responsible, those that wait for an answer first."""
    query = (
        select(Responsible, Listing)
        .join(Listing, Listing.id == Responsible.listing_id)
        .options(joinedload(Listing.organisation).load_only(*NAMED), joinedload(Listing.owner).load_only(User.name))
        .where(Responsible.account_id == account_id)
        .order_by(Responsible.agreed_at.is_not(None), Responsible.listing_id.desc())
        .limit(100)
    )
    return [(responsible, listing) for responsible, listing in session.execute(query)]


def responsibilities_to_agree(actor: Actor) -> AnySelect | None:
    """What waits for this person to agree that their name stands on it."""
    if not actor.is_person:
        return None
    return (
        select(
            Listing.id.label("id"),
            Listing.title.label("title"),
            cast(null(), String).label("detail"),
            Responsible.asked_at.label("since"),
            cast(null(), DateTime).label("due_at"),
        )
        .join(Responsible, Responsible.listing_id == Listing.id)
        .where(Responsible.account_id == actor.id, Responsible.agreed_at.is_(None))
    )


def _belongs(organisation_id: int) -> tuple[ColumnElement[bool], ...]:
    return (Membership.organisation_id == organisation_id, Membership._state == MembershipState.ACTIVE)


AGREE = Source(
    "listing.responsible",
    N_("Agree to be named as responsible for"),
    N_("Answer"),
    lambda _number, _detail: "/listings/responsible",
    responsibilities_to_agree,
)
