"""Who may see and change listings: one column of the permission matrix after the other."""

from sqlalchemy import and_, false, or_

from portal.kernel.policy import ADMIN, Actor, Role, Rule
from portal.kernel.text import N_
from portal.listings.models import Listing
from portal.listings.states import ListingState, Visibility

FINDABLE = (ListingState.PUBLISHED,)
READABLE = (ListingState.PUBLISHED, ListingState.CLOSED, ListingState.ARCHIVED)
MODERATED = tuple(state for state in ListingState if state not in (ListingState.DRAFT,))


def _audience_holds(actor: Actor, listing: Listing) -> bool:
    if listing.state not in READABLE:
        return False
    if listing.visibility is Visibility.PUBLIC:
        return True
    if listing.visibility is Visibility.REGISTERED:
        return actor.is_person
    return listing.organisation_id in actor.organisations


OWNER = Rule(
    N_("the listing's owner"),
    lambda actor, listing: actor.is_person and listing.owner_id == actor.id,
    lambda actor: Listing.owner_id == actor.id if actor.is_person else false(),
)
OFFICER = Rule(
    N_("partnership officers of its organisation"),
    lambda actor, listing: listing.organisation_id in actor.organisations_as(Role.OFFICER),
    lambda actor: Listing.organisation_id.in_(actor.organisations_as(Role.OFFICER)),
)
AUDIENCE = Rule(
    N_("those it was published for"),
    _audience_holds,
    lambda actor: and_(
        Listing._state.in_(READABLE),
        or_(
            Listing.visibility == Visibility.PUBLIC,
            Listing.visibility == Visibility.REGISTERED if actor.is_person else false(),
            and_(Listing.visibility == Visibility.ORGANISATION, Listing.organisation_id.in_(actor.organisations)),
        ),
    ),
)
SENT_TO_MODERATION = Rule(
    N_("after it was sent for review"),
    lambda actor, listing: listing.state in MODERATED,
    lambda actor: Listing._state.in_(MODERATED),
)
MODERATOR = ADMIN & SENT_TO_MODERATION
READ = AUDIENCE | OWNER | OFFICER | MODERATOR
# A draft is the owner's own; afterwards only what moderation sent back, and clarifications while it is open.
EDITABLE = (ListingState.DRAFT, ListingState.EDITS_REQUESTED, ListingState.PUBLISHED)
EDIT = OWNER & Rule(
    N_("while it is a draft, sent back or open"),
    lambda actor, listing: listing.state in EDITABLE,
    lambda actor: Listing._state.in_(EDITABLE),
)


def reader_tokens(listing: Listing) -> tuple[str, ...]:
    """AUDIENCE in its third form, for what is stored in the search index: only what is open for answers is found."""
    if listing.state not in FINDABLE:
        return ()
    if listing.visibility is Visibility.PUBLIC:
        return ("public",)
    if listing.visibility is Visibility.REGISTERED:
        return ("registered",)
    return (f"org:{listing.organisation_id}",)
