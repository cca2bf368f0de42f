"""How a document is locked as final, unlocked and removed."""

from portal.collaborations.events import DocumentMoved
from portal.collaborations.models import Document
from portal.collaborations.policies import DOCUMENT_KEEPS
from portal.collaborations.states import DocumentState as D
from portal.collaborations.workflow.effects import keep_reason
from portal.files.actions import discard_all
from portal.kernel import clock
from portal.kernel.inputs import Reason
from portal.kernel.text import N_
from portal.kernel.workflow import Step, T, Workflow


def stamp_move(step: Step) -> None:
    step.thing.moved_at, step.thing.moved_by_id = clock.now(), step.actor.id


def forget_reason(step: Step) -> None:
    step.thing.note = ""


def discard_versions(step: Step) -> None:
    """None of them is served from now on."""
    discard_all(step.session, Document.__tablename__, step.thing.id)


DOCUMENT_FLOW = Workflow(
    of=Document,
    start=D.OPEN,
    ends=(D.REMOVED,),
    table=(
        T(
            "lock",
            N_("Lock as final"),
            (D.OPEN,),
            D.FINAL,
            DOCUMENT_KEEPS,
            DocumentMoved,
            effects=(stamp_move, forget_reason),
        ),
        T(
            "unlock",
            N_("Unlock"),
            (D.FINAL,),
            D.OPEN,
            DOCUMENT_KEEPS,
            DocumentMoved,
            effects=(stamp_move, keep_reason),
            takes=Reason,
        ),
        T(
            "remove",
            N_("Remove the document"),
            (D.OPEN,),
            D.REMOVED,
            DOCUMENT_KEEPS,
            DocumentMoved,
            effects=(stamp_move, keep_reason, discard_versions),
            takes=Reason,
            risk=True,
        ),
    ),
)
