"""What waits for whom because of listings."""

from sqlalchemy import String, and_, cast, exists, or_, select

from portal.accounts.models import User
from portal.accounts.ties import Tie
from portal.kernel import clock
from portal.kernel.db import AnySelect, unindexed
from portal.kernel.ids import reference
from portal.kernel.policy import Actor
from portal.kernel.text import N_
from portal.kernel.work import Source
from portal.listings.models import LIFETIME, REMINDED_BEFORE, Listing
from portal.listings.policies import AWAITING_ANSWER, OWNER, WITHOUT_DEADLINE
from portal.listings.queries.owners import AGREE
from portal.listings.states import Kind, ListingState


def listings_to_change(actor: Actor) -> AnySelect | None:
    """What moderation sent back to this person."""
    if not actor.is_person:
        return None
    return _work().where(OWNER.where(actor), unindexed(Listing._state) == ListingState.EDITS_REQUESTED)


def listings_to_renew(actor: Actor) -> AnySelect | None:
    """What closes soon because this person has not renewed it."""
    if not actor.is_person:
        return None
    soon = Listing.renewed_at <= clock.now() - LIFETIME + REMINDED_BEFORE
    mine = and_(OWNER.where(actor), unindexed(Listing._state) == ListingState.PUBLISHED)
    return _work().where(mine, soon, WITHOUT_DEADLINE.where(actor))


def listings_to_review(actor: Actor) -> AnySelect | None:
    """What was sent for review, for an administrator who did not write it."""
    if not actor.is_person or not actor.is_admin:
        return None
    return _work().where(~OWNER.where(actor), Listing._state == ListingState.IN_REVIEW)


def listings_to_check(actor: Actor) -> AnySelect | None:
    """What was published at once and nobody has looked at, for an administrator who did not write it."""
    if not actor.is_person or not actor.is_admin:
        return None
    open_already = and_(Listing._state == ListingState.PUBLISHED, Listing.unchecked_since.is_not(None))
    return _work().where(~OWNER.where(actor), open_already)


def appeals_to_answer(actor: Actor) -> AnySelect | None:
    """Suspended listings whose owners appealed, for an administrator who – if there are others – did not suspend them."""
    if not actor.is_person or not actor.is_admin:
        return None
    others = exists().where(User.is_admin, User.active, User.id != actor.id, User.id != Listing.owner_id)
    answerable = or_(Listing.suspended_by_id.is_(None), Listing.suspended_by_id != actor.id, ~others)
    waiting = and_(Listing._state == ListingState.SUSPENDED, AWAITING_ANSWER.where(actor))
    return _work().where(~OWNER.where(actor), waiting, answerable)


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
    waiting = (ListingState.IN_REVIEW, ListingState.SCHEDULED, ListingState.ANNOUNCED, ListingState.PUBLISHED)
    query = select(Listing.id, Listing.title.label("title"), cast(Listing.kind, String).label("detail"))
    return query.where(Listing.owner_id == account_id, Listing._state.in_(waiting))


def _page(number: int, kind: str) -> str:
    facts = Kind(kind).facts  # type: ignore[call-arg]  # looked up by value, as enums are
    return f"/{facts.path}/{reference(facts.prefix, number)}"


ANSWERED_FOR = Tie("listing", N_("You answer for it: hand it over, close or withdraw it first."), _page, answered_for_by)

SOURCES = (
    AGREE,
    Source("listing.change", N_("Change as asked"), N_("Open the listing"), _page, listings_to_change),
    Source("listing.renew", N_("Renew"), N_("Open the listing"), _page, listings_to_renew),
    Source("listing.check", N_("Check after publication"), N_("Open the listing"), _page, listings_to_check),
    Source("listing.appeal", N_("Answer the appeal"), N_("Open the listing"), _page, appeals_to_answer),
    Source("listing.review", N_("Check before publication"), N_("Open the listing"), _page, listings_to_review),
)
