"""The tables: how a collaboration runs to its close, and how its parts move on."""

from portal.collaborations.workflow.changes import CHANGE_FLOW, below_what_is_granted
from portal.collaborations.workflow.collaboration import COLLABORATION_FLOW
from portal.collaborations.workflow.documents import DOCUMENT_FLOW
from portal.collaborations.workflow.lists import CHECK_ITEM_FLOW
from portal.collaborations.workflow.meetings import MEETING_ACTION_FLOW, MEETING_FLOW
from portal.collaborations.workflow.money import CLAIM_FLOW
from portal.collaborations.workflow.outcomes import OUTCOME_FLOW
from portal.collaborations.workflow.parts import DELIVERABLE_FLOW, MILESTONE_FLOW
from portal.collaborations.workflow.people import HAND_OVER_FLOW, OVER, PARTICIPANT_FLOW
from portal.collaborations.workflow.reports import REPORT_FLOW, forget_wish
from portal.collaborations.workflow.risks import RISK_FLOW

__all__ = [
    "RISK_FLOW",
    "MEETING_ACTION_FLOW",
    "MEETING_FLOW",
    "CHANGE_FLOW",
    "below_what_is_granted",
    "CHECK_ITEM_FLOW",
    "CLAIM_FLOW",
    "COLLABORATION_FLOW",
    "DELIVERABLE_FLOW",
    "DOCUMENT_FLOW",
    "HAND_OVER_FLOW",
    "MILESTONE_FLOW",
    "OUTCOME_FLOW",
    "OVER",
    "PARTICIPANT_FLOW",
    "REPORT_FLOW",
    "forget_wish",
]
