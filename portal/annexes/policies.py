"""Who may read and write the annex of a listing: its own side. The portal's administrators judge the listing without it."""

from sqlalchemy import select

from portal.annexes.models import Annex
from portal.kernel.policy import Rule
from portal.listings.models import Listing
from portal.listings.policies import OFFICER, OWNER

# Of the listing, whether or not it has an annex.
ITS_SIDE = OWNER | OFFICER


def _of_listing(rule: Rule) -> Rule:
    """What `rule` says of the listing an annex belongs to."""
    return Rule(
        rule.words,
        lambda actor, annex: rule.holds(actor, annex.listing),
        lambda actor: Annex.listing_id.in_(select(Listing.id).where(rule.where(actor))),
    )


READ = _of_listing(ITS_SIDE)
WRITE = _of_listing(OWNER)
