"""Reads over change requests."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import String, cast, false, literal, or_, select
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.sql import and_

from portal.accounts.models import User
from portal.collaborations.models import ChangeConsent, ChangeRequest, Collaboration, Participant
from portal.collaborations.policies import CHANGE_READ
from portal.collaborations.states import MUST_AGREE, ChangeState, Stand
from portal.kernel.db import AnySelect
from portal.kernel.ids import reference
from portal.kernel.policy import Actor, Role
from portal.kernel.text import N_
from portal.kernel.work import Source

CHANGE = (
    joinedload(ChangeRequest.collaboration),
    joinedload(ChangeRequest.consents),
    joinedload(ChangeRequest.person).joinedload(Participant.account).load_only(User.name),
)


def changes_of(session: Session, collaboration: Collaboration, actor: Actor) -> Sequence[ChangeRequest]:
    """What was asked to change, the newest first, with everybody who agreed; of drafts only one's own."""
    query = (
        select(ChangeRequest)
        .where(ChangeRequest.collaboration_id == collaboration.id, CHANGE_READ.where(actor))
        .options(
            *CHANGE,
            joinedload(ChangeRequest.asked_by).load_only(User.name),
            joinedload(ChangeRequest.assessed_by).load_only(User.name),
            joinedload(ChangeRequest.consents).joinedload(ChangeConsent.by).load_only(User.name),
        )
        .order_by(ChangeRequest.id.desc())
    )
    return session.scalars(query).unique().all()


def changes_to_assess(actor: Actor) -> AnySelect | None:
    """What the other lead asked for."""
    if not actor.is_person:
        return None
    mine = or_(Collaboration.host_lead_id == actor.id, Collaboration.partner_lead_id == actor.id)
    return _waiting(mine, ChangeRequest.asked_by_id != actor.id, ChangeRequest._state == ChangeState.SUBMITTED)


def changes_to_agree(actor: Actor) -> AnySelect | None:
    """What was assessed and lacks this person's yes."""
    if not actor.is_person:
        return None
    offices = actor.organisations_as(Role.OFFICER)
    holds = {
        Stand.HOST_LEAD: Collaboration.host_lead_id == actor.id,
        Stand.PARTNER_LEAD: Collaboration.partner_lead_id == actor.id,
        Stand.HOST_OFFICER: Collaboration.host_id.in_(offices) if offices else false(),
        Stand.PARTNER_OFFICER: Collaboration.organisation_id.in_(offices) if offices else false(),
    }
    given = select(ChangeConsent.id).where(ChangeConsent.change_id == ChangeRequest.id)
    lacking = [
        and_(
            condition,
            ChangeRequest.kind.in_([kind for kind, stands in MUST_AGREE.items() if stand in stands]),
            ~given.where(ChangeConsent.stand == stand).exists(),
        )
        for stand, condition in holds.items()
    ]
    mine = ~given.where(ChangeConsent.by_id == actor.id).exists()
    return _waiting(or_(*lacking), mine, ChangeRequest._state == ChangeState.ASSESSED)


def _waiting(*conditions: Any) -> AnySelect:
    return (
        select(
            ChangeRequest.id.label("id"),
            Collaboration.title.label("title"),
            (cast(Collaboration.id, String) + literal("")).label("detail"),
            ChangeRequest.submitted_at.label("since"),
            ChangeRequest.due_at.label("due_at"),
        )
        .join(Collaboration, Collaboration.id == ChangeRequest.collaboration_id)
        .where(*conditions)
    )


def _page(_number: int, detail: str) -> str:
    return f"/collaborations/{reference('CO', int(detail))}/changes"


CHANGE_SOURCES = (
    Source("change_request.assess", N_("Assess a change of"), N_("Look at it"), _page, changes_to_assess),
    Source("change_request.agree", N_("Agree to a change of"), N_("Look at it"), _page, changes_to_agree),
)
