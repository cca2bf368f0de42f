"""Where the author of an interest can be sent on to, and what they may see of it now."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import User
from portal.kernel.ids import parse_reference
from portal.kernel.policy import VISITOR, Actor
from portal.listings.models import Listing
from portal.listings.policies import READ
from portal.organisations.queries import seats_of
from portal.people.models import Profile
from portal.people.policies import FINDABLE
from portal.proposals.models import Interest, Proposal
from portal.proposals.states import Onward


@dataclass(frozen=True)
class Destination:
    """The way on as one reader sees it. `label` is the listing's title, the person's name or the mailbox."""

    kind: Onward
    label: str = ""
    href: str = ""  # empty where this reader may not see it, or not any more
    listing: Listing | None = None


def listing_for_both(session: Session, name: str, owner: Actor, author_id: int) -> Listing | None:
    """The listing of that reference, if both of them may read it."""
    found = parse_reference(name)
    if found is None or found[1] >= 2**31:
        return None
    listing = session.get(Listing, found[1])
    author = Actor(author_id, seats=seats_of(session, author_id))
    if listing is None or listing.kind.facts.prefix != found[0]:
        return None
    return listing if READ.holds(owner, listing) and READ.holds(author, listing) else None


def person_found(session: Session, slug: str) -> Profile | None:
    """Whoever agreed to stand in the directory under that address."""
    return _findable(session, Profile.slug == slug)


def destination_of(session: Session, actor: Actor, thing: Interest | Proposal) -> Destination | None:
    """Where its author was sent, as `actor` may see it now; None where they were not."""
    way = thing.passed_on
    if way is None:
        return None
    if way.listing is not None and READ.holds(actor, way.listing):
        return Destination(way.kind, way.listing.title, way.listing.href, way.listing)
    if way.person_id is not None and (profile := _findable(session, Profile.id == way.person_id)):
        return Destination(way.kind, profile.account.name, f"/people/{profile.slug}")
    if way.kind is Onward.OFFICE and (mailbox := thing.host.role_mailbox):
        return Destination(way.kind, mailbox, f"mailto:{mailbox}")
    return Destination(way.kind)


def _findable(session: Session, which: ColumnElement[bool]) -> Profile | None:
    named = joinedload(Profile.account).load_only(User.name, User.active)
    profile = session.scalars(select(Profile).where(which).options(named)).one_or_none()
    return profile if profile is not None and FINDABLE.holds(VISITOR, profile) else None
