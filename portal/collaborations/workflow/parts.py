"""How milestones and deliverables move on."""

from portal.collaborations.events import DeliverableMoved, MilestoneMoved
from portal.collaborations.inputs import HandIn, NewDate
from portal.collaborations.models import Deliverable, HandedIn, Milestone
from portal.collaborations.policies import DELIVERABLE_OWES, DELIVERABLE_RECEIVES, MILESTONE_LEAD, MILESTONE_TEAM
from portal.collaborations.queries import hand_ins_of
from portal.collaborations.states import AHEAD, GIVEN, OWED
from portal.collaborations.states import CollaborationState as S
from portal.collaborations.states import DeliverableState as D
from portal.collaborations.states import MilestoneState as M
from portal.collaborations.workflow.effects import keep_reason, note_move
from portal.kernel import clock
from portal.kernel.errors import Invalid
from portal.kernel.inputs import Reason
from portal.kernel.states import member_of
from portal.kernel.text import N_
from portal.kernel.workflow import Step, T, Workflow


def is_running(step: Step) -> str | None:
    if step.thing.collaboration.state in (S.ACTIVE, S.CLOSING):
        return None
    return N_("The collaboration is not running.")


def has_begun(step: Step) -> str | None:
    if step.thing.collaboration.state in (S.ACTIVE, S.PAUSED, S.CLOSING):
        return None
    return N_("The work has not begun, or is over: a plan that nobody follows yet is simply changed.")


def keep_slip(step: Step) -> None:
    """The day it had, and why it could not be kept, stay readable."""
    milestone, due_on = step.thing, step.given.due_on
    if due_on <= milestone.due_on:
        raise Invalid("due_on", N_("Enter a later day than the one it had."))
    note_move(step.session, milestone, due_on, step.given.text, actor=step.actor)
    milestone.due_on, milestone.note = due_on, step.given.text


def stamp_done(step: Step) -> None:
    step.thing.done_at = clock.now()


def keep_hand_in(step: Step) -> None:
    deliverable = step.thing
    deliverable.handed_in, deliverable.evidence = step.given.text, step.given.evidence
    deliverable.submitted_at, deliverable.reviewer_id = clock.now(), None
    step.session.add(
        HandedIn(
            deliverable_id=deliverable.id,
            number=len(hand_ins_of(step.session, deliverable)) + 1,
            text=step.given.text,
            evidence=step.given.evidence,
            by_id=step.actor.id,
            at=clock.now(),
        )
    )


def take_up(step: Step) -> None:
    step.thing.reviewer_id = step.actor.id


def keep_answer(step: Step) -> None:
    """What was handed in last bears the answer it had; what is handed in next stands beside it."""
    for last in hand_ins_of(step.session, step.thing)[:1]:
        last.answer, last.note = member_of(D, step.row.target.value), step.given.text if step.given else ""
        last.answered_at, last.answered_by_id = clock.now(), step.actor.id


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
            "begin",
            N_("Begin"),
            (M.PLANNED, M.SLIPPED),
            M.IN_PROGRESS,
            MILESTONE_TEAM,
            MilestoneMoved,
            guards=(is_running,),
        ),
        T(
            "achieve",
            N_("Mark as achieved"),
            AHEAD,
            M.ACHIEVED,
            MILESTONE_TEAM,
            MilestoneMoved,
            guards=(is_running,),
            effects=(stamp_done,),
        ),
        T(
            "slip",
            N_("Move to a later date"),
            AHEAD,
            M.SLIPPED,
            MILESTONE_LEAD,
            MilestoneMoved,
            guards=(has_begun,),
            effects=(keep_slip,),
            takes=NewDate,
        ),
        T(
            "cancel",
            N_("Cancel the milestone"),
            AHEAD,
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
            OWED,
            D.SUBMITTED,
            DELIVERABLE_OWES,
            DeliverableMoved,
            guards=(is_running,),
            effects=(keep_hand_in,),
            takes=HandIn,
        ),
        T(
            "take_up",
            N_("Take up the review"),
            (D.SUBMITTED,),
            D.UNDER_REVIEW,
            DELIVERABLE_RECEIVES,
            DeliverableMoved,
            effects=(take_up,),
        ),
        T(
            "accept",
            N_("Accept"),
            GIVEN,
            D.ACCEPTED,
            DELIVERABLE_RECEIVES,
            DeliverableMoved,
            effects=(keep_answer, stamp_decision),
        ),
        T(
            "ask_changes",
            N_("Ask for changes"),
            GIVEN,
            D.REWORK,
            DELIVERABLE_RECEIVES,
            DeliverableMoved,
            effects=(keep_answer, stamp_decision),
            takes=Reason,
        ),
        T(
            "waive",
            N_("Waive"),
            OWED,
            D.WAIVED,
            DELIVERABLE_RECEIVES,
            DeliverableMoved,
            effects=(stamp_decision,),
            takes=Reason,
            risk=True,
        ),
    ),
)
