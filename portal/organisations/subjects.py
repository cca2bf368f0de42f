"""How the engines find, name and guard organisations and memberships."""

from sqlalchemy.orm import joinedload

from portal.kernel.subjects import Subject
from portal.kernel.text import N_
from portal.organisations.models import Membership, Organisation
from portal.organisations.policies import MEMBERSHIP_READ, READ

SUBJECTS = {
    "organisation": Subject(Organisation, N_("organisation"), READ, lambda o: o.name, lambda o: o.href, lambda o: (o.id,)),
    "membership": Subject(
        Membership,
        N_("membership"),
        MEMBERSHIP_READ,
        lambda m: m.organisation.name,
        lambda m: f"/memberships/{m.id}",
        lambda m: (m.organisation_id,),
        options=(joinedload(Membership.organisation),),
    ),
}
