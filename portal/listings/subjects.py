"""How the engines find, name and guard listings."""

from portal.kernel.subjects import Subject
from portal.kernel.text import N_
from portal.listings.models import Listing
from portal.listings.policies import EDIT, READ

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
    ),
}
