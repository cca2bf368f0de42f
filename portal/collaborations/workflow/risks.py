"""How a risk is closed, always with a word, and opened again."""

from portal.collaborations.events import RiskMoved
from portal.collaborations.models import Risk
from portal.collaborations.policies import RISK_KEEPS
from portal.collaborations.states import RiskState as R
from portal.collaborations.workflow.effects import keep_reason
from portal.collaborations.workflow.people import OVER
from portal.kernel import clock
from portal.kernel.inputs import Reason
from portal.kernel.text import N_
from portal.kernel.workflow import Step, T, Workflow


def is_going_on(step: Step) -> str | None:
    return N_("This collaboration is over.") if step.thing.collaboration.state in OVER else None


def stamp_closed(step: Step) -> None:
    step.thing.closed_at, step.thing.closed_by_id = clock.now(), step.actor.id


def forget_closed(step: Step) -> None:
    step.thing.closed_at = step.thing.closed_by_id = None


def _closing(action: str, label: str, target: R) -> T:
    effects = (keep_reason, stamp_closed)
    return T(action, label, (R.OPEN,), target, RISK_KEEPS, RiskMoved, effects=effects, takes=Reason)


RISK_FLOW = Workflow(
    of=Risk,
    start=R.OPEN,
    table=(
        _closing("occur", N_("It occurred"), R.OCCURRED),
        _closing("rule_out", N_("It is no longer possible"), R.GONE),
        _closing("accept", N_("Accept it as it is"), R.ACCEPTED),
        T(
            "reopen",
            N_("Open it again"),
            (R.OCCURRED, R.GONE, R.ACCEPTED),
            R.OPEN,
            RISK_KEEPS,
            RiskMoved,
            guards=(is_going_on,),
            effects=(keep_reason, forget_closed),
            takes=Reason,
        ),
    ),
)
