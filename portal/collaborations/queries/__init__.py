"""Reads over collaborations and their parts."""

from portal.collaborations.queries.changes import CHANGE, CHANGE_SOURCES, changes_of
from portal.collaborations.queries.closing import left_to_close, open_reports_of
from portal.collaborations.queries.collaborations import BRIEF, FULL, LED, collaborations_of, figures, parties_of
from portal.collaborations.queries.lists import ITEM, items_of, items_open, judgements_of
from portal.collaborations.queries.plan import PACKAGE, hand_ins_of, moves_of, packages_of
from portal.collaborations.queries.reports import REPORT, REPORT_SOURCES, reports_falling_due, reports_of, versions_of
from portal.collaborations.queries.waiting import SOURCES as PLAN_SOURCES

SOURCES = (*PLAN_SOURCES, *REPORT_SOURCES, *CHANGE_SOURCES)

__all__ = [
    "REPORT",
    "left_to_close",
    "open_reports_of",
    "reports_falling_due",
    "reports_of",
    "versions_of",
    "BRIEF",
    "CHANGE",
    "FULL",
    "ITEM",
    "LED",
    "PACKAGE",
    "SOURCES",
    "changes_of",
    "collaborations_of",
    "figures",
    "hand_ins_of",
    "items_of",
    "items_open",
    "judgements_of",
    "moves_of",
    "packages_of",
    "parties_of",
]
