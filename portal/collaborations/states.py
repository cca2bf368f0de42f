"""States of collaborations and their parts."""

from portal.kernel.states import Labelled
from portal.kernel.text import N_


class CollaborationState(Labelled):
    """Where the common work stands."""

    PLANNED = "planned", N_("Being set up"), "turn"
    ACTIVE = "active", N_("Running"), "info"
    PAUSED = "paused", N_("On hold"), "turn"
    CLOSING = "closing", N_("Closing"), "info"
    CLOSED = "closed", N_("Closed"), "good"
    TERMINATED = "terminated", N_("Ended early"), "bad"


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


class OutcomeKind(Labelled):
    """What came of it."""

    PAPER = "paper", N_("Paper")
    DATA = "data", N_("Data set")
    SOFTWARE = "software", N_("Software")
    PATENT = "patent", N_("Patent")
    PRODUCT = "product", N_("Product or service")
    HIRE = "hire", N_("Person hired")
    OTHER = "other", N_("Something else")
