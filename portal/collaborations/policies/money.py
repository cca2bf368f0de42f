"""Who claims, who checks, who pays. Nobody looks at a claim of their own."""

from sqlalchemy import false

from portal.collaborations.models import Claim, Collaboration, Contribution
from portal.collaborations.policies.work import HOST_LEAD, PARTNER_LEAD, READ, of_part
from portal.kernel.policy import Role, Rule
from portal.kernel.text import N_

_HOST_OFFICER = Rule(
    N_("partnership officers of the host"),
    lambda actor, thing: thing.host_id in actor.organisations_as(Role.OFFICER),
    lambda actor: Collaboration.host_id.in_(actor.organisations_as(Role.OFFICER)),
)
_CLAIMANT = Rule(
    N_("whoever wrote the claim"),
    lambda actor, claim: actor.is_person and claim.by_id == actor.id,
    lambda actor: Claim.by_id == actor.id if actor.is_person else false(),
)
_SENT = Rule(
    N_("once it was submitted"),
    lambda _actor, claim: claim.submitted_at is not None,
    lambda _actor: Claim.submitted_at.is_not(None),
)
CONTRIBUTION_READ = of_part(Contribution, READ)
CLAIM_OWNS = of_part(Claim, PARTNER_LEAD)
CLAIM_READ = of_part(Claim, READ) & (CLAIM_OWNS | _SENT)
CLAIM_CHECKS_WORK = of_part(Claim, HOST_LEAD) & ~_CLAIMANT
CLAIM_CHECKS_SUMS = of_part(Claim, _HOST_OFFICER) & ~_CLAIMANT
CLAIM_DECIDES = of_part(Claim, HOST_LEAD | _HOST_OFFICER) & ~_CLAIMANT
