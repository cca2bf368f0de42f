"""Sharing a listing with colleagues, handing it over, and naming who is responsible for it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.kernel import clock
from portal.kernel.errors import Forbidden, Invalid, Missing, Refused
from portal.kernel.events import Fact, record
from portal.kernel.policy import SYSTEM_ACTOR, Actor, Role, require
from portal.kernel.text import N_
from portal.listings.events import (
    ListingCoOwnerNamed,
    ListingCoOwnerRemoved,
    ListingHandedOver,
    ListingResponsibleAgreed,
    ListingResponsibleDeclined,
    ListingResponsibleNamed,
)
from portal.listings.inputs import Colleague, Heir, NamedResponsible
from portal.listings.models import Listing, ListingCoOwner, Responsible
from portal.listings.policies import FIRST_OWNER, OWNER, POSTERS
from portal.listings.queries import colleague_with
from portal.listings.states import ListingState
from portal.organisations.models import Membership
from portal.organisations.queries import holders_of

MOST_CO_OWNERS = 10
_HEIRS = ((Role.OFFICER,), (Role.ADMINISTRATOR,))


def name_co_owner(session: Session, listing: Listing, given: Colleague, *, actor: Actor) -> None:
    """Let a colleague who may post for the organisation do with the listing what its owner may.

    Raises:
        Forbidden: `actor` is not the owner.
        Invalid: no poster of the organisation has this address, or they answer for it already.
        Refused: there are enough, or the colleague has answered the listing.
    """
    require(FIRST_OWNER, actor, listing)
    found = colleague_with(session, listing.organisation_id, given.email, *POSTERS)
    if found is None:
        raise Invalid("email", N_("Nobody who may post for your organisation has this address."))
    if found in listing.owner_ids:
        raise Invalid("email", N_("They answer for this listing already."))
    if len(listing.co_owner_ids) >= MOST_CO_OWNERS:
        raise Refused(N_("Keep to %(most)s co-owners: end somebody's part first."), most=MOST_CO_OWNERS)
    _add(session, listing, found)
    record(session, ListingCoOwnerNamed(account_id=found), actor=actor, subject=listing)


def remove_co_owner(session: Session, listing: Listing, account_id: int, *, actor: Actor) -> None:
    """End somebody's part in a listing: the owner anybody's, co-owners their own.

    Raises:
        Forbidden: `actor` is neither.
        Missing: they are no co-owner.
    """
    if not FIRST_OWNER.holds(actor, listing) and account_id != actor.id:
        raise Forbidden(N_("Only %(who)s may do this."), who=FIRST_OWNER.words)
    if account_id not in listing.co_owner_ids:
        raise Missing
    _remove(session, listing, account_id)
    record(session, ListingCoOwnerRemoved(account_id=account_id), actor=actor, subject=listing)


def hand_over(session: Session, listing: Listing, given: Heir, *, actor: Actor) -> None:
    """Make a co-owner the owner; whoever was it stays a co-owner.

    Raises:
        Forbidden: `actor` is not the owner.
        Invalid: they are no co-owner who may post for the organisation now.
        Refused: they have answered the listing.
    """
    require(FIRST_OWNER, actor, listing)
    heir = given.account_id
    if heir not in listing.co_owner_ids or heir not in holders_of(session, listing.organisation_id, *POSTERS):
        raise Invalid("account_id", N_("Choose a co-owner who may post for the organisation."))
    before = listing.owner_id
    _remove(session, listing, heir)
    listing.owner_id, listing.form_key = heir, None  # a key belongs to one person's form
    _add(session, listing, before)
    record(session, ListingHandedOver(account_id=heir), actor=actor, subject=listing)


def name_responsible(session: Session, listing: Listing, given: NamedResponsible, *, actor: Actor) -> None:
    """Show a name as responsible; a colleague's account is asked first, and shown once they agree. Nobody: the owner's alone.

    Raises:
        Forbidden: `actor` does not answer for the listing.
        Invalid: nobody in the organisation has this address.
    """
    require(OWNER, actor, listing)
    found = None
    if given.address:
        found = colleague_with(session, listing.organisation_id, given.address)
        if found is None:
            raise Invalid("address", N_("Nobody who belongs to your organisation has this address."))
    now = clock.now()
    agreed = now if found is not None and found == actor.id else None
    _forget_responsible(session, listing)
    if given.name or found is not None:
        made = Responsible(listing_id=listing.id, name=given.name, account_id=found, asked_at=now, agreed_at=agreed)
        session.add(made)
    session.flush()
    session.expire(listing, ["responsible"])
    record(session, ListingResponsibleNamed(account_id=found), actor=actor, subject=listing)


def answer_for(session: Session, listing_id: int, *, agrees: bool, actor: Actor) -> None:
    """Agree to be shown as responsible, or not – not any more, where one agreed before.

    Raises:
        Missing: the listing does not name `actor`.
    """
    query = select(Responsible, Listing).join(Listing, Listing.id == Responsible.listing_id)
    row = session.execute(query.where(Responsible.listing_id == listing_id, Responsible.account_id == actor.id)).one_or_none()
    if row is None:
        raise Missing
    responsible, listing = row
    if agrees:
        responsible.agreed_at = responsible.agreed_at or clock.now()
        record(session, ListingResponsibleAgreed(), actor=actor, subject=listing)
    else:
        session.delete(responsible)
        record(session, ListingResponsibleDeclined(), actor=actor, subject=listing)


def end_part_of_member(session: Session, _fact: Fact, membership: Membership, _actor: Actor) -> None:
    """Reaction to a membership that ended: nobody co-owns listings of an organisation they left, nor answers for them by name."""
    theirs = Listing.organisation_id == membership.organisation_id
    owned = select(Listing).join(ListingCoOwner, ListingCoOwner.listing_id == Listing.id)
    for listing in _all(session, owned.where(theirs, ListingCoOwner.account_id == membership.account_id)):
        _remove(session, listing, membership.account_id)
        fact = ListingCoOwnerRemoved(account_id=membership.account_id)
        record(session, fact, actor=SYSTEM_ACTOR, subject=listing)
    named = select(Listing).join(Responsible, Responsible.listing_id == Listing.id)
    for listing in _all(session, named.where(theirs, Responsible.account_id == membership.account_id)):
        _forget_responsible(session, listing)
        record(session, ListingResponsibleDeclined(), actor=SYSTEM_ACTOR, subject=listing)


def hand_on_listings(session: Session, _fact: Fact, membership: Membership, _actor: Actor) -> None:
    """Reaction to a membership that ended: what the person owned there, drafts apart, gets another owner, who is told.

    First a co-owner, then a partnership officer, who reads what arrives anyway, then an administrator. Where there is nobody it
    stays as it is: then the organisation has no member any more.
    """
    theirs = Listing.organisation_id == membership.organisation_id, Listing.owner_id == membership.account_id
    there = {role: holders_of(session, membership.organisation_id, *role) for role in (POSTERS, *_HEIRS)}
    for listing in _all(session, select(Listing).where(*theirs, Listing._state != ListingState.DRAFT)):
        able = [number for number in listing.co_owner_ids if number in there[POSTERS]]
        able += [number for role in _HEIRS for number in there[role]]
        heir = next((number for number in able if number != membership.account_id), None)
        if heir is not None:
            _remove(session, listing, heir)
            listing.owner_id, listing.form_key = heir, None
            record(session, ListingHandedOver(account_id=heir), actor=SYSTEM_ACTOR, subject=listing)


def _all(session: Session, query: Any) -> Sequence[Listing]:
    return session.scalars(query.order_by(Listing.id)).all()


def _add(session: Session, listing: Listing, account_id: int) -> None:
    session.add(ListingCoOwner(listing_id=listing.id, account_id=account_id, named_at=clock.now()))
    _changed(session, listing)


def _remove(session: Session, listing: Listing, account_id: int) -> None:
    mine = (ListingCoOwner.listing_id == listing.id, ListingCoOwner.account_id == account_id)
    session.execute(delete(ListingCoOwner).where(*mine))
    _changed(session, listing)


def _forget_responsible(session: Session, listing: Listing) -> None:
    session.execute(delete(Responsible).where(Responsible.listing_id == listing.id))


def _changed(session: Session, listing: Listing) -> None:
    """Two people who do this at once are told: the listing is another version now."""
    listing.updated_at = clock.now()
    session.flush()
    session.expire(listing, ["co_owners"])
