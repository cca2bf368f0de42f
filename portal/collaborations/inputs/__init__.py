"""What people may send about a collaboration."""

from portal.collaborations.inputs.changes import Assessment, ChangeWish
from portal.collaborations.inputs.documents import DocumentEntry
from portal.collaborations.inputs.identifiers import address_of
from portal.collaborations.inputs.lists import Judgement, NewItem, Settled
from portal.collaborations.inputs.meetings import ActionEntry, MeetingEntry, MinutesEntry, Word
from portal.collaborations.inputs.money import ClaimEntry, ContributionEntry, Paid
from portal.collaborations.inputs.outcomes import Correction, OutcomeEntry
from portal.collaborations.inputs.people import LastDay, NewGuest, NewMember, Succession
from portal.collaborations.inputs.plan import HandIn, NewDate, PackageEntry, PartKind, PlanPart
from portal.collaborations.inputs.reports import ReportSchedule, ReportText
from portal.collaborations.inputs.risks import Assessed, RiskEntry, RiskText

__all__ = [
    "Assessed",
    "RiskEntry",
    "RiskText",
    "ActionEntry",
    "MeetingEntry",
    "MinutesEntry",
    "Word",
    "ClaimEntry",
    "ContributionEntry",
    "Paid",
    "ReportSchedule",
    "ReportText",
    "Assessment",
    "ChangeWish",
    "Correction",
    "DocumentEntry",
    "HandIn",
    "Judgement",
    "LastDay",
    "NewDate",
    "NewGuest",
    "NewItem",
    "NewMember",
    "OutcomeEntry",
    "PackageEntry",
    "PartKind",
    "PlanPart",
    "Settled",
    "Succession",
    "address_of",
]
