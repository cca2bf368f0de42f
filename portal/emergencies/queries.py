"""Reads over readings in an emergency, and what they are about."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import DateTime, String, case, cast, literal, null, select
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.accounts.models import User
from portal.collaborations.models import Collaboration
from portal.collaborations.queries import FULL as COLLABORATION
from portal.emergencies.models import Emergency
from portal.emergencies.states import EmergencyState
from portal.kernel import clock
from portal.kernel.db import AnySelect
from portal.kernel.policy import Actor
from portal.kernel.text import N_
from portal.kernel.work import Source
from portal.organisations.queries import NAMED
from portal.proposals.models import Proposal

READABLE = (selectinload(Emergency.parties),)
FULL = (
    *READABLE,
    joinedload(Emergency.asked_by).load_only(User.name),
    joinedload(Emergency.decided_by).load_only(User.name),
)
_OF = {
    "proposal": (
        select(Proposal)
        .options(joinedload(Proposal.host).load_only(*NAMED), joinedload(Proposal.organisation).load_only(*NAMED))
        .options(joinedload(Proposal.author).load_only(User.name), joinedload(Proposal.listing))
    ),
    "collaboration": select(Collaboration).options(*COLLABORATION),
}


def thing_of(session: Session, subject_type: str, number: int) -> Any:
    """The proposal, as far as it was ever submitted, or the collaboration; None where there is none."""
    model: Any = Proposal if subject_type == "proposal" else Collaboration
    query = _OF[subject_type].where(model.id == number)
    if subject_type == "proposal":
        query = query.where(Proposal.number > 0)
    return session.scalars(query).unique().one_or_none()


def newest(session: Session) -> Sequence[Emergency]:
    """The last hundred, those that wait or are open first."""
    running = case((Emergency._state.in_((EmergencyState.ASKED, EmergencyState.OPEN)), 0), else_=1)
    query = select(Emergency).options(joinedload(Emergency.asked_by).load_only(User.name))
    return session.scalars(query.order_by(running, Emergency.id.desc()).limit(100)).all()


def over(session: Session, *, at_most: int) -> Sequence[Emergency]:
    """Those whose day is over."""
    query = select(Emergency).where(Emergency._state == EmergencyState.OPEN, Emergency.ends_at <= clock.now())
    return session.scalars(query.options(*READABLE).order_by(Emergency.id).limit(at_most)).all()


def emergencies_to_decide(actor: Actor) -> AnySelect | None:
    """What another administrator of the portal asked for."""
    if not actor.is_admin:
        return None
    number = Emergency.subject_id
    prefix = case((Emergency.subject_type == "proposal", literal("PR-")), else_=literal("CO-"))
    zeros = case((number < 10, "000"), (number < 100, "00"), (number < 1000, "0"), else_="")
    return select(
        Emergency.id.label("id"),
        (prefix + zeros + cast(number, String)).label("title"),
        cast(null(), String).label("detail"),
        Emergency.asked_at.label("since"),
        cast(null(), DateTime).label("due_at"),
    ).where(Emergency._state == EmergencyState.ASKED, Emergency.asked_by_id != actor.id)


SOURCES = (
    Source(
        "emergency.decide",
        N_("Decide whether an administrator may read what is not theirs"),
        N_("Read the reason"),
        lambda number, _detail: f"/emergencies/{number}",
        emergencies_to_decide,
    ),
)
