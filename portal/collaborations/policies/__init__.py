"""Who may see and move a collaboration and its parts."""

from portal.collaborations.policies.work import (
    CHANGE_ASKER,
    CHANGE_OTHERS,
    CHANGE_READ,
    DELIVERABLE_OWES,
    DELIVERABLE_READ,
    DELIVERABLE_RECEIVES,
    HOST_LEAD,
    ITEM_OWES,
    ITEM_READ,
    ITEM_WAIVES,
    LEAD,
    MILESTONE_LEAD,
    MILESTONE_READ,
    OFFICER,
    READ,
    RELEASED,
)

__all__ = [
    "CHANGE_ASKER",
    "CHANGE_OTHERS",
    "CHANGE_READ",
    "DELIVERABLE_OWES",
    "DELIVERABLE_READ",
    "DELIVERABLE_RECEIVES",
    "HOST_LEAD",
    "ITEM_OWES",
    "ITEM_READ",
    "ITEM_WAIVES",
    "LEAD",
    "MILESTONE_LEAD",
    "MILESTONE_READ",
    "OFFICER",
    "READ",
    "RELEASED",
]
