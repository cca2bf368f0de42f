"""How milestones and deliverables move on."""

from portal.collaborations.events import DeliverableMoved, MilestoneMoved
from portal.collaborations.inputs import HandIn
from portal.collaborations.models import Deliverable, Milestone
from portal.collaborations.policies import DELIVERABLE_OWES, DELIVERABLE_RECEIVES, MILESTONE_LEAD
from portal.collaborations.states import CollaborationState as S
from portal.collaborations.states import DeliverableState as D
from portal.collaborations.states import MilestoneState as M
from portal.collaborations.workflow.effects import keep_reason
from portal.kernel import clock
from portal.kernel.inputs import Reason
from portal.kernel.text import N_
from portal.kernel.workflow import Step, T, Workflow


def is_running(step: Step) -> str | None:
    if step.thing.collaboration.state in (S.ACTIVE, S.CLOSING):
        return None
    return N_("The collaboration is not running.")


def stamp_done(step: Step) -> None:
    step.thing.done_at = clock.now()


def keep_hand_in(step: Step) -> None:
    deliverable = step.thing
    deliverable.handed_in, deliverable.evidence = step.given.text, step.given.evidence
    deliverable.submitted_at = clock.now()


def stamp_decision(step: Step) -> None:
    deliverable = step.thing
    deliverable.decided_at, deliverable.decided_by_id = clock.now(), step.actor.id
    deliverable.note = step.given.text if step.given else ""


MILESTONE_FLOW = Workflow(
    of=Milestone,
    start=M.PLANNED,
    ends=(M.ACHIEVED, M.CANCELLED),
    table=(
        T(
            "achieve",
            N_("Mark as achieved"),
            (M.PLANNED,),
            M.ACHIEVED,
            MILESTONE_LEAD,
            MilestoneMoved,
            guards=(is_running,),
            effects=(stamp_done,),
        ),
        T(
            "cancel",
            N_("Cancel the milestone"),
            (M.PLANNED,),
            M.CANCELLED,
            MILESTONE_LEAD,
            MilestoneMoved,
            effects=(keep_reason,),
            takes=Reason,
            risk=True,
        ),
    ),
)

DELIVERABLE_FLOW = Workflow(
    of=Deliverable,
    start=D.DUE,
    ends=(D.ACCEPTED, D.WAIVED),
    table=(
        T(
            "hand_in",
            N_("Hand in"),
            (D.DUE, D.REWORK),
            D.SUBMITTED,
            DELIVERABLE_OWES,
            DeliverableMoved,
            guards=(is_running,),
            effects=(keep_hand_in,),
            takes=HandIn,
        ),
        T(
            "accept",
            N_("Accept"),
            (D.SUBMITTED,),
            D.ACCEPTED,
            DELIVERABLE_RECEIVES,
            DeliverableMoved,
            effects=(stamp_decision,),
        ),
        T(
            "ask_changes",
            N_("Ask for changes"),
            (D.SUBMITTED,),
            D.REWORK,
            DELIVERABLE_RECEIVES,
            DeliverableMoved,
            effects=(stamp_decision,),
            takes=Reason,
        ),
        T(
            "waive",
            N_("Waive"),
            (D.DUE, D.REWORK),
            D.WAIVED,
            DELIVERABLE_RECEIVES,
            DeliverableMoved,
            effects=(stamp_decision,),
            takes=Reason,
            risk=True,
        ),
    ),
)
