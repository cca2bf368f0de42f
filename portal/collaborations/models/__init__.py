"""Collaborations with what belongs to them."""

from portal.collaborations.models.collaboration import Collaboration, Deliverable, Milestone, Outcome
from portal.collaborations.models.lists import CheckItem, HealthNote

__all__ = ["CheckItem", "Collaboration", "Deliverable", "HealthNote", "Milestone", "Outcome"]
