"""Whom facts about listings concern. People who answered one are told by the feature that knows their answers."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from portal.kernel.events import Event
from portal.kernel.notices import Concerned, Notice
from portal.kernel.text import N_
from portal.listings.events import (
    ListingAnnounced,
    ListingAppealAnswered,
    ListingAppealed,
    ListingApproved,
    ListingChanged,
    ListingClosed,
    ListingCoOwnerNamed,
    ListingExpired,
    ListingExpiring,
    ListingFilled,
    ListingHalted,
    ListingHandedOver,
    ListingHidden,
    ListingInvited,
    ListingPublished,
    ListingReaderMerged,
    ListingResponsibleAgreed,
    ListingResponsibleDeclined,
    ListingResponsibleNamed,
    ListingReturned,
    ListingSubmitted,
    ListingUnannounced,
)
from portal.listings.models import Listing
from portal.listings.queries import followers, people_named
from portal.listings.states import Visibility
from portal.organisations.notices import other_administrators
from portal.organisations.queries import portal_administrators


def those_who_answer_appeals(session: Session, event: Event) -> Iterable[Concerned]:
    """Administrators who neither suspended the listing nor appealed, or where there is no other, whoever suspended it."""
    listing = session.get(Listing, event.subject_id)
    known = [account_id for account_id in portal_administrators(session) if account_id != event.actor_id]
    others = [account_id for account_id in known if listing is not None and account_id != listing.suspended_by_id]
    return [Concerned(account_id, N_("because you administer this portal")) for account_id in others or known]


def owner(session: Session, event: Event) -> Iterable[Concerned]:
    """Those who answer for the listing, but whoever did it. Imported records are nobody's news."""
    listing = session.get(Listing, event.subject_id)
    if listing is None or (event.actor_id is None and listing.source_note):
        return []
    return [Concerned(number, _YOU_OWN) for number in listing.owner_ids if number != event.actor_id]


def account_named(_session: Session, event: Event) -> Iterable[Concerned]:
    """Whoever was named, by somebody else."""
    named = event.data["account_id"]
    return [Concerned(named, _IT_IS_YOU)] if named is not None and named != event.actor_id else []


def invited(_session: Session, event: Event) -> Iterable[Concerned]:
    """The one person whom it names from now on."""
    return [Concerned(event.data["account_id"], _NAMED)]


def named(session: Session, event: Event) -> Iterable[Concerned]:
    """The people whom a listing names, where it is for those it names."""
    listing = session.get(Listing, event.subject_id)
    if listing is None or listing.visibility is not Visibility.NAMED:
        return []
    return [Concerned(account_id, _NAMED) for account_id in people_named(session, listing.id)]


def those_who_follow(session: Session, event: Event) -> Iterable[Concerned]:
    """Everybody who follows it; of changes, only what changes in an open listing is told."""
    if not event.data.get("material", True):
        return []
    return [Concerned(number, N_("because you follow this listing")) for number in followers(session, event.subject_id, event.at)]


_YOU_OWN = N_("because you own this listing")
_IT_IS_YOU = N_("because it is about you")
_NAMED = N_("because the listing names you")
_OPENED_TO_YOU = (
    N_("“%(title)s” is open to you"),
    N_("You need do nothing. Few people can read it: if it concerns you, answer it before its deadline."),
    N_("Open the listing"),
)

_OF_OWNERS = (
    Notice(
        ListingCoOwnerNamed,
        account_named,
        N_("You are a co-owner of “%(title)s”"),
        N_("You need do nothing. You can do with it what its owner can, and are told the same."),
        N_("Open the listing"),
    ),
    Notice(
        ListingHandedOver,
        owner,
        N_("“%(title)s” has another owner"),
        N_("You need do nothing. Its page says who it is."),
        N_("Open the listing"),
    ),
    Notice(
        ListingResponsibleNamed,
        account_named,
        N_("You are named as responsible for “%(title)s”"),
        N_("It is your turn: agree that readers see your name, or decline. My work leads there."),
        N_("Open the listing"),
    ),
    Notice(
        ListingResponsibleAgreed,
        owner,
        N_("Whoever you named as responsible for “%(title)s” agreed"),
        N_("You need do nothing. Readers see the name."),
        N_("Open the listing"),
    ),
    Notice(
        ListingResponsibleDeclined,
        owner,
        N_("Whoever you named as responsible for “%(title)s” is not"),
        N_("It is your turn: name somebody else. Until then the owner answers for it."),
        N_("Open the listing"),
    ),
)

NOTICES = (
    *_OF_OWNERS,
    Notice(
        ListingReaderMerged,
        owner,
        N_("An organisation that “%(title)s” names was merged into another one"),
        N_("It is your turn: name the other organisation if its people may read the listing. Until then they cannot."),
        N_("Open the listing"),
    ),
    Notice(ListingInvited, invited, *_OPENED_TO_YOU),
    Notice(ListingPublished, named, *_OPENED_TO_YOU),
    Notice(
        ListingSubmitted,
        other_administrators,
        N_("Listing to check: “%(title)s”"),
        N_("It is your turn: publish it, ask for changes, or say why it is not accepted."),
        N_("Open the listing"),
    ),
    Notice(
        ListingAppealed,
        those_who_answer_appeals,
        N_("Appeal: “%(title)s”"),
        N_("It is your turn: read why it should not be suspended, then restore it or say why it stays so."),
        N_("Open the listing"),
    ),
    Notice(
        ListingAppealAnswered,
        owner,
        N_("“%(title)s” stays suspended"),
        N_("Somebody else looked at it because you appealed. The reason stands on its page."),
        N_("Read the reason"),
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
        ListingAnnounced,
        owner,
        N_("“%(title)s” is announced"),
        N_("You need do nothing. Its readers can read it, and it opens by itself on its day; you can also open it now."),
        N_("Open the listing"),
    ),
    Notice(
        ListingUnannounced,
        owner,
        N_("“%(title)s” is no longer announced"),
        N_("Nobody else finds it now. If its day has come and it did not open, its page says what is in the way."),
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
        ListingFilled,
        owner,
        N_("“%(title)s” is full"),
        N_("All its places are filled, so it is closed and those who wait were told. Answer everybody who wrote."),
        N_("Open the listing"),
    ),
    Notice(
        ListingHalted,
        owner,
        N_("“%(title)s” is closed because its organisation is suspended"),
        N_("You need do nothing now. Once an administrator of the portal has restored the organisation, you can open it again."),
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
        N_("The reason stands on its page. If it was suspended, you can appeal there, once."),
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

FOLLOWED = (
    Notice(
        ListingPublished,
        those_who_follow,
        N_("“%(title)s” is open now"),
        N_("You need do nothing. If it concerns you, answer it before its deadline."),
        N_("Open the listing"),
    ),
    Notice(
        ListingChanged,
        those_who_follow,
        N_("“%(title)s”, which you follow, was changed"),
        N_("You need do nothing. Its page shows old and new beside each other."),
        N_("Open the listing"),
    ),
)
