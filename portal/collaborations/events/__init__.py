"""Facts about collaborations and their parts."""

from portal.collaborations.events.changes import ChangeAgreed, ChangeDrafted, ChangeMoved
from portal.collaborations.events.collaboration import (
    CollaborationMoved,
    CollaborationOpened,
    CollaborationReleased,
    HealthJudged,
)
from portal.collaborations.events.documents import DocumentFiled, DocumentMoved, DocumentRenamed, DocumentShared
from portal.collaborations.events.lists import CheckItemMoved, ChecklistChanged
from portal.collaborations.events.meetings import (
    ActionMoved,
    ActionNoted,
    MeetingCalled,
    MeetingChanged,
    MeetingMoved,
    MinutesWritten,
)
from portal.collaborations.events.money import ClaimMoved, ClaimWritten, ContributionRecorded
from portal.collaborations.events.outcomes import OutcomeMoved, OutcomeRecorded, OutcomeShown
from portal.collaborations.events.people import (
    GuestInvited,
    HandOverMoved,
    HandOverProposed,
    ParticipantChanged,
    ParticipantMoved,
)
from portal.collaborations.events.plan import DeliverableMoved, MilestoneMoved, PlanChanged
from portal.collaborations.events.reports import (
    ReportDayAsked,
    ReportDayMoved,
    ReportDayRefused,
    ReportMoved,
    ReportsScheduled,
    ReportWritten,
)
from portal.collaborations.events.risks import RiskChanged, RiskMoved, RiskRaised, RiskReviewed

__all__ = [
    "RiskChanged",
    "RiskMoved",
    "RiskRaised",
    "RiskReviewed",
    "ActionMoved",
    "ActionNoted",
    "MeetingCalled",
    "MeetingChanged",
    "MeetingMoved",
    "MinutesWritten",
    "ClaimMoved",
    "ClaimWritten",
    "ContributionRecorded",
    "ReportDayAsked",
    "ReportDayMoved",
    "ReportDayRefused",
    "ReportMoved",
    "ReportWritten",
    "ReportsScheduled",
    "ChangeAgreed",
    "ChangeDrafted",
    "ChangeMoved",
    "CheckItemMoved",
    "ChecklistChanged",
    "CollaborationMoved",
    "CollaborationOpened",
    "CollaborationReleased",
    "DeliverableMoved",
    "DocumentFiled",
    "DocumentMoved",
    "DocumentRenamed",
    "DocumentShared",
    "GuestInvited",
    "HandOverMoved",
    "HandOverProposed",
    "HealthJudged",
    "MilestoneMoved",
    "OutcomeMoved",
    "OutcomeRecorded",
    "OutcomeShown",
    "ParticipantChanged",
    "ParticipantMoved",
    "PlanChanged",
]
