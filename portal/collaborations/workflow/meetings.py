"""How a meeting comes to confirmed minutes, and how what was agreed is settled."""

from portal.collaborations.events import ActionMoved, MeetingMoved, MinutesWritten
from portal.collaborations.inputs import Word
from portal.collaborations.models import Meeting, MeetingAction
from portal.collaborations.policies import MEETING_ACTION_SETTLES, MEETING_CONFIRMS, MEETING_KEEPS
from portal.collaborations.queries import minutes_of
from portal.collaborations.states import ActionState as A
from portal.collaborations.states import MeetingState as M
from portal.collaborations.workflow.effects import keep_reason
from portal.kernel import clock
from portal.kernel.inputs import Reason
from portal.kernel.text import N_
from portal.kernel.workflow import Step, T, Workflow


def has_begun(step: Step) -> str | None:
    return None if step.thing.starts_at <= clock.now() else N_("This meeting is still to come.")


def keep_objection(step: Step) -> None:
    """On the version that was objected to; what is written next stands beside it."""
    step.thing.objected_number = step.thing.minutes_number
    for last in minutes_of(step.session, step.thing)[:1]:
        last.objection, last.objected_at, last.objected_by_id = step.given.text, clock.now(), step.actor.id


def has_new_version(step: Step) -> str | None:
    answered = step.thing.minutes_number > step.thing.objected_number
    return None if answered else N_("Write a new version of the minutes: that answers the objection.")


def stamp_confirmed(step: Step) -> None:
    step.thing.confirmed_at, step.thing.confirmed_by_id = clock.now(), step.actor.id


def stamp_settled(step: Step) -> None:
    step.thing.settled_at, step.thing.settled_by_id = clock.now(), step.actor.id


def forget_settled(step: Step) -> None:
    step.thing.settled_at = step.thing.settled_by_id = None
    step.thing.note = ""


MEETING_FLOW = Workflow(
    of=Meeting,
    start=M.PLANNED,
    ends=(M.CONFIRMED, M.CANCELLED),
    table=(
        T("hold", N_("Mark as held"), (M.PLANNED,), M.HELD, MEETING_KEEPS, MeetingMoved, guards=(has_begun,)),
        T(
            "cancel",
            N_("Cancel the meeting"),
            (M.PLANNED,),
            M.CANCELLED,
            MEETING_KEEPS,
            MeetingMoved,
            effects=(keep_reason,),
            takes=Reason,
            risk=True,
        ),
        T(
            "object",
            N_("Object to the minutes"),
            (M.HELD,),
            M.OBJECTED,
            MEETING_CONFIRMS,
            MeetingMoved,
            effects=(keep_objection,),
            takes=Reason,
            risk=True,
        ),
        T(
            "answer",
            N_("Answer the objection"),
            (M.OBJECTED,),
            M.HELD,
            MEETING_KEEPS,
            MinutesWritten,
            guards=(has_new_version,),
        ),
        T(
            "confirm",
            N_("Confirm the minutes"),
            (M.HELD, M.OBJECTED),
            M.CONFIRMED,
            MEETING_CONFIRMS,
            MeetingMoved,
            effects=(stamp_confirmed,),
        ),
    ),
)

MEETING_ACTION_FLOW = Workflow(
    of=MeetingAction,
    start=A.OPEN,
    table=(
        T(
            "done",
            N_("Done"),
            (A.OPEN,),
            A.DONE,
            MEETING_ACTION_SETTLES,
            ActionMoved,
            effects=(keep_reason, stamp_settled),
            takes=Word,
        ),
        T(
            "drop",
            N_("Drop it"),
            (A.OPEN,),
            A.DROPPED,
            MEETING_ACTION_SETTLES,
            ActionMoved,
            effects=(keep_reason, stamp_settled),
            takes=Reason,
            risk=True,
        ),
        T(
            "reopen",
            N_("Open it again"),
            (A.DONE, A.DROPPED),
            A.OPEN,
            MEETING_ACTION_SETTLES,
            ActionMoved,
            effects=(forget_settled,),
        ),
    ),
)
