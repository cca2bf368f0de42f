"""How a collaboration runs from its set-up to its close."""

from portal.collaborations.events import CollaborationMoved
from portal.collaborations.models import Collaboration
from portal.collaborations.policies import HOST_LEAD, LEAD, OFFICER
from portal.collaborations.queries import items_of, items_open, left_to_close
from portal.collaborations.states import AHEAD, Checklist
from portal.collaborations.states import CollaborationState as S
from portal.collaborations.states import DeliverableState as D
from portal.collaborations.workflow.checklists import closing_list
from portal.collaborations.workflow.effects import keep_reason
from portal.kernel import clock
from portal.kernel.inputs import Reason
from portal.kernel.policy import SYSTEM
from portal.kernel.text import N_, Words
from portal.kernel.workflow import Step, T, Workflow


def has_plan(step: Step) -> str | None:
    return None if step.thing.deliverables else N_("Add at least one deliverable first.")


def has_set_up(step: Step) -> Words | None:
    left = items_open(step.session, step.thing, Checklist.SET_UP)
    return Words(N_("Still open in the set-up list: %(n)s. Settle or waive each by name first."), {"n": left}) if left else None


def has_nothing_open(step: Step) -> Words | None:
    """Close-out cannot finish with open parts, unless each is waived or cancelled by name."""
    collaboration = step.thing
    left = [d.title for d in collaboration.deliverables if d.state not in (D.ACCEPTED, D.WAIVED)]
    left += [m.title for m in collaboration.milestones if m.state in AHEAD]
    if left:
        return Words(N_("Still open: %(parts)s. Accept, waive or cancel each first."), {"parts": ", ".join(left)})
    open_ = left_to_close(step.session, collaboration)
    if open_.reports:
        return Words(N_("Reports still open: %(n)s. Accept or skip each first."), {"n": open_.reports})
    if open_.claims:
        return Words(N_("Claims that are not settled: %(n)s. Pay, decline or waive each by name first."), {"n": open_.claims})
    if open_.items:
        return Words(N_("Still open in the closing list: %(n)s. Settle or waive each by name first."), {"n": open_.items})
    return None


def stamp_start(step: Step) -> None:
    step.thing.started_at = step.thing.started_at or clock.now()
    step.thing.note = ""


def stamp_end(step: Step) -> None:
    step.thing.ended_at = clock.now()


def open_closing_list(step: Step) -> None:
    """Once: what was settled before the work was taken up again stays settled."""
    collaboration = step.thing
    if items_of(step.session, collaboration, Checklist.CLOSING):
        return
    step.session.add_all(closing_list(collaboration))


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
            guards=(has_plan, has_set_up),
            effects=(stamp_start,),
        ),
        T(
            "pause",
            N_("Put on hold"),
            (S.ACTIVE,),
            S.PAUSED,
            SYSTEM,
            CollaborationMoved,
            effects=(keep_reason,),
            takes=Reason,
        ),
        T("resume", N_("Go on"), (S.PAUSED,), S.ACTIVE, LEAD, CollaborationMoved, effects=(stamp_start,)),
        T(
            "begin_closing",
            N_("Begin closing"),
            (S.ACTIVE,),
            S.CLOSING,
            LEAD,
            CollaborationMoved,
            effects=(open_closing_list,),
        ),
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
            "end_agreed",
            N_("End early by agreement"),
            (S.ACTIVE, S.PAUSED, S.CLOSING),
            S.TERMINATED,
            SYSTEM,
            CollaborationMoved,
            effects=(keep_reason, stamp_end),
            takes=Reason,
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
