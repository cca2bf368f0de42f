"""Collaborations with what belongs to them."""

from portal.collaborations.models.changes import ChangeConsent, ChangeRequest
from portal.collaborations.models.collaboration import (
    Collaboration,
    Deliverable,
    Milestone,
    PackageLink,
    WorkPackage,
)
from portal.collaborations.models.documents import Document
from portal.collaborations.models.lists import CheckItem, HealthNote
from portal.collaborations.models.meetings import Invitee, Meeting, MeetingAction, Minutes
from portal.collaborations.models.money import BudgetItem, Claim, ClaimLine, Contribution
from portal.collaborations.models.outcomes import Outcome, OutcomeVersion
from portal.collaborations.models.people import HandOver, Participant
from portal.collaborations.models.plan import HandedIn, PlanMove
from portal.collaborations.models.reports import Report, ReportMove, ReportVersion
from portal.collaborations.models.risks import OpenRisks, Risk, RiskReview

__all__ = [
    "OpenRisks",
    "Risk",
    "RiskReview",
    "Invitee",
    "Meeting",
    "MeetingAction",
    "Minutes",
    "BudgetItem",
    "Claim",
    "ClaimLine",
    "Contribution",
    "ChangeConsent",
    "ChangeRequest",
    "CheckItem",
    "Collaboration",
    "Deliverable",
    "Document",
    "HandedIn",
    "HealthNote",
    "Milestone",
    "Outcome",
    "OutcomeVersion",
    "PackageLink",
    "PlanMove",
    "Report",
    "ReportMove",
    "ReportVersion",
    "WorkPackage",
    "HandOver",
    "Participant",
]
