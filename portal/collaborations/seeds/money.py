"""How money of the demonstration is spent: claims that are checked, approved and paid, and what is given in kind."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from portal.collaborations.actions import record_contribution, write_claim
from portal.collaborations.inputs import ClaimEntry, ContributionEntry, Paid
from portal.collaborations.models import Claim, Collaboration
from portal.collaborations.panels import money
from portal.collaborations.queries import CLAIM, budget_of
from portal.collaborations.states import CollaborationState
from portal.collaborations.workflow import CLAIM_FLOW
from portal.kernel import clock
from portal.kernel.inputs import Reason
from portal.kernel.policy import Actor, Role
from portal.kernel.seeding import Stage
from portal.organisations.queries import holders_of
from portal.proposals.states import CostCategory, Funding, Valuation

_QUARTER = 91
_PARTS = 6  # of the plan is claimed each time
_EVIDENCE = "https://example.org/time-sheets"


def spend(stage: Stage, collaboration: Collaboration, leads: Sequence[Actor]) -> None:
    """A claim every quarter, while the work goes on; once, something in kind."""
    for quarter in range(1, 4):
        stage.later(_QUARTER * quarter + collaboration.id % 9, lambda: _claim(stage, collaboration, leads))
    stage.later(60, lambda: _give(stage, collaboration, leads[1]))


def _claim(stage: Stage, collaboration: Collaboration, leads: Sequence[Actor]) -> None:
    if collaboration.state is not CollaborationState.ACTIVE:
        return
    rows = money(collaboration, budget_of(stage.session, collaboration), (), ()).rows
    if not rows:
        return
    mine = [row for row in rows if row.partner == rows[0].partner]
    amounts: dict[str, Any] = {str(row.category): row.planned // _PARTS for row in mine if row.planned >= _PARTS}
    if not amounts:
        return
    today = clock.today()
    period = (today - dt.timedelta(days=_QUARTER), today - dt.timedelta(days=1))
    text = "Salaries of two researchers and consumables of the quarter; the time sheets are with the invoice."
    entry = ClaimEntry(*period, text, _EVIDENCE, rows[0].partner, currency=collaboration.currency, **amounts)
    claim = write_claim(stage.session, collaboration, entry, actor=leads[1])
    CLAIM_FLOW.perform(stage.session, claim, "submit", actor=leads[1])
    _check(stage, claim.id, leads[0])


def _check(stage: Stage, number: int, host: Actor) -> None:
    """The lead confirms the work, the office the sums; one of seven comes back with a question and waits."""
    if number % 7 == 0:
        stage.later(3, lambda: _take(stage, number, "query", host, Reason("Which consumables? The invoice names only a sum.")))
        return
    stage.later(3, lambda: _take(stage, number, "confirm_work", host))
    stage.later(6, lambda: _by_office(stage, number, "confirm_sums"))
    stage.later(8, lambda: _take(stage, number, "approve", host))
    stage.later(20, lambda: _by_office(stage, number, "pay"))


def _by_office(stage: Stage, number: int, action: str) -> None:
    claim = _found(stage, number)
    officers = set(holders_of(stage.session, claim.collaboration.host_id, Role.OFFICER)) - {claim.by_id, claim.technical_by_id}
    if officers:
        officer = stage.actor_of(stage.made["account key", str(min(officers))])
        _take(stage, number, action, officer, Paid(clock.today()) if action == "pay" else None)


def settle_claims(stage: Stage, collaboration: Collaboration, partner: Actor) -> None:
    """What is still open as the work closes is let go."""
    for number in stage.session.scalars(select(Claim.id).where(Claim.collaboration_id == collaboration.id)).all():
        _take(stage, number, "waive", partner, Reason("Settled with the last invoice outside of the portal."))


def _take(stage: Stage, number: int, action: str, actor: Actor, given: object = None) -> None:
    claim = _found(stage, number)
    if CLAIM_FLOW[action] in CLAIM_FLOW.rows_from(claim.state):
        CLAIM_FLOW.perform(stage.session, claim, action, actor=actor, given=given)


def _found(stage: Stage, number: int) -> Claim:
    return stage.session.scalars(select(Claim).options(*CLAIM).where(Claim.id == number)).unique().one()


def _give(stage: Stage, collaboration: Collaboration, partner: Actor) -> None:
    if collaboration.state is CollaborationState.ACTIVE and collaboration.own_minor:
        entry = ContributionEntry(
            funding=Funding.IN_KIND,
            category=CostCategory.STAFF,
            text="Working hours of the laboratory, first quarter",
            amount_minor=collaboration.own_minor // 4,
            method=Valuation.RATES,
            spent_on=clock.today(),
            evidence=_EVIDENCE,
        )
        record_contribution(stage.session, collaboration, entry, actor=partner)
