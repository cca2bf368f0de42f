"""Reads over collaborations and their parts."""

from portal.collaborations.queries.changes import CHANGE, CHANGE_SOURCES, changes_of
from portal.collaborations.queries.closing import left_to_close, unsettled_of
from portal.collaborations.queries.collaborations import BRIEF, FULL, LED, collaborations_of, parties_of
from portal.collaborations.queries.documents import DOCUMENT, MOST_DOCUMENTS, documents_of
from portal.collaborations.queries.history import parts_told
from portal.collaborations.queries.lists import ITEM, items_of, items_open, judgements_of
from portal.collaborations.queries.meetings import (
    MEETING,
    MEETING_ACTION,
    MEETING_FULL,
    MEETING_SOURCES,
    Mate,
    actions_of,
    meetings_of,
    minutes_of,
    open_actions_of,
    team_of,
)
from portal.collaborations.queries.money import (
    CLAIM,
    CLAIM_FULL,
    CLAIM_SOURCES,
    CONTRIBUTION,
    budget_of,
    claimants_of,
    claims_of,
    contributions_of,
    granted_minor,
)
from portal.collaborations.queries.outcomes import OUTCOME, OUTCOME_SOURCES, outcome_versions_of, title_known_as
from portal.collaborations.queries.people import (
    HAND_OVER,
    MOST_PEOPLE,
    PARTICIPANT,
    PEOPLE_SOURCES,
    belongs_to,
    guests_to_be,
    hand_overs_of,
    has_led,
    live_part_of,
    member_numbered,
    parts_due,
    parts_held,
    people_of,
)
from portal.collaborations.queries.plan import PACKAGE, hand_ins_of, moves_of, packages_of
from portal.collaborations.queries.reports import REPORT, REPORT_SOURCES, reports_falling_due, reports_of, versions_of
from portal.collaborations.queries.risks import RISK_FULL, RISK_SOURCES, SORTS, red_risks_of, reviews_of, risks_of
from portal.collaborations.queries.turns import Pending, pending_of
from portal.collaborations.queries.waiting import SOURCES as PLAN_SOURCES

SOURCES = (
    *PLAN_SOURCES,
    *REPORT_SOURCES,
    *CLAIM_SOURCES,
    *CHANGE_SOURCES,
    *PEOPLE_SOURCES,
    *OUTCOME_SOURCES,
    *MEETING_SOURCES,
    *RISK_SOURCES,
)

__all__ = [
    "Pending",
    "parts_told",
    "pending_of",
    "SORTS",
    "RISK_FULL",
    "red_risks_of",
    "reviews_of",
    "risks_of",
    "MEETING",
    "MEETING_ACTION",
    "MEETING_FULL",
    "Mate",
    "actions_of",
    "meetings_of",
    "minutes_of",
    "open_actions_of",
    "team_of",
    "CLAIM",
    "CLAIM_FULL",
    "CONTRIBUTION",
    "budget_of",
    "claimants_of",
    "claims_of",
    "contributions_of",
    "granted_minor",
    "REPORT",
    "left_to_close",
    "unsettled_of",
    "reports_falling_due",
    "reports_of",
    "versions_of",
    "BRIEF",
    "CHANGE",
    "DOCUMENT",
    "FULL",
    "MOST_DOCUMENTS",
    "documents_of",
    "HAND_OVER",
    "ITEM",
    "LED",
    "OUTCOME",
    "PACKAGE",
    "outcome_versions_of",
    "title_known_as",
    "MOST_PEOPLE",
    "PARTICIPANT",
    "SOURCES",
    "belongs_to",
    "changes_of",
    "collaborations_of",
    "hand_ins_of",
    "items_of",
    "items_open",
    "judgements_of",
    "moves_of",
    "packages_of",
    "guests_to_be",
    "hand_overs_of",
    "has_led",
    "live_part_of",
    "member_numbered",
    "parties_of",
    "parts_due",
    "parts_held",
    "people_of",
]
