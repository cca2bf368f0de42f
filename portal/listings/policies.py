"""Who may see and change listings: one column of the permission matrix after the other."""

from sqlalchemy import ColumnElement, and_, false, or_, select

from portal.kernel import clock
from portal.kernel.db import unindexed
from portal.kernel.policy import ADMIN, SIGNED_IN, Actor, Role, Rule
from portal.kernel.text import N_
from portal.listings.models import Listing, ListingCoOwner, ListingFollow, ListingReader, TrustedOrganisation
from portal.listings.states import ListingState, Visibility

FINDABLE = (ListingState.ANNOUNCED, ListingState.PUBLISHED)
OPENED = (ListingState.PUBLISHED, ListingState.CLOSED, ListingState.ARCHIVED)
READABLE = (ListingState.ANNOUNCED, *OPENED)
_FOR_EVERYBODY = (Visibility.PUBLIC, Visibility.REGISTERED)
POSTERS = (Role.POSTER, Role.ADMINISTRATOR)  # whoever may begin a listing for an organisation
MODERATED = tuple(state for state in ListingState if state not in (ListingState.DRAFT,))


def _is_meant_for(actor: Actor, listing: Listing) -> bool:
    if listing.visibility is Visibility.PUBLIC:
        return True
    if listing.visibility is Visibility.REGISTERED:
        return actor.is_person
    if listing.visibility is Visibility.NAMED:
        return not set(_named(listing)).isdisjoint(actor.reader_tokens)
    return listing.organisation_id in actor.organisations


def _named(listing: Listing) -> list[str]:
    """Reader tokens of those it names."""
    return (listing.readers or "").split()


def _names(actor: Actor) -> ColumnElement[bool]:
    """Listings that name this person, or an organisation of theirs."""
    if not actor.is_person:
        return false()
    theirs = or_(ListingReader.organisation_id.in_(actor.organisations), ListingReader.account_id == actor.id)
    return Listing.id.in_(select(ListingReader.listing_id).where(theirs))


def _audience(says: str, states: tuple[ListingState, ...]) -> Rule:
    """Those it was published for, while it is in one of `states`."""
    return Rule(
        says,
        lambda actor, listing: listing.state in states and _is_meant_for(actor, listing),
        lambda actor: and_(
            Listing._state.in_(states),
            or_(
                Listing.visibility == Visibility.PUBLIC,
                Listing.visibility == Visibility.REGISTERED if actor.is_person else false(),
                and_(Listing.visibility == Visibility.ORGANISATION, Listing.organisation_id.in_(actor.organisations)),
                and_(Listing.visibility == Visibility.NAMED, _names(actor)),
            ),
        ),
    )


FIRST_OWNER = Rule(
    N_("the listing's owner"),
    lambda actor, listing: actor.is_person and listing.owner_id == actor.id,
    lambda actor: Listing.owner_id == actor.id if actor.is_person else false(),
)
# Named by the owner, and only as long as they belong to its organisation.
CO_OWNER = Rule(
    N_("its co-owners"),
    lambda actor, listing: listing.organisation_id in actor.organisations and actor.id in listing.co_owner_ids,
    lambda actor: (
        and_(
            unindexed(Listing.organisation_id).in_(actor.organisations),
            Listing.id.in_(select(ListingCoOwner.listing_id).where(ListingCoOwner.account_id == actor.id)),
        )
        if actor.is_person and actor.seats
        else false()
    ),
)
OWNER = FIRST_OWNER | CO_OWNER
OFFICER = Rule(
    N_("partnership officers of its organisation"),
    lambda actor, listing: listing.organisation_id in actor.organisations_as(Role.OFFICER),
    lambda actor: Listing.organisation_id.in_(actor.organisations_as(Role.OFFICER)),
)
ORGANISATION_ADMIN = Rule(
    N_("administrators of its organisation"),
    lambda actor, listing: listing.organisation_id in actor.organisations_as(Role.ADMINISTRATOR),
    lambda actor: Listing.organisation_id.in_(actor.organisations_as(Role.ADMINISTRATOR)),
)
AUDIENCE = _audience(N_("those it was published for"), READABLE)
# A withdrawn listing is gone for these, not merely missing: they may know that it was there.
FORMER_AUDIENCE = _audience(N_("those it was published for, once it was withdrawn"), (ListingState.WITHDRAWN,))
SENT_TO_MODERATION = Rule(
    N_("after it was sent for review"),
    lambda actor, listing: listing.state in MODERATED,
    lambda actor: Listing._state.in_(MODERATED),
)
# What was opened for a few is theirs again once somebody has judged it: whoever keeps the portal running does not read along.
JUDGED = Rule(
    N_("while it waits for a judgement or is for everybody with an account"),
    lambda _actor, listing: (
        listing.state not in READABLE or listing.visibility in _FOR_EVERYBODY or listing.unchecked_since is not None
    ),
    lambda _actor: or_(
        Listing._state.not_in(READABLE), Listing.visibility.in_(_FOR_EVERYBODY), Listing.unchecked_since.is_not(None)
    ),
)
MODERATOR = ADMIN & SENT_TO_MODERATION & JUDGED
READ = AUDIENCE | OWNER | OFFICER | MODERATOR
# What is over changes no more.
FOLLOW = (SIGNED_IN & AUDIENCE & ~OWNER) & Rule(
    N_("while it is announced or open"),
    lambda _actor, listing: listing.state in FINDABLE,
    lambda _actor: Listing._state.in_(FINDABLE),
)
FOLLOWER = Rule(
    N_("whoever follows it"),
    lambda actor, follow: actor.is_person and follow.account_id == actor.id,
    lambda actor: ListingFollow.account_id == actor.id if actor.is_person else false(),
)
# Who sees a listing's title and state in their own list; reading it is another matter.
LISTED = OWNER | OFFICER | ORGANISATION_ADMIN
# A draft is the owner's own; afterwards only what moderation sent back, and clarifications while it is open.
EDITABLE = (ListingState.DRAFT, ListingState.EDITS_REQUESTED, ListingState.PUBLISHED)
EDIT = OWNER & Rule(
    N_("while it is a draft, sent back or open"),
    lambda actor, listing: listing.state in EDITABLE,
    lambda actor: Listing._state.in_(EDITABLE),
)
DISCARD = OWNER & Rule(
    N_("while it is a draft that never was open"),
    lambda _actor, listing: listing.state is ListingState.DRAFT and listing.published_at is None,
    lambda _actor: and_(Listing._state == ListingState.DRAFT, Listing.published_at.is_(None)),
)
# What moderation looks at, or approved, is not moved to other readers meanwhile.
RELEASABLE = (*EDITABLE, ListingState.CLOSED)
RELEASE = OWNER & Rule(
    N_("unless it is being checked, waits for its day, or is gone"),
    lambda actor, listing: listing.state in RELEASABLE,
    lambda actor: Listing._state.in_(RELEASABLE),
)
COUNT_PLACES = OWNER & Rule(
    N_("once it opened, of a listing that counts its places"),
    lambda actor, listing: listing.state in (ListingState.PUBLISHED, ListingState.CLOSED) and listing.capacity is not None,
    lambda actor: and_(Listing._state.in_((ListingState.PUBLISHED, ListingState.CLOSED)), Listing.capacity.is_not(None)),
)
OPENS_LATER = Rule(
    N_("while the day it is to open is still to come"),
    lambda _actor, listing: listing.opens_at is not None and listing.opens_at > clock.now(),
    lambda _actor: and_(Listing.opens_at.is_not(None), Listing.opens_at > clock.now()),
)
ANNOUNCES = Rule(
    N_("of a listing that is announced before it opens"),
    lambda _actor, listing: bool(listing.announces),
    lambda _actor: Listing.announces.is_(True),
)
TRUSTED = Rule(
    N_("of an organisation that publishes at once"),
    lambda _actor, listing: bool(listing.trusted),
    lambda _actor: Listing.organisation_id.in_(select(TrustedOrganisation.organisation_id)),
)
UNCHECKED = Rule(
    N_("until somebody checked what was published at once"),
    lambda _actor, listing: listing.unchecked_since is not None,
    lambda _actor: Listing.unchecked_since.is_not(None),
)
APPEALED = Rule(
    N_("who has appealed already"),
    lambda _actor, listing: listing.appealed_at is not None,
    lambda _actor: Listing.appealed_at.is_not(None),
)
AWAITING_ANSWER = Rule(
    N_("while an appeal waits for its answer"),
    lambda _actor, listing: awaits_answer(listing),
    lambda _actor: and_(Listing.appealed_at.is_not(None), Listing.appeal_answered_at.is_(None)),
)
# What no deadline ends and no source keeps up to date.
WITHOUT_DEADLINE = Rule(
    N_("of a listing without a deadline"),
    lambda _actor, listing: listing.closes_at is None and not listing.source_note,
    lambda _actor: and_(Listing.closes_at.is_(None), Listing.source_note == ""),
)
# Whoever reads the text and may post for its organisation can begin another with it – unless it is somebody else's, taken over.
COPY = (
    READ
    & Rule(
        N_("posters of its organisation"),
        lambda actor, listing: listing.organisation_id in actor.organisations_as(*POSTERS),
        lambda actor: Listing.organisation_id.in_(actor.organisations_as(*POSTERS)),
    )
    & Rule(
        N_("unless it was taken over from a source"),
        lambda _actor, listing: not listing.source_note,
        lambda _actor: Listing.source_note == "",
    )
)


def awaits_answer(listing: Listing) -> bool:
    """Whether its owner appealed and nobody has answered."""
    return listing.appealed_at is not None and listing.appeal_answered_at is None


def reader_tokens(listing: Listing) -> tuple[str, ...]:
    """AUDIENCE in its third form, for what is stored in the search index: only what is open for answers, or will be, is found."""
    if listing.state not in FINDABLE:
        return ()
    if listing.visibility is Visibility.PUBLIC:
        return ("public",)
    if listing.visibility is Visibility.REGISTERED:
        return ("registered",)
    if listing.visibility is Visibility.NAMED:
        return tuple(sorted(_named(listing)))
    return (f"org:{listing.organisation_id}",)
