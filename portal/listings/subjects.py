"""How the engines find, name and guard listings."""

from sqlalchemy.orm import joinedload

from portal.kernel.subjects import Subject
from portal.kernel.text import N_
from portal.listings.models import Listing, ListingFollow
from portal.listings.policies import EDIT, FOLLOWER, OFFICER, OWNER, READ

SUBJECTS = {
    "listing": Subject(
        Listing,
        N_("listing"),
        READ,
        lambda x: x.title,
        lambda x: x.href,
        lambda x: (x.organisation_id,),
        write=EDIT,
        people=lambda x: x.owner_ids,
        talk=OWNER | OFFICER,
        keep=OWNER,
    ),
    # Called by the listing's reference: its title may have changed since this person could read it.
    "listing_follow": Subject(
        ListingFollow,
        N_("following"),
        FOLLOWER,
        lambda x: x.listing.reference,
        lambda x: x.listing.href,
        options=(joinedload(ListingFollow.listing).load_only(Listing.kind),),
    ),
}
