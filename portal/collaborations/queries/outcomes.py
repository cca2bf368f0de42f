"""Reads over outcomes: their versions, and what waits to be confirmed or corrected."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import DateTime, and_, cast, literal, null, or_, select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import User
from portal.collaborations.models import Collaboration, Outcome, OutcomeVersion
from portal.collaborations.queries.collaborations import BRIEF
from portal.collaborations.states import OutcomeState
from portal.kernel.db import AnySelect
from portal.kernel.policy import Actor
from portal.kernel.text import N_
from portal.kernel.work import AtOnce, Source
from portal.organisations.queries import NAMED

OUTCOME = (joinedload(Outcome.collaboration).options(*BRIEF), joinedload(Outcome.side).load_only(*NAMED))


def outcome_versions_of(session: Session, outcome: Outcome) -> Sequence[OutcomeVersion]:
    """Each time it was reported, the last first."""
    query = select(OutcomeVersion).where(OutcomeVersion.outcome_id == outcome.id).order_by(OutcomeVersion.number.desc())
    people = (joinedload(OutcomeVersion.by).load_only(User.name), joinedload(OutcomeVersion.confirmed_by).load_only(User.name))
    return session.scalars(query.options(*people)).all()


def title_known_as(session: Session, collaboration_id: int, identifier: str | None, *, but: int = 0) -> str | None:
    """The title of what is recorded under an identifier, leaving out the outcome of that number."""
    if identifier is None:
        return None
    theirs = Outcome.collaboration_id == collaboration_id, Outcome.identifier == identifier, Outcome.id != but
    return session.scalars(select(Outcome.title).where(*theirs)).first()


def outcomes_to_confirm(actor: Actor) -> AnySelect | None:
    """What the other side reported to this person, who leads theirs."""
    return _waiting(actor, OutcomeState.REPORTED, Outcome.recorded_by_id != actor.id, own=False)


def outcomes_to_correct(actor: Actor) -> AnySelect | None:
    """What the other side asked about, for the lead of the side that reported it."""
    return _waiting(actor, OutcomeState.QUERIED, own=True)


def _waiting(actor: Actor, state: OutcomeState, *conditions: Any, own: bool) -> AnySelect | None:
    if not actor.is_person:
        return None
    host, partner = Outcome.side_id == Collaboration.host_id, Outcome.side_id != Collaboration.host_id
    as_host = and_(Collaboration.host_lead_id == actor.id, host if own else partner)
    as_partner = and_(Collaboration.partner_lead_id == actor.id, partner if own else host)
    return (
        select(
            Outcome.id.label("id"),
            Outcome.title.label("title"),
            literal("").label("detail"),
            Outcome.asked_at.label("since"),
            cast(null(), DateTime).label("due_at"),
        )
        .join(Collaboration, Collaboration.id == Outcome.collaboration_id)
        .where(or_(as_host, as_partner), Outcome._state == state, *conditions)
    )


def _page(number: int, _detail: str) -> str:
    return f"/outcomes/{number}"


OUTCOME_SOURCES = (
    Source(
        *("outcome.confirm", N_("Confirm the outcome"), N_("Look at it"), _page, outcomes_to_confirm),
        AtOnce(N_("Confirm"), lambda number, _detail: f"/outcomes/{number}/steps/confirm"),
    ),
    Source("outcome.correct", N_("Correct or withdraw the outcome"), N_("Read what is asked"), _page, outcomes_to_correct),
)
