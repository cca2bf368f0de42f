"""How the lists are settled in the demonstration, and what leads say of the work."""

import datetime as dt

from portal.collaborations.actions import judge_health
from portal.collaborations.inputs import Judgement, Settled
from portal.collaborations.models import Collaboration
from portal.collaborations.queries import items_of
from portal.collaborations.states import Checklist, Health, ItemKind, ItemState
from portal.collaborations.workflow import CHECK_ITEM_FLOW
from portal.kernel import clock
from portal.kernel.inputs import Reason
from portal.kernel.policy import Actor
from portal.kernel.seeding import Stage

_DAYS_TO_KICK_OFF = 10
_JUDGEMENTS = (
    (Health.GREEN, "The data arrive as agreed and the first results hold."),
    (Health.AMBER, "Two sensors were replaced; we are about three weeks behind. A second technician on site would help."),
    (Health.GREEN, "We caught up during the summer."),
)


def settle(stage: Stage, collaboration: Collaboration, checklist: Checklist, leads: tuple[Actor, Actor]) -> None:
    """Each side settles what is its own; where there is no need of an ethics committee, that is waived."""
    for item in items_of(stage.session, collaboration, checklist):
        if item.state is not ItemState.OPEN:
            continue
        lead = leads[0] if item.side_id == collaboration.host_id else leads[1]
        if item.kind is ItemKind.ETHICS and stage.random.random() < 0.5:
            reason = Reason("No people and no personal data are concerned.")
            CHECK_ITEM_FLOW.perform(stage.session, item, "waive", actor=lead, given=reason)
        else:
            given = Settled(_detail(stage, item.kind, lead))
            CHECK_ITEM_FLOW.perform(stage.session, item, "settle", actor=lead, given=given)


def judge(stage: Stage, collaboration: Collaboration, lead: Actor, number: int) -> None:
    """One of the judgements that leads give in turn."""
    health, text = _JUDGEMENTS[number % len(_JUDGEMENTS)]
    judge_health(stage.session, collaboration, Judgement(health, text), actor=lead)


def _detail(stage: Stage, kind: ItemKind, lead: Actor) -> str:
    number = stage.random.randrange(10_000, 99_999)
    told = {
        ItemKind.COST_CODE: f"R-{number}",
        ItemKind.ETHICS: f"Approval {number}",
        ItemKind.PURCHASE_ORDER: f"PO 45{number}",
        ItemKind.TEAM: f"{lead.name} and a doctoral student",
        ItemKind.KICK_OFF: (clock.today() + dt.timedelta(days=_DAYS_TO_KICK_OFF)).isoformat(),
    }
    return told.get(kind, "")
