"""Builders for risks: raised by the host's lead, watched by the partner's."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from portal.collaborations.actions import raise_risk
from portal.collaborations.inputs import RiskEntry
from portal.collaborations.models import Collaboration, Risk
from portal.collaborations.states import RiskState
from portal.collaborations.workflow import RISK_FLOW
from portal.kernel import clock
from portal.kernel.inputs import Reason
from portal.kernel.policy import Actor


def a_risk(session: Session, collaboration: Collaboration, state: Any = RiskState.OPEN, **given: Any) -> Risk:
    """A risk in `state`, to be looked at in thirty days."""
    partner = Actor(id=collaboration.partner_lead_id)
    usual = {"title": "The pump fails", "owner": partner.id, "likelihood": 3, "impact": 3}
    usual["review_on"] = clock.today() + dt.timedelta(days=30)
    risk = raise_risk(session, collaboration, RiskEntry(**(usual | given)), actor=Actor(id=collaboration.host_lead_id))
    for row in RISK_FLOW.path_to(state):
        RISK_FLOW.perform(session, risk, row.action, actor=partner, given=Reason("Because of the test."))
    return risk


def risks_in_every_state(session: Session, collaboration: Collaboration) -> None:
    """One of each."""
    for state in RiskState:
        a_risk(session, collaboration, state)
