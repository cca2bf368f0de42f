"""Where the common work stands, how it goes, what came of it."""

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


class OutcomeKind(Labelled):
    """What came of it."""

    PAPER = "paper", N_("Paper")
    DATA = "data", N_("Data set")
    SOFTWARE = "software", N_("Software")
    PATENT = "patent", N_("Patent")
    LICENCE = "licence", N_("Licence")
    SPIN_OUT = "spin_out", N_("Spin-out company")
    PRODUCT = "product", N_("Product or service")
    HIRE = "hire", N_("Person hired")
    FUNDING = "funding", N_("Follow-on funding")
    OTHER = "other", N_("Something else")


class Health(Labelled):
    """How those who lead it judge the work."""

    GREEN = "green", N_("On track"), "good"
    AMBER = "amber", N_("At risk"), "turn"
    RED = "red", N_("In trouble"), "bad"
