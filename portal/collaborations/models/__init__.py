"""Collaborations with what belongs to them."""

from portal.collaborations.models.changes import ChangeConsent, ChangeRequest
from portal.collaborations.models.collaboration import Collaboration, Deliverable, Milestone, Outcome
from portal.collaborations.models.lists import CheckItem, HealthNote

__all__ = [
    "ChangeConsent",
    "ChangeRequest",
    "CheckItem",
    "Collaboration",
    "Deliverable",
    "HealthNote",
    "Milestone",
    "Outcome",
]
