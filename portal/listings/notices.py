"""Whom facts about listings concern. People who answered one are told by the feature that knows their answers."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from portal.kernel.events import Event
from portal.kernel.notices import Concerned, Notice
from portal.kernel.text import N_
from portal.listings.events import (
    ListingApproved,
    ListingClosed,
    ListingExpired,
    ListingExpiring,
    ListingHidden,
    ListingPublished,
    ListingReturned,
    ListingSubmitted,
)
from portal.listings.models import Listing
from portal.listings.queries import moderators


def administrators(session: Session, event: Event) -> Iterable[Concerned]:
    """Those who check listings, except whoever sent this one."""
    why = N_("because you administer this portal")
    return [Concerned(account_id, why) for account_id in moderators(session) if account_id != event.actor_id]


def owner(session: Session, event: Event) -> Iterable[Concerned]:
    """Whoever answers for the listing, unless they did it themselves. Imported records are nobody's news."""
    listing = session.get(Listing, event.subject_id)
    if listing is None or listing.owner_id == event.actor_id or (event.actor_id is None and listing.source_note):
        return []
    return [Concerned(listing.owner_id, N_("because you own this listing"))]


NOTICES = (
    Notice(
        ListingSubmitted,
        administrators,
        N_("Listing to check: “%(title)s”"),
        N_("It is your turn: publish it, ask for changes, or say why it is not accepted."),
        N_("Open the listing"),
    ),
    Notice(
        ListingPublished,
        owner,
        N_("“%(title)s” is open"),
        N_("You need do nothing until somebody answers. We tell you when that happens."),
        N_("Open the listing"),
    ),
    Notice(
        ListingApproved,
        owner,
        N_("“%(title)s” is approved"),
        N_("You need do nothing. It opens by itself on the day you chose; you can also open it now."),
        N_("Open the listing"),
    ),
    Notice(
        ListingExpiring,
        owner,
        N_("“%(title)s” is about to expire"),
        N_("It is your turn: renew it if it still stands. Otherwise it closes by itself within 30 days."),
        N_("Open the listing"),
    ),
    Notice(
        ListingExpired,
        owner,
        N_("“%(title)s” has expired"),
        N_("Nobody renewed it for a year, so it is closed. Answer everybody who wrote, or open it again if it still stands."),
        N_("Open the listing"),
    ),
    Notice(
        ListingReturned,
        owner,
        N_("Changes asked for: “%(title)s”"),
        N_("It is your turn: read what is asked, change the listing and send it for review again."),
        N_("Open the listing"),
    ),
    Notice(
        ListingHidden,
        owner,
        N_("“%(title)s” is no longer among the listings"),
        N_("The reason stands on its page. You can answer by writing to the portal’s administrators."),
        N_("Read the reason"),
    ),
    Notice(
        ListingClosed,
        owner,
        N_("“%(title)s” is closed"),
        N_("Its deadline has passed. Answer everybody who wrote; nobody new can."),
        N_("Open the listing"),
    ),
)
