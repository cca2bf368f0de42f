"""How an item of the set-up or closing list is settled."""

from portal.collaborations.events import CheckItemMoved
from portal.collaborations.inputs import Settled
from portal.collaborations.models import CheckItem
from portal.collaborations.policies import ITEM_OWES, ITEM_WAIVES
from portal.collaborations.states import Checklist, CollaborationState, ItemKind
from portal.collaborations.states import ItemState as I
from portal.collaborations.workflow.effects import keep_reason
from portal.kernel import clock, inputs
from portal.kernel.errors import Invalid
from portal.kernel.inputs import Reason
from portal.kernel.text import N_
from portal.kernel.workflow import Step, T, Workflow

_OPEN_WHILE = {Checklist.SET_UP: CollaborationState.PLANNED, Checklist.CLOSING: CollaborationState.CLOSING}


def is_in_force(step: Step) -> str | None:
    item = step.thing
    if item.collaboration.state is _OPEN_WHILE[item.checklist]:
        return None
    return N_("This list is closed: the collaboration has moved on.")


def stamp_settled(step: Step) -> None:
    step.thing.settled_at, step.thing.settled_by_id = clock.now(), step.actor.id


def keep_detail(step: Step) -> None:
    """Of what has to be settled before the start, something can always be said: a number, a name, a day."""
    item, detail = step.thing, step.given.detail
    if item.kind is ItemKind.KICK_OFF:
        detail = str(inputs.day("detail", detail))
    elif item.checklist is Checklist.SET_UP and item.kind is not ItemKind.OWN and not detail:
        raise Invalid("detail", N_("Enter the number, the names or where it can be found."))
    item.detail, item.note = detail, ""


def forget_settled(step: Step) -> None:
    item = step.thing
    item.settled_at = item.settled_by_id = None
    item.detail = item.note = ""


CHECK_ITEM_FLOW = Workflow(
    of=CheckItem,
    start=I.OPEN,
    table=(
        T(
            "settle",
            N_("Settle"),
            (I.OPEN,),
            I.DONE,
            ITEM_OWES,
            CheckItemMoved,
            guards=(is_in_force,),
            effects=(keep_detail, stamp_settled),
            takes=Settled,
        ),
        T(
            "waive",
            N_("Waive"),
            (I.OPEN,),
            I.WAIVED,
            ITEM_WAIVES,
            CheckItemMoved,
            guards=(is_in_force,),
            effects=(keep_reason, stamp_settled),
            takes=Reason,
            risk=True,
        ),
        T(
            "open_again",
            N_("Open again"),
            (I.DONE, I.WAIVED),
            I.OPEN,
            ITEM_OWES,
            CheckItemMoved,
            guards=(is_in_force,),
            effects=(forget_settled,),
        ),
    ),
)
