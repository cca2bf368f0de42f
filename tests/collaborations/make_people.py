"""Builders for the people of collaborations."""

import datetime as dt
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.collaborations.actions import invite_guest, name_member, propose_successor
from portal.collaborations.inputs import NewGuest, NewMember, Succession
from portal.collaborations.models import Collaboration, HandOver, Invitee, Meeting, Participant
from portal.collaborations.states import HandOverState, Part, PartState
from portal.collaborations.workflow import HAND_OVER_FLOW, PARTICIPANT_FLOW
from portal.kernel import clock
from portal.kernel.inputs import Reason
from portal.kernel.policy import SYSTEM_ACTOR, Actor
from portal.organisations.models import Organisation
from tests import build


def a_guest(session: Session, collaboration: Collaboration, person: Any, *, days: int = 30) -> Participant:
    """Somebody whom the host's lead invited, for so many days, and who came."""
    guest = invited(session, collaboration, person.email, days=days)
    PARTICIPANT_FLOW.perform(session, guest, "accept", actor=Actor(id=person.id))
    return guest


def invited(session: Session, collaboration: Collaboration, email: str, *, days: int = 30) -> Participant:
    """An invitation of the host's lead."""
    wish = NewGuest(email, "Runs the wind tunnel", "Only they have one.", clock.today() + dt.timedelta(days=days))
    return invite_guest(session, collaboration, wish, actor=Actor(id=collaboration.host_lead_id))


def a_hand_over(session: Session, collaboration: Collaboration, successor: Any) -> HandOver:
    """The host's lead asks a colleague."""
    wish = Succession(successor.email, "I retire in spring.")
    return propose_successor(session, collaboration, wish, actor=Actor(id=collaboration.host_lead_id))


def a_team_member(session: Session, collaboration: Collaboration, of: str = "organisation_id") -> Any:
    """A colleague whom the lead of one side named."""
    person = build.a_member(session, session.get_one(Organisation, getattr(collaboration, of)))
    lead_id = collaboration.partner_lead_id if of == "organisation_id" else collaboration.host_lead_id
    name_member(session, collaboration, NewMember("Data", email=person.email), actor=Actor(id=lead_id))
    return person


def people_everywhere(session: Session, member: Any, guest: Any) -> None:
    """In every collaboration one is of the partner's team, and the other a guest, who is invited to every second meeting."""
    later = clock.today() + dt.timedelta(days=9)
    for collaboration in session.scalars(select(Collaboration)).all():
        given = {"collaboration": collaboration, "side_id": collaboration.organisation_id, "named_at": clock.now()}
        session.add(Participant(part=Part.MEMBER, account_id=member.id, _state=PartState.ACTIVE, **given))
        session.add(Participant(part=Part.GUEST, account_id=guest.id, until_on=later, _state=PartState.ACTIVE, **given))
    for number in session.scalars(select(Meeting.id).order_by(Meeting.id)).all()[::2]:
        session.add(Invitee(meeting_id=number, account_id=guest.id))
    session.flush()
    session.expire_all()


def people_in_every_state(session: Session, collaboration: Collaboration) -> None:
    """Guests who were asked in each way it can end, a member without an account, and leads who were asked to follow."""
    lead = Actor(id=collaboration.host_lead_id)
    name_member(session, collaboration, NewMember("Weighs the samples", name="Kim Lund"), actor=lead)
    by = {"accept": "self", "decline": "self", "expire": "portal", "end": "lead", "withdraw": "lead"}
    for state in PartState:
        person = build.a_person(session)
        actors = {"self": Actor(id=person.id), "portal": SYSTEM_ACTOR, "lead": lead}
        guest = invited(session, collaboration, person.email)
        path = ["accept", "end"] if state is PartState.ENDED else [row.action for row in PARTICIPANT_FLOW.path_to(state)]
        for action in ("accept" if each == "name" else each for each in path):
            PARTICIPANT_FLOW.perform(session, guest, action, actor=actors[by[action]])
    host = session.get_one(Organisation, collaboration.host_id)
    for hand_state in (HandOverState.DECLINED, HandOverState.WITHDRAWN, HandOverState.DONE, HandOverState.PROPOSED):
        successor = build.a_member(session, host)
        change = a_hand_over(session, collaboration, successor)
        for row in HAND_OVER_FLOW.path_to(hand_state):
            actor = Actor(id=collaboration.host_lead_id if row.action == "withdraw" else successor.id)
            HAND_OVER_FLOW.perform(session, change, row.action, actor=actor, given=Reason("No.") if row.takes else None)
