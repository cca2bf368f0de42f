"""For whom a listing is published: changed by its owner, and completed when somebody confirms the address it names."""

from collections.abc import Iterable

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.db import require_version
from portal.kernel.errors import Invalid, Refused
from portal.kernel.events import Fact, record
from portal.kernel.policy import SYSTEM_ACTOR, Actor, require
from portal.kernel.text import N_
from portal.listings.events import ListingInvited, ListingReleased
from portal.listings.inputs import Readers
from portal.listings.models import Listing, ListingReader
from portal.listings.policies import OPENED, POSTERS, RELEASE
from portal.listings.queries import organisation_is_verified, verified_organisation
from portal.listings.states import Visibility


def release_listing(session: Session, listing: Listing, readers: Readers, *, actor: Actor, version: str | None = None) -> None:
    """Let exactly these readers have the listing, from the next page on.

    Raises:
        Forbidden: it is not `actor`'s, or is where its readers cannot change.
        Refused: it is open, and `actor` could not publish it today.
        Invalid: it names an organisation that is not among the verified ones.
        Stale: `version`, the one the form was drawn from, is no longer the present one.
    """
    require(RELEASE, actor, listing)
    require_version(listing, version)
    if listing.published_at is not None:
        _require_publisher(session, listing, actor)
    before = listing.visibility
    invited = _name(session, listing, readers) if readers.visibility is Visibility.NAMED else []
    listing.visibility = readers.visibility
    listing.updated_at = clock.now()
    session.flush()
    session.expire(listing, ["readers"])
    fact = ListingReleased(before=str(before.value), after=str(readers.visibility.value))
    record(session, fact, actor=actor, subject=listing)
    for account_id in invited:
        _tell_of_invitation(session, listing, account_id)


def admit_named(session: Session, _fact: Fact, account: User, _actor: Actor) -> None:
    """Reaction to a confirmed address: whatever names it is open to its account, and to no other."""
    query = select(ListingReader, Listing).join(Listing, Listing.id == ListingReader.listing_id)
    waiting = query.where(ListingReader.email == account.email.lower(), ListingReader.account_id.is_(None))
    for reader, listing in session.execute(waiting).all():
        reader.account_id = account.id
        session.flush()
        session.expire(listing, ["readers"])
        _tell_of_invitation(session, listing, account.id)


def forget_reader(session: Session, _fact: Fact, account: User, _actor: Actor) -> None:
    """Reaction to an erased account: no listing names it any more."""
    named = or_(ListingReader.account_id == account.id, ListingReader.email == account.email.lower())
    session.execute(delete(ListingReader).where(named))


def _require_publisher(session: Session, listing: Listing, actor: Actor) -> None:
    if not organisation_is_verified(session, listing.organisation_id):
        raise Refused(N_("Its organisation is not verified, so its readers cannot change now."))
    if listing.organisation_id not in actor.organisations_as(*POSTERS):
        raise Refused(N_("You need the role “poster” in this organisation. Its administrators can give it to you."))


def _name(session: Session, listing: Listing, readers: Readers) -> list[int]:
    """Put these in the place of those it named; returns the accounts that were not named before."""
    organisations = _verified(session, readers.organisations)
    known = select(User.id, func.lower(User.email).label("email")).where(func.lower(User.email).in_(readers.people))
    accounts = {row.email: row.id for row in session.execute(known.where(User.confirmed_at.is_not(None)))}
    old = select(ListingReader.account_id).where(ListingReader.listing_id == listing.id)
    named_before = set(session.scalars(old)) if listing.visibility is Visibility.NAMED else set()
    session.execute(delete(ListingReader).where(ListingReader.listing_id == listing.id))
    session.add_all(ListingReader(listing_id=listing.id, organisation_id=number) for number in organisations)
    session.add_all(ListingReader(listing_id=listing.id, email=email, account_id=accounts.get(email)) for email in readers.people)
    return [number for number in accounts.values() if number not in named_before]


def _verified(session: Session, names: Iterable[str]) -> list[int]:
    """The organisations of these names, each once."""
    found: dict[int, None] = {}
    for name in names:
        number = verified_organisation(session, name)
        if number is None:
            raise Invalid("organisations", N_("No verified organisation is called “%(name)s”."), name=name)
        found[number] = None
    return list(found)


def _tell_of_invitation(session: Session, listing: Listing, account_id: int) -> None:
    """Only of what has opened: of anything else they hear when it opens."""
    if listing.state in OPENED and listing.visibility is Visibility.NAMED:
        record(session, ListingInvited(account_id), actor=SYSTEM_ACTOR, subject=listing)
