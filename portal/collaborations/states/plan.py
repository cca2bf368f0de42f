"""States of the parts of the plan."""

from portal.kernel.states import Labelled
from portal.kernel.text import N_


class MilestoneState(Labelled):
    """Whether a milestone is reached."""

    PLANNED = "planned", N_("Planned")
    ACHIEVED = "achieved", N_("Achieved"), "good"
    CANCELLED = "cancelled", N_("Cancelled")


class DeliverableState(Labelled):
    """Where a deliverable stands between those who owe it and those who receive it."""

    DUE = "due", N_("Due")
    SUBMITTED = "submitted", N_("Handed in"), "info"
    REWORK = "rework", N_("Changes asked for"), "turn"
    ACCEPTED = "accepted", N_("Accepted"), "good"
    WAIVED = "waived", N_("Waived")
