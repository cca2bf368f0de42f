"""Asking for a change of what was agreed, and agreeing to one."""

from sqlalchemy.orm import Session

from portal.collaborations.events import ChangeAgreed, ChangeDrafted
from portal.collaborations.inputs import ChangeWish
from portal.collaborations.models import ChangeConsent, ChangeRequest, Collaboration
from portal.collaborations.policies import CHANGE_ASKER, LEAD
from portal.collaborations.queries import member_numbered
from portal.collaborations.states import OFFICERS, ChangeState, CollaborationState, Stand
from portal.collaborations.workflow import CHANGE_FLOW, below_what_is_granted
from portal.kernel import clock
from portal.kernel.errors import Forbidden, Invalid, Refused
from portal.kernel.events import record
from portal.kernel.policy import SYSTEM_ACTOR, Actor, Role, require
from portal.kernel.text import N_

_NOT_YET = CollaborationState.PLANNED


def draft_change(session: Session, collaboration: Collaboration, wish: ChangeWish, *, actor: Actor) -> ChangeRequest:
    """Begin a change request; nobody else reads it before it is submitted.

    Raises:
        Forbidden: `actor` leads neither side.
        Invalid: the key person is nobody of the team, or more than the new sum is approved already.
        Refused: the work has not begun: the plan itself can be changed.
    """
    require(LEAD, actor, collaboration)
    if collaboration.state is _NOT_YET:
        raise Refused(N_("The work has not begun: change the plan itself."))
    change = ChangeRequest(collaboration=collaboration, asked_by_id=actor.id, consents=[])
    _fill(session, change, wish)
    session.add(change)
    session.flush()
    record(session, ChangeDrafted(), actor=actor, subject=change)
    return change


def revise_change(session: Session, change: ChangeRequest, wish: ChangeWish, *, actor: Actor) -> None:
    """Write a draft anew.

    Raises:
        Forbidden: it is not `actor`'s own.
        Refused: it was submitted: what others look at does not change under their eyes.
    """
    require(CHANGE_ASKER, actor, change)
    if change.state is not ChangeState.DRAFT:
        raise Refused(N_("This was submitted: withdraw it and ask anew."))
    _fill(session, change, wish)
    session.flush()
    record(session, ChangeDrafted(), actor=actor, subject=change)


def stands_of(change: ChangeRequest, actor: Actor) -> tuple[Stand, ...]:
    """In which capacities this person could agree now: one that is missing and theirs, as long as they have not agreed."""
    if change.state is not ChangeState.ASSESSED or actor.id in {consent.by_id for consent in change.consents}:
        return ()
    if actor.id == change.asked_by_id:
        return ()
    return tuple(stand for stand in change.missing if _holds(change.collaboration, stand, actor))


def agree_to_change(session: Session, change: ChangeRequest, stand: Stand, *, actor: Actor) -> None:
    """Agree in one capacity; with the last yes the change is in force.

    Raises:
        Forbidden: `actor` does not stand there.
        Refused: it is not to be agreed now, or not by this person: who asked for it, or agreed already, agrees once.
    """
    if not _holds(change.collaboration, stand, actor):
        raise Forbidden
    if stand not in stands_of(change, actor):
        raise Refused(N_("Not now, or not by you: nobody agrees twice, or to what they asked for themselves."))
    change.consents.append(ChangeConsent(stand=stand, by_id=actor.id, at=clock.now()))
    change.yeses += 1
    session.flush()
    record(session, ChangeAgreed(stand=str(stand.value)), actor=actor, subject=change)
    if not change.missing:
        CHANGE_FLOW.perform(session, change, "put_in_force", actor=SYSTEM_ACTOR)


def _holds(collaboration: Collaboration, stand: Stand, actor: Actor) -> bool:
    as_host = stand in (Stand.HOST_LEAD, Stand.HOST_OFFICER)
    if stand in OFFICERS:
        side = collaboration.host_id if as_host else collaboration.organisation_id
        return side in actor.organisations_as(Role.OFFICER)
    return actor.is_person and actor.id == (collaboration.host_lead_id if as_host else collaboration.partner_lead_id)


def _fill(session: Session, change: ChangeRequest, wish: ChangeWish) -> None:
    person = member_numbered(session, change.collaboration, wish.person) if wish.person else None
    if wish.person and person is None:
        raise Invalid("person", N_("Choose somebody of the team."))
    if why := below_what_is_granted(session, change.collaboration, wish.amount_minor):
        raise Invalid("amount_minor", why.sentence, **why.params)
    change.person_id = person.id if person else None
    change.kind, change.text = wish.kind, wish.text
    change.until_on, change.amount_minor = wish.until_on, wish.amount_minor
