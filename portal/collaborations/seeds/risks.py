"""What may go wrong in the demonstration: three risks of each collaboration, one of which is assessed anew and one closed."""

import datetime as dt

from portal.collaborations.actions import raise_risk, review_risk
from portal.collaborations.inputs import Assessed, RiskEntry
from portal.collaborations.models import Collaboration, Risk
from portal.collaborations.states import CollaborationState, RiskState
from portal.collaborations.workflow import RISK_FLOW
from portal.kernel import clock
from portal.kernel.inputs import Reason
from portal.kernel.policy import Actor
from portal.kernel.seeding import Stage

_RISKS = (
    (
        *("The doctoral student leaves before the end", 3, 5),
        *("The measurements stop and what was learnt goes with them.", "Two people run the test bench; protocols are written."),
    ),
    (
        *("The sensors come late", 4, 3),
        *("The winter campaign begins a month later.", "Ordered from two suppliers; the older ones stay in use until then."),
    ),
    (
        *("Operating data cannot be shared", 2, 2),
        *("The comparison rests on laboratory data alone.", "The contract names what may be shared, and with whom."),
    ),
)
_WHY = "A second person learnt the test bench; should somebody leave, we lose weeks, not months."
_WORSE = "One supplier cancelled. The other promises a date and has broken one before."
_BETTER = "Half of them are here and work; the campaign can begin with those."


def watch(stage: Stage, collaboration: Collaboration, leads: tuple[Actor, Actor]) -> None:
    """The leads raise them at the start, and look at them again as long as the work goes on."""
    risks = []
    for number, (title, likelihood, impact, text, mitigation) in enumerate(_RISKS):
        owner, review_on = leads[number % 2], clock.today() + dt.timedelta(days=120)
        entry = RiskEntry(title, owner.id or 0, likelihood, impact, review_on, text, mitigation)
        risks.append((raise_risk(stage.session, collaboration, entry, actor=owner), owner))
    (leaving, host), (late, partner), (data, _) = risks
    stage.later(60, lambda: _review(stage, leaving, 2, 4, _WHY, host))
    likelihood, impact, why = (4, 4, _WORSE) if collaboration.id % 2 else (2, 3, _BETTER)
    stage.later(45, lambda: _review(stage, late, likelihood, impact, why, partner))
    if collaboration.id % 3 == 0:
        stage.later(90, lambda: _close(stage, data, leads[0]))


def _review(stage: Stage, risk: Risk, likelihood: int, impact: int, why: str, owner: Actor) -> None:
    if risk.collaboration.state is CollaborationState.ACTIVE and risk.owner_id == owner.id:
        review_on = clock.today() + dt.timedelta(days=100)
        review_risk(stage.session, risk, Assessed(likelihood, impact, review_on, why), actor=owner)


def _close(stage: Stage, risk: Risk, lead: Actor) -> None:
    if risk.state is RiskState.OPEN and risk.collaboration.host_lead_id == lead.id:
        RISK_FLOW.perform(stage.session, risk, "rule_out", actor=lead, given=Reason("The data protection officers agreed."))
