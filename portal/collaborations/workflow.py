"""How a collaboration runs to its close, and how its milestones and deliverables move on."""

from portal.collaborations.events import CollaborationMoved, DeliverableMoved, MilestoneMoved
from portal.collaborations.inputs import HandIn
from portal.collaborations.models import Collaboration, Deliverable, Milestone
from portal.collaborations.policies import (
    DELIVERABLE_OWES,
    DELIVERABLE_RECEIVES,
    HOST_LEAD,
    LEAD,
    MILESTONE_LEAD,
    OFFICER,
)
from portal.collaborations.states import CollaborationState as S
from portal.collaborations.states import DeliverableState as D
from portal.collaborations.states import MilestoneState as M
from portal.kernel import clock
from portal.kernel.inputs import Reason
from portal.kernel.text import N_, Words
from portal.kernel.workflow import Step, T, Workflow


def has_plan(step: Step) -> str | None:
    return None if step.thing.deliverables else N_("Add at least one deliverable first.")


def has_nothing_open(step: Step) -> Words | None:
    """Close-out cannot finish with open parts, unless each is waived or cancelled by name."""
    collaboration = step.thing
    left = [d.title for d in collaboration.deliverables if d.state not in (D.ACCEPTED, D.WAIVED)]
    left += [m.title for m in collaboration.milestones if m.state is M.PLANNED]
    if left:
        return Words(N_("Still open: %(parts)s. Accept, waive or cancel each first."), {"parts": ", ".join(left)})
    return None


def is_running(step: Step) -> str | None:
    if step.thing.collaboration.state in (S.ACTIVE, S.CLOSING):
        return None
    return N_("The collaboration is not running.")


def stamp_start(step: Step) -> None:
    step.thing.started_at = step.thing.started_at or clock.now()
    step.thing.note = ""


def stamp_end(step: Step) -> None:
    step.thing.ended_at = clock.now()


def keep_reason(step: Step) -> None:
    step.thing.note = step.given.text


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


COLLABORATION_FLOW = Workflow(
    of=Collaboration,
    start=S.PLANNED,
    ends=(S.CLOSED, S.TERMINATED),
    table=(
        T(
            "start",
            N_("Start the work"),
            (S.PLANNED,),
            S.ACTIVE,
            LEAD,
            CollaborationMoved,
            guards=(has_plan,),
            effects=(stamp_start,),
        ),
        T(
            "pause",
            N_("Put on hold"),
            (S.ACTIVE,),
            S.PAUSED,
            LEAD,
            CollaborationMoved,
            effects=(keep_reason,),
            takes=Reason,
        ),
        T("resume", N_("Go on"), (S.PAUSED,), S.ACTIVE, LEAD, CollaborationMoved, effects=(stamp_start,)),
        T("begin_closing", N_("Begin closing"), (S.ACTIVE,), S.CLOSING, LEAD, CollaborationMoved),
        T("reopen", N_("Back to work"), (S.CLOSING,), S.ACTIVE, LEAD, CollaborationMoved),
        T(
            "close",
            N_("Close"),
            (S.CLOSING,),
            S.CLOSED,
            HOST_LEAD,
            CollaborationMoved,
            guards=(has_nothing_open,),
            effects=(stamp_end,),
        ),
        T(
            "terminate",
            N_("End early"),
            (S.PLANNED, S.ACTIVE, S.PAUSED, S.CLOSING),
            S.TERMINATED,
            OFFICER,
            CollaborationMoved,
            effects=(keep_reason, stamp_end),
            takes=Reason,
            risk=True,
        ),
    ),
)

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
