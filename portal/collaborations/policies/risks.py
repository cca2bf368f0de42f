"""Who reads of risks, and who answers for one."""

from sqlalchemy import false

from portal.collaborations.models import Risk
from portal.collaborations.policies.work import INSIDE, LEAD, of_part
from portal.kernel.policy import Rule
from portal.kernel.text import N_

_OWNER = Rule(
    N_("whoever watches the risk"),
    lambda actor, risk: actor.is_person and risk.owner_id == actor.id,
    lambda actor: Risk.owner_id == actor.id if actor.is_person else false(),
)
RISK_READ = of_part(Risk, INSIDE)
RISK_KEEPS = (RISK_READ & _OWNER) | of_part(Risk, LEAD)
