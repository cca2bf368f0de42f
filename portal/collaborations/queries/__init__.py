"""Reads over collaborations and their parts."""

from portal.collaborations.queries.collaborations import BRIEF, FULL, LED, collaborations_of, figures, parties_of
from portal.collaborations.queries.lists import ITEM, items_of, items_open, judgements_of
from portal.collaborations.queries.waiting import SOURCES

__all__ = [
    "BRIEF",
    "FULL",
    "ITEM",
    "LED",
    "SOURCES",
    "collaborations_of",
    "figures",
    "items_of",
    "items_open",
    "judgements_of",
    "parties_of",
]
