"""Who may see and change organisations and memberships."""

from sqlalchemy import false

from portal.kernel.policy import ADMIN, Actor, Role, Rule
from portal.kernel.text import N_
from portal.organisations.models import Invitation, Membership, Organisation
from portal.organisations.states import Contact, OrganisationState

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
ORGANISATION_OFFICER = Rule(
    N_("its partnership officers"),
    lambda actor, organisation: organisation.id in actor.organisations_as(Role.OFFICER),
    lambda actor: Organisation.id.in_(actor.organisations_as(Role.OFFICER)),
)
MEANT_TO_WRITE = Rule(
    N_("those whom the organisation lets write to its office"),
    lambda actor, organisation: organisation.contact in _contacts(actor),
    lambda actor: Organisation.contact.in_(_contacts(actor)),
)


def _contacts(actor: Actor) -> tuple[Contact, ...]:
    if not actor.is_person:
        return ()
    return (Contact.REGISTERED, Contact.COLLEAGUES) if actor.organisations else (Contact.REGISTERED,)


_STANDS = Rule(
    N_("as long as no other organisation stands in its place"),
    lambda _actor, organisation: organisation.state is not OrganisationState.MERGED,
    lambda _actor: Organisation._state != OrganisationState.MERGED,
)
READ = VERIFIED | MEMBER | ADMIN
# What the search finds: whoever runs the portal has lists of those that wait to be checked.
FOUND = (VERIFIED | MEMBER) & _STANDS
WRITE_TO = MEMBER | MEANT_TO_WRITE
EDIT = ORGANISATION_ADMIN
MEMBERS_READ = MEMBER | ADMIN
SETTINGS_READ = ORGANISATION_ADMIN | ORGANISATION_OFFICER | ADMIN
DOMAINS_EDIT = ORGANISATION_ADMIN | ADMIN

OWN_MEMBERSHIP = Rule(
    N_("the person concerned"),
    lambda actor, membership: actor.is_person and membership.account_id == actor.id,
    lambda actor: Membership.account_id == actor.id if actor.is_person else false(),
)
MEMBERSHIP_OFFICER = Rule(
    N_("partnership officers of the organisation"),
    lambda actor, membership: membership.organisation_id in actor.organisations_as(Role.OFFICER),
    lambda actor: Membership.organisation_id.in_(actor.organisations_as(Role.OFFICER)),
)
MEMBERSHIP_ADMIN = Rule(
    N_("administrators of the organisation"),
    lambda actor, membership: membership.organisation_id in actor.organisations_as(Role.ADMINISTRATOR),
    lambda actor: Membership.organisation_id.in_(actor.organisations_as(Role.ADMINISTRATOR)),
)
# Nobody confirms their own request; where an organisation has no administrator yet, the portal's stand in.
CONFIRM = (MEMBERSHIP_ADMIN | ADMIN) & ~OWN_MEMBERSHIP
ROLES_EDIT = MEMBERSHIP_ADMIN | ADMIN
MEMBERSHIP_READ = OWN_MEMBERSHIP | MEMBERSHIP_ADMIN | MEMBERSHIP_OFFICER | ADMIN
DESCRIBE = OWN_MEMBERSHIP

INVITED = Rule(
    N_("whoever has the address it was sent to"),
    lambda actor, invitation: actor.is_person and invitation.account_id == actor.id,
    lambda actor: Invitation.account_id == actor.id if actor.is_person else false(),
)
INVITING = Rule(
    N_("administrators of the organisation that invites"),
    lambda actor, invitation: invitation.organisation_id in actor.organisations_as(Role.ADMINISTRATOR),
    lambda actor: Invitation.organisation_id.in_(actor.organisations_as(Role.ADMINISTRATOR)),
)
INVITATION_READ = INVITED | INVITING


def reader_tokens(organisation: Organisation) -> tuple[str, ...]:
    """Whose tokens open it in the search: `FOUND` in its third form."""
    if organisation.state is OrganisationState.MERGED:
        return ()
    return ("public",) if organisation.is_verified else (f"org:{organisation.id}",)
