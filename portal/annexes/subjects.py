"""How the engines find, name and guard annexes."""

from portal.annexes.models import Annex
from portal.annexes.policies import READ, WRITE
from portal.annexes.queries import WITH_LISTING
from portal.kernel.subjects import Subject
from portal.kernel.text import N_

SUBJECTS = {
    "annex": Subject(
        Annex,
        N_("confidential annex"),
        READ,
        lambda x: x.listing.title,
        lambda x: x.href,
        lambda x: (x.listing.organisation_id,),
        options=WITH_LISTING,
        write=WRITE,
        people=lambda x: x.listing.owner_ids,
    ),
}
