"""How what was agreed is changed in the demonstration: asked, assessed, agreed – and now and then still waiting."""

import datetime as dt

from sqlalchemy import select

from portal.collaborations.actions import agree_to_change, draft_change
from portal.collaborations.inputs import Assessment, ChangeWish
from portal.collaborations.models import ChangeRequest, Collaboration
from portal.collaborations.queries import CHANGE
from portal.collaborations.states import ChangeKind, ChangeState, CollaborationState, Stand
from portal.collaborations.workflow import CHANGE_FLOW
from portal.kernel.policy import Actor
from portal.kernel.seeding import Stage

DAYS_MORE = 92


def ask_for_pause(stage: Stage, collaboration: Collaboration, leads: tuple[Actor, Actor]) -> None:
    """The host's lead asks, the partner's lead assesses and agrees."""
    if collaboration.state is not CollaborationState.ACTIVE:
        return
    change = ask(stage, collaboration, ChangeWish(ChangeKind.PAUSE, "The site is closed for repairs until spring."), leads[0])
    stage.later(3, lambda: agree(stage, change, "Nothing is lost; the last milestone moves.", leads[1], Stand.PARTNER_LEAD))


def ask_for_time(stage: Stage, collaboration: Collaboration, leads: tuple[Actor, Actor]) -> None:
    """The partner's lead asks for three months more; the host's lead agrees after some days, if it was not just now."""
    if collaboration.state is not CollaborationState.ACTIVE:
        return
    until_on = collaboration.ends_on + dt.timedelta(days=DAYS_MORE)
    text = "Two sensors failed in the frost and the winter data are incomplete. We need three more months for the trial."
    change = ask(stage, collaboration, ChangeWish(ChangeKind.EXTENSION, text, until_on=until_on), leads[1])
    meaning = "No further cost. The last deliverable comes three months later."
    stage.later(6, lambda: agree(stage, change, meaning, leads[0], Stand.HOST_LEAD))


def ask(stage: Stage, collaboration: Collaboration, wish: ChangeWish, lead: Actor) -> int:
    """Draft and submit; returns the number of the request."""
    change = draft_change(stage.session, collaboration, wish, actor=lead)
    CHANGE_FLOW.perform(stage.session, change, "submit", actor=lead)
    return change.id


def agree(stage: Stage, number: int, meaning: str, lead: Actor, stand: Stand) -> None:
    """Assess it and agree, where it is still to be assessed and the work goes on."""
    change = stage.session.scalars(select(ChangeRequest).options(*CHANGE).where(ChangeRequest.id == number)).unique().one()
    if change.state is ChangeState.SUBMITTED and change.collaboration.state is CollaborationState.ACTIVE:
        CHANGE_FLOW.perform(stage.session, change, "assess", actor=lead, given=Assessment(meaning))
        agree_to_change(stage.session, change, stand, actor=lead)
