"""Where the common work stands, and how it goes."""

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


class Health(Labelled):
    """How those who lead it judge the work."""

    GREEN = "green", N_("On track"), "good"
    AMBER = "amber", N_("At risk"), "turn"
    RED = "red", N_("In trouble"), "bad"
