"""Handing the lead of one side over."""

from sqlalchemy.orm import Session

from portal.collaborations.actions.people import side_of
from portal.collaborations.events import HandOverProposed
from portal.collaborations.inputs import Succession
from portal.collaborations.models import Collaboration, HandOver
from portal.collaborations.policies import LEAD, OFFICER
from portal.collaborations.queries import belongs_to, has_led, live_part_of
from portal.collaborations.workflow import OVER
from portal.kernel import clock
from portal.kernel.db import add_unique
from portal.kernel.errors import Invalid, Refused
from portal.kernel.events import record
from portal.kernel.policy import Actor, require
from portal.kernel.text import N_
from portal.organisations.queries import account_with


def propose_successor(session: Session, collaboration: Collaboration, wish: Succession, *, actor: Actor) -> HandOver:
    """Ask somebody of the same organisation to lead one side. Until they accept, whoever leads it stays responsible.

    Raises:
        Forbidden: `actor` neither leads a side nor is an officer of one.
        Refused: it is over; somebody is asked already; or `actor` is an officer and the lead is still there.
        Invalid: the address is of nobody there, or of somebody who stands, or stood, for the other side.
    """
    require(LEAD | OFFICER, actor, collaboration)
    if collaboration.state in OVER:
        raise Refused(N_("This collaboration is over: there is nothing to lead."))
    side_id = side_of(collaboration, actor)
    lead_id = collaboration.host_lead_id if side_id == collaboration.host_id else collaboration.partner_lead_id
    if actor.id != lead_id and belongs_to(session, lead_id, side_id):
        raise Refused(N_("Only the lead hands over, as long as they belong to your organisation."))
    change = HandOver(
        collaboration=collaboration,
        side_id=side_id,
        from_id=lead_id,
        to_id=_successor(session, collaboration, wish.email, side_id),
        asked_by_id=actor.id,
        text=wish.text,
        asked_at=clock.now(),
    )
    if not add_unique(session, change):
        raise Refused(N_("Somebody is asked already. Ask them no longer first."))
    record(session, HandOverProposed(to_id=change.to_id), actor=actor, subject=change)
    return change


def _successor(session: Session, collaboration: Collaboration, email: str, side_id: int) -> int:
    """Their account. Nobody leads one side who leads, led or works for the other: they would judge what they did themselves."""
    account_id = account_with(session, email)
    if account_id is None or not belongs_to(session, account_id, side_id):
        raise Invalid("email", N_("Nobody of your organisation has an account with this address."))
    if account_id in (collaboration.host_lead_id, collaboration.partner_lead_id):
        raise Invalid("email", N_("They lead a side already."))
    other = collaboration.organisation_id if side_id == collaboration.host_id else collaboration.host_id
    part = live_part_of(session, collaboration, account_id)
    stands_there = belongs_to(session, account_id, other) or (part is not None and part.side_id == other)
    if other != side_id and (stands_there or has_led(session, collaboration, account_id, other)):
        raise Invalid("email", N_("They stand, or stood, for the other side of this collaboration."))
    return account_id
