"""Who may read what people say about themselves."""

from sqlalchemy import false, select

from portal.accounts.models import User
from portal.kernel.policy import Rule
from portal.kernel.text import N_
from portal.organisations.models import Membership
from portal.organisations.states import MembershipState
from portal.people.models import Profile

OWN = Rule(
    N_("the person concerned"),
    lambda actor, profile: actor.is_person and profile.id == actor.id,
    lambda actor: Profile.id == actor.id if actor.is_person else false(),
)
ACTIVE = Rule(
    N_("while the account is active"),
    lambda actor, profile: profile.account.active,
    lambda actor: Profile.id.in_(select(User.id).where(User.active)),
)
LISTED = Rule(
    N_("anyone, where the person agreed to stand in the directory"),
    lambda actor, profile: profile.listed,
    lambda actor: Profile.listed.is_(True),
)
COLLEAGUE = Rule(
    N_("members of an organisation the person belongs to"),
    lambda actor, profile: any(each.organisation_id in actor.organisations for each in profile.memberships),
    lambda actor: Profile.id.in_(
        select(Membership.account_id).where(
            Membership._state == MembershipState.ACTIVE, Membership.organisation_id.in_(actor.organisations)
        )
    ),
)
FINDABLE = LISTED & ACTIVE
READ = OWN | ((LISTED | COLLEAGUE) & ACTIVE)
EDIT = OWN


def reader_tokens(profile: Profile) -> tuple[str, ...]:
    """Whose tokens open it in the search: `FINDABLE` in its third form."""
    return ("public",) if profile.listed and profile.account.active else ()
