"""How a slot is filled."""

from dataclasses import dataclass

from sqlalchemy import bindparam, exists, literal, select, union_all

from portal.approvals.events import ApprovalGiven, ApprovalKept, ApprovalReturned, ApprovalVoided
from portal.approvals.models import Approval
from portal.approvals.policies import APPROVER
from portal.approvals.states import ApprovalState as S
from portal.kernel import clock
from portal.kernel.events import Event
from portal.kernel.inputs import Reason, passage
from portal.kernel.policy import SYSTEM
from portal.kernel.prepared import Question
from portal.kernel.text import N_
from portal.kernel.workflow import Step, T, Workflow


@dataclass(frozen=True)
class Consent:
    """What an officer may add to an approval: a condition, or nothing."""

    text: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", passage("text", self.text, most=2000, required=False))


_IN_THE_WAY = Question(
    union_all(
        select(literal("slot").label("what")).where(
            Approval.subject_type == bindparam("subject_type"),
            Approval.subject_id == bindparam("subject_id"),
            Approval.number == bindparam("number"),
            Approval.id != bindparam("id"),
            Approval.decided_by_id == bindparam("me"),
        ),
        select(literal("text").label("what")).where(
            exists().where(
                Event.subject_type == bindparam("subject_type"),
                Event.subject_id == bindparam("subject_id"),
                Event.kind == bindparam("edited"),
                Event.actor_id == bindparam("me"),
            )
        ),
    )
)


def stands_apart(step: Step) -> str | None:
    """One person cannot speak for both sides, nor twice for one – nor for what they wrote on before they came to this office.

    Whatever is approved records each time that somebody wrote on it as `<its name>.edited`.
    """
    slot = step.thing
    of_it = {"subject_type": slot.subject_type, "subject_id": slot.subject_id, "number": slot.number}
    step.session.flush()
    rows = _IN_THE_WAY.rows(step.session, **of_it, id=slot.id, me=step.actor.id, edited=f"{slot.subject_type}.edited")
    found = {row.what for row in rows}
    if "slot" in found:
        return N_("You have already decided for the other side: somebody else must fill this slot.")
    return N_("You wrote on this yourself: another officer of your side must fill this slot.") if "text" in found else None


def stamp(step: Step) -> None:
    slot = step.thing
    slot.decided_by_id, slot.decided_at = step.actor.id, clock.now()
    slot.note = step.given.text if step.given else ""


def is_untouched(step: Step) -> str | None:
    """Only what was approved before goes on, and only if nothing of it changed since."""
    slot = step.thing
    return N_("What this approval covers was changed.") if slot.given_for is None or slot.touched else None


APPROVAL_FLOW = Workflow(
    of=Approval,
    start=S.OPEN,
    ends=(S.APPROVED, S.RETURNED, S.VOID),
    table=(
        T(
            "approve",
            N_("Approve"),
            (S.OPEN,),
            S.APPROVED,
            APPROVER,
            ApprovalGiven,
            guards=(stands_apart,),
            effects=(stamp,),
            takes=Consent,
        ),
        T(
            "return",
            N_("Send back"),
            (S.OPEN,),
            S.RETURNED,
            APPROVER,
            ApprovalReturned,
            guards=(stands_apart,),
            effects=(stamp,),
            takes=Reason,
            risk=True,
        ),
        T("keep", N_("Let an earlier approval go on"), (S.OPEN,), S.APPROVED, SYSTEM, ApprovalKept, guards=(is_untouched,)),
        T("void", N_("Set aside"), (S.OPEN, S.APPROVED), S.VOID, SYSTEM, ApprovalVoided),
    ),
)
