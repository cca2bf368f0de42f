"""States of collaborations and their parts."""

from portal.collaborations.states.changes import LEADS, MUST_AGREE, OFFICERS, ChangeKind, ChangeState, Stand
from portal.collaborations.states.collaboration import CollaborationState, Health
from portal.collaborations.states.documents import Access, DocumentCategory, DocumentState
from portal.collaborations.states.lists import Checklist, ItemKind, ItemState
from portal.collaborations.states.meetings import ActionState, MeetingKind, MeetingState
from portal.collaborations.states.money import CHECKED, GRANTED, UNPAID, ClaimState
from portal.collaborations.states.outcomes import OutcomeKind, OutcomeState
from portal.collaborations.states.people import LIVE, HandOverState, Part, PartState
from portal.collaborations.states.plan import AHEAD, GIVEN, OWED, DeliverableState, MilestoneState, PlanKind
from portal.collaborations.states.reports import TO_WRITE, ReportKind, ReportState
from portal.collaborations.states.risks import AMBER_UP_TO, IMPACTS, LIKELIHOODS, Rating, RiskState, rating_of

__all__ = [
    "AMBER_UP_TO",
    "Access",
    "IMPACTS",
    "LIKELIHOODS",
    "Rating",
    "RiskState",
    "rating_of",
    "ActionState",
    "MeetingKind",
    "MeetingState",
    "CHECKED",
    "DocumentCategory",
    "DocumentState",
    "GRANTED",
    "UNPAID",
    "ClaimState",
    "TO_WRITE",
    "ReportKind",
    "ReportState",
    "AHEAD",
    "GIVEN",
    "OWED",
    "PlanKind",
    "ChangeKind",
    "ChangeState",
    "Checklist",
    "CollaborationState",
    "DeliverableState",
    "HandOverState",
    "Health",
    "ItemKind",
    "ItemState",
    "LEADS",
    "LIVE",
    "MUST_AGREE",
    "MilestoneState",
    "OFFICERS",
    "OutcomeKind",
    "OutcomeState",
    "Part",
    "PartState",
    "Stand",
]
