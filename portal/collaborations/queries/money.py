"""Reads over the budget, claims and contributions, and which claims wait for whom."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import case, cast, false, func, literal, null, or_, select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import User
from portal.collaborations.models import BudgetItem, Claim, Collaboration, Contribution
from portal.collaborations.policies import CLAIM_READ
from portal.collaborations.states import CHECKED, GRANTED, ClaimState
from portal.kernel.db import AnySelect, UtcDateTime
from portal.kernel.policy import Actor, Role
from portal.kernel.text import N_
from portal.kernel.work import Source
from portal.proposals.states import Funding

CLAIM = (joinedload(Claim.collaboration), joinedload(Claim.lines))
# Since when it waits as it does now: what came back and was sent again waits since then.
CLAIM_SINCE = case((Claim._state.in_(CHECKED), Claim.submitted_at), else_=Claim.decided_at)
CONTRIBUTION = (joinedload(Contribution.collaboration),)
CLAIM_FULL = (
    *CLAIM,
    *(joinedload(who).load_only(User.name) for who in (Claim.by, Claim.technical_by, Claim.finance_by, Claim.decided_by)),
)


def budget_of(session: Session, collaboration: Collaboration) -> Sequence[BudgetItem]:
    """The agreed budget, in the order of the proposal."""
    query = select(BudgetItem).where(BudgetItem.collaboration_id == collaboration.id)
    return session.scalars(query.order_by(BudgetItem.id)).all()


def claimants_of(session: Session, collaboration: Collaboration) -> list[str]:
    """The names of the partners for whom something can be claimed; none where the budget names nobody."""
    named = (BudgetItem.funding == Funding.ASKED, BudgetItem.partner != "")
    query = select(BudgetItem.partner).where(BudgetItem.collaboration_id == collaboration.id, *named).distinct()
    return sorted(session.scalars(query))


def claims_of(session: Session, collaboration: Collaboration, actor: Actor) -> Sequence[Claim]:
    """Its claims, the newest first; drafts only for the side that writes them."""
    query = select(Claim).where(Claim.collaboration_id == collaboration.id, CLAIM_READ.where(actor))
    return session.scalars(query.options(*CLAIM).order_by(Claim.id.desc())).unique().all()


def contributions_of(session: Session, collaboration: Collaboration) -> Sequence[Contribution]:
    """What either side put in, also what was withdrawn, the newest first."""
    query = select(Contribution).where(Contribution.collaboration_id == collaboration.id)
    return session.scalars(query.options(joinedload(Contribution.by).load_only(User.name)).order_by(Contribution.id.desc())).all()


def granted_minor(session: Session, collaboration: Collaboration) -> int:
    """What was approved so far, paid or not."""
    query = select(func.coalesce(func.sum(Claim.total_minor), 0))
    return int(session.scalar(query.where(Claim.collaboration_id == collaboration.id, Claim._state.in_(GRANTED))) or 0)


def claims_to_check_work(actor: Actor) -> AnySelect | None:
    """What was claimed for work that this person looks after."""
    return _waiting(actor, Collaboration.host_lead_id == actor.id, ClaimState.SUBMITTED)


def claims_to_check_sums(actor: Actor) -> AnySelect | None:
    """What an officer of the host checks, unless they confirmed the work themselves."""
    if not actor.organisations_as(Role.OFFICER):
        return None
    another = or_(Claim.technical_by_id.is_(None), Claim.technical_by_id != actor.id)
    return _waiting(actor, _office(actor) & another, ClaimState.TECHNICAL_CHECK)


def claims_to_approve(actor: Actor) -> AnySelect | None:
    """What both checks passed."""
    return _waiting(actor, or_(Collaboration.host_lead_id == actor.id, _office(actor)), ClaimState.FINANCE_CHECK)


def claims_to_pay(actor: Actor) -> AnySelect | None:
    """What was approved and not paid yet."""
    return _waiting(actor, _office(actor), ClaimState.APPROVED) if actor.organisations_as(Role.OFFICER) else None


def claims_to_answer(actor: Actor) -> AnySelect | None:
    """What came back to its author with questions."""
    return _waiting(actor, Collaboration.partner_lead_id == actor.id, ClaimState.QUERIED, own=True)


def _office(actor: Actor) -> Any:
    offices = actor.organisations_as(Role.OFFICER)
    return Collaboration.host_id.in_(offices) if offices else false()


def _waiting(actor: Actor, whose: Any, state: ClaimState, *, own: bool = False) -> AnySelect | None:
    if not actor.is_person:
        return None
    query = select(
        Claim.id.label("id"),
        Collaboration.title.label("title"),
        literal("").label("detail"),
        CLAIM_SINCE.label("since"),
        cast(null(), UtcDateTime).label("due_at"),
    )
    query = query.join(Collaboration, Collaboration.id == Claim.collaboration_id).where(whose, Claim._state == state)
    return query if own else query.where(Claim.by_id != actor.id)


def _page(number: int, _detail: str) -> str:
    return f"/claims/{number}"


CLAIM_SOURCES = (
    Source("claim.check_work", N_("Confirm the work claimed for"), N_("Look at it"), _page, claims_to_check_work),
    Source("claim.check_sums", N_("Check the claim on"), N_("Look at it"), _page, claims_to_check_sums),
    Source("claim.approve", N_("Approve the claim on"), N_("Look at it"), _page, claims_to_approve),
    Source("claim.pay", N_("Pay the claim on"), N_("Look at it"), _page, claims_to_pay),
    Source("claim.answer", N_("Answer about the claim on"), N_("Look at it"), _page, claims_to_answer),
)
