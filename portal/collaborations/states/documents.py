"""What a document of a collaboration is, who reads it, and whether it still grows."""

from portal.kernel.states import Labelled
from portal.kernel.text import N_


class DocumentCategory(Labelled):
    """What kind of paper it is; they are listed in this order."""

    AGREEMENT = "agreement", N_("Agreement papers")
    PLAN = "plan", N_("Plan")
    REPORT = "report", N_("Report")
    DATA = "data", N_("Data")
    MINUTES = "minutes", N_("Minutes")
    OTHER = "other", N_("Other papers")


class Access(Labelled):
    """Who of those that take part reads it."""

    ALL = "all", N_("Everybody who takes part")
    INSIDE = "inside", N_("Both sides, no guests"), "info"
    SIDE = "side", N_("Our side only"), "turn"
    OFFICERS = "officers", N_("Partnership officers of both sides"), "turn"


class DocumentState(Labelled):
    """Whether it takes new versions."""

    OPEN = "open", N_("Open to new versions"), "info"
    FINAL = "final", N_("Final"), "good"
    REMOVED = "removed", N_("Removed")
