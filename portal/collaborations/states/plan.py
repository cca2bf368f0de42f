"""Parts of the plan, and their states."""

from portal.kernel.states import Labelled
from portal.kernel.text import N_


class PlanKind(Labelled):
    """What a plan is made of."""

    PACKAGE = "package", N_("Work package")
    MILESTONE = "milestone", N_("Milestone")
    DELIVERABLE = "deliverable", N_("Deliverable")


class MilestoneState(Labelled):
    """Whether a milestone is reached."""

    PLANNED = "planned", N_("Planned")
    IN_PROGRESS = "in_progress", N_("In progress"), "info"
    SLIPPED = "slipped", N_("Slipped"), "turn"
    ACHIEVED = "achieved", N_("Achieved"), "good"
    CANCELLED = "cancelled", N_("Cancelled")


class DeliverableState(Labelled):
    """Where a deliverable stands between those who owe it and those who receive it."""

    DUE = "due", N_("Due")
    SUBMITTED = "submitted", N_("Handed in"), "info"
    UNDER_REVIEW = "under_review", N_("Under review"), "info"
    REWORK = "rework", N_("Changes asked for"), "turn"
    ACCEPTED = "accepted", N_("Accepted"), "good"
    WAIVED = "waived", N_("Waived")


AHEAD = (MilestoneState.PLANNED, MilestoneState.IN_PROGRESS, MilestoneState.SLIPPED)  # milestones still to be reached
OWED = (DeliverableState.DUE, DeliverableState.REWORK)  # the partner's turn
GIVEN = (DeliverableState.SUBMITTED, DeliverableState.UNDER_REVIEW)  # the host's turn
