"""Who records, shows and confirms what came of the work. No side confirms what it reported itself."""

from typing import Any

from sqlalchemy import and_, false, or_, select

from portal.collaborations.models import Collaboration, Outcome
from portal.collaborations.policies.people import MEMBER
from portal.collaborations.policies.work import INSIDE, LEAD, SEES, of_part
from portal.collaborations.states import OutcomeState
from portal.kernel.policy import Actor, Rule
from portal.kernel.text import N_


def _lead_of(says: str, *, own: bool) -> Rule:
    """The lead of the side that reported an outcome – or of the other."""

    def holds(actor: Actor, outcome: Outcome) -> bool:
        work = outcome.collaboration
        leads_host = (outcome.side_id == work.host_id) is own
        return actor.is_person and actor.id == (work.host_lead_id if leads_host else work.partner_lead_id)

    def where(actor: Actor) -> Any:
        if not actor.is_person:
            return false()
        of_host, of_partner = Outcome.side_id == Collaboration.host_id, Outcome.side_id != Collaboration.host_id
        as_host, as_partner = Collaboration.host_lead_id == actor.id, Collaboration.partner_lead_id == actor.id
        theirs = (and_(of_host, as_host), and_(of_partner, as_partner))
        others = (and_(of_partner, as_host), and_(of_host, as_partner))
        return Outcome.collaboration_id.in_(select(Collaboration.id).where(or_(*(theirs if own else others))))

    return Rule(says, holds, where)


_RECORDER = Rule(
    N_("whoever recorded it"),
    lambda actor, outcome: actor.is_person and outcome.recorded_by_id == actor.id,
    lambda actor: Outcome.recorded_by_id == actor.id if actor.is_person else false(),
)
_STANDS = Rule(
    N_("as long as it is not withdrawn"),
    lambda _actor, outcome: outcome.state is not OutcomeState.WITHDRAWN,
    lambda _actor: Outcome._state != OutcomeState.WITHDRAWN,
)
_OWN_LEAD = _lead_of(N_("the lead of the side that reported it"), own=True)
OUTCOME_RECORDS = LEAD | MEMBER
OUTCOME_READ = of_part(Outcome, SEES)
OUTCOME_OWNS = _OWN_LEAD | (of_part(Outcome, INSIDE) & _RECORDER)
OUTCOME_SHOWS = OUTCOME_OWNS & _STANDS
# Somebody may have changed sides since: whoever recorded it has said so once already.
OUTCOME_CONFIRMS = _lead_of(N_("the lead of the other side"), own=False) & ~_OWN_LEAD & ~_RECORDER
