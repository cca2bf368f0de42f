"""How the engines find, name and guard organisations, memberships and invitations."""

from sqlalchemy.orm import joinedload

from portal.kernel.subjects import Subject
from portal.kernel.text import N_
from portal.organisations.models import Invitation, Membership, Organisation
from portal.organisations.policies import INVITATION_READ, MEMBERSHIP_READ, READ

SUBJECTS = {
    "organisation": Subject(Organisation, N_("organisation"), READ, lambda o: o.name, lambda o: o.href, lambda o: (o.id,)),
    "invitation": Subject(
        Invitation,
        N_("invitation"),
        INVITATION_READ,
        lambda i: i.organisation.name,
        lambda i: i.href,
        lambda i: (i.organisation_id,),
        options=(joinedload(Invitation.organisation),),
    ),
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
