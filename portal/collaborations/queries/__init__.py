"""Reads over collaborations and their parts."""

from portal.collaborations.queries.collaborations import BRIEF, FULL, LED, collaborations_of, figures, parties_of
from portal.collaborations.queries.waiting import SOURCES

__all__ = ["BRIEF", "FULL", "LED", "SOURCES", "collaborations_of", "figures", "parties_of"]
