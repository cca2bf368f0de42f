"""Who records, shows and confirms what came of the work. No side confirms what it reported itself."""

from typing import Any

from sqlalchemy import and_, false, or_, select

from portal.collaborations.models import Collaboration, Outcome
from portal.collaborations.policies.people import MEMBER
from portal.collaborations.policies.work import INSIDE, LEAD, OFFICER, RELEASED, SEES, of_part
from portal.collaborations.states import OutcomeState
from portal.kernel.policy import VISITOR, Actor, Rule
from portal.kernel.text import N_
from portal.organisations.models import Organisation
from portal.organisations.policies import VERIFIED


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
_BOTH_SHOW = Rule(
    N_("anyone, once both sides confirmed it and let everybody know"),
    lambda _actor, outcome: outcome.is_shown,
    lambda _actor: and_(
        Outcome._state == OutcomeState.CONFIRMED, Outcome.host_shown_at.is_not(None), Outcome.partner_shown_at.is_not(None)
    ),
)
_SIDES_ARE_KNOWN = Rule(
    N_("while both organisations are verified"),
    lambda _actor, outcome: outcome.collaboration.host.is_verified and outcome.collaboration.organisation.is_verified,
    lambda actor: Outcome.collaboration_id.in_(
        select(Collaboration.id).where(
            Collaboration.host_id.in_(_verified(actor)), Collaboration.organisation_id.in_(_verified(actor))
        )
    ),
)


def _verified(actor: Actor) -> Any:
    return select(Organisation.id).where(VERIFIED.where(actor))


# The public knows of it, by title, kind, identifier and address; its versions and what shows it stay with those who take part.
OUTCOME_PUBLIC = _BOTH_SHOW & of_part(Outcome, RELEASED) & _SIDES_ARE_KNOWN
OUTCOME_RELEASES = of_part(Outcome, OFFICER)
OUTCOME_RECORDS = LEAD | MEMBER
OUTCOME_READ = of_part(Outcome, SEES)
OUTCOME_OWNS = _OWN_LEAD | (of_part(Outcome, INSIDE) & _RECORDER)
OUTCOME_SHOWS = OUTCOME_OWNS & _STANDS
# Somebody may have changed sides since: whoever recorded it has said so once already.
OUTCOME_CONFIRMS = _lead_of(N_("the lead of the other side"), own=False) & ~_OWN_LEAD & ~_RECORDER


def outcome_tokens(outcome: Outcome) -> tuple[str, ...]:
    """Whose tokens open it in the search: `OUTCOME_PUBLIC` in its third form."""
    return ("public",) if OUTCOME_PUBLIC.holds(VISITOR, outcome) else ()
