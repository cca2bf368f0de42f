"""Collaborations with what belongs to them."""

from portal.collaborations.models.collaboration import Collaboration, Deliverable, Milestone, Outcome

__all__ = ["Collaboration", "Deliverable", "Milestone", "Outcome"]
