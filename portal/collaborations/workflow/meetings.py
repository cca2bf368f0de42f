"""How a meeting comes to confirmed minutes, and how what was agreed is settled."""

from portal.collaborations.events import ActionMoved, MeetingMoved
from portal.collaborations.inputs import Word
from portal.collaborations.models import Meeting, MeetingAction
from portal.collaborations.policies import MEETING_ACTION_SETTLES, MEETING_CONFIRMS, MEETING_KEEPS
from portal.collaborations.states import ActionState as A
from portal.collaborations.states import MeetingState as M
from portal.collaborations.workflow.effects import keep_reason
from portal.kernel import clock
from portal.kernel.inputs import Reason
from portal.kernel.text import N_
from portal.kernel.workflow import Step, T, Workflow


def has_begun(step: Step) -> str | None:
    return None if step.thing.starts_at <= clock.now() else N_("This meeting is still to come.")


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
            "confirm",
            N_("Confirm the minutes"),
            (M.HELD,),
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
