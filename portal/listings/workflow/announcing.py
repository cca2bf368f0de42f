"""The steps by which a listing is read before it opens, and no longer is."""

from portal.kernel.policy import ADMIN, SYSTEM
from portal.kernel.text import N_
from portal.kernel.workflow import T
from portal.listings.events import ListingAnnounced, ListingUnannounced
from portal.listings.policies import ANNOUNCES, OPENS_LATER, OWNER
from portal.listings.states import ListingState as S
from portal.listings.workflow.effects import clear_note, end_announcement, settle_check, stamp_announced
from portal.listings.workflow.guards import LAWFUL, cannot_open, has_poster

ANNOUNCING = (
    T(
        "announce",
        N_("Approve and announce"),
        (S.IN_REVIEW,),
        S.ANNOUNCED,
        ADMIN & ~OWNER & OPENS_LATER & ANNOUNCES,
        ListingAnnounced,
        guards=LAWFUL,
        effects=(clear_note, settle_check, stamp_announced),
    ),
    T(
        "announce",
        N_("Announce it"),
        (S.SCHEDULED,),
        S.ANNOUNCED,
        OWNER & OPENS_LATER,
        ListingAnnounced,
        guards=(*LAWFUL, has_poster),
        effects=(stamp_announced,),
    ),
    T(
        "stop_announcing",
        N_("Stop announcing"),
        (S.ANNOUNCED,),
        S.SCHEDULED,
        OWNER,
        ListingUnannounced,
        effects=(end_announcement,),
    ),
    T(
        "conceal",
        N_("Hide what could not open"),
        (S.ANNOUNCED,),
        S.SCHEDULED,
        SYSTEM,
        ListingUnannounced,
        guards=(cannot_open,),
    ),
)
