"""Who may see and change organisations and memberships."""

from sqlalchemy import false

from portal.kernel.policy import ADMIN, Role, Rule
from portal.kernel.text import N_
from portal.organisations.models import Membership, Organisation
from portal.organisations.states import OrganisationState

VERIFIED = Rule(
    N_("anyone, once the organisation is verified"),
    lambda actor, organisation: organisation.state is OrganisationState.VERIFIED,
    lambda actor: Organisation._state == OrganisationState.VERIFIED,
)
MEMBER = Rule(
    N_("its members"),
    lambda actor, organisation: organisation.id in actor.organisations,
    lambda actor: Organisation.id.in_(actor.organisations),
)
ORGANISATION_ADMIN = Rule(
    N_("its administrators"),
    lambda actor, organisation: organisation.id in actor.organisations_as(Role.ADMINISTRATOR),
    lambda actor: Organisation.id.in_(actor.organisations_as(Role.ADMINISTRATOR)),
)
READ = VERIFIED | MEMBER | ADMIN
EDIT = ORGANISATION_ADMIN
MEMBERS_READ = MEMBER | ADMIN
DOMAINS_EDIT = ORGANISATION_ADMIN | ADMIN

OWN_MEMBERSHIP = Rule(
    N_("the person concerned"),
    lambda actor, membership: actor.is_person and membership.account_id == actor.id,
    lambda actor: Membership.account_id == actor.id if actor.is_person else false(),
)
_KEEPERS = (Role.ADMINISTRATOR, Role.OFFICER)
KEEPER = Rule(
    N_("administrators and partnership officers of the organisation"),
    lambda actor, membership: membership.organisation_id in actor.organisations_as(*_KEEPERS),
    lambda actor: Membership.organisation_id.in_(actor.organisations_as(*_KEEPERS)),
)
MEMBERSHIP_ADMIN = Rule(
    N_("administrators of the organisation"),
    lambda actor, membership: membership.organisation_id in actor.organisations_as(Role.ADMINISTRATOR),
    lambda actor: Membership.organisation_id.in_(actor.organisations_as(Role.ADMINISTRATOR)),
)
# Nobody confirms their own request; where an organisation has no keeper yet, the portal's administrators do it.
CONFIRM = (KEEPER | ADMIN) & ~OWN_MEMBERSHIP
ROLES_EDIT = MEMBERSHIP_ADMIN | ADMIN
MEMBERSHIP_READ = OWN_MEMBERSHIP | KEEPER | ADMIN
