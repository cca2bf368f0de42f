"""The two lists and their items."""

from portal.kernel.states import Labelled
from portal.kernel.text import N_


class Checklist(Labelled):
    """When an item has to be settled: before the work starts, or before the collaboration closes."""

    SET_UP = "set_up", N_("Set-up list")
    CLOSING = "closing", N_("Closing list")


class ItemKind(Labelled):
    """What has to be settled."""

    COST_CODE = "cost_code", N_("Cost code or account opened")
    ETHICS = "ethics", N_("Ethics and data protection cleared")
    PURCHASE_ORDER = "purchase_order", N_("Purchase order issued")
    TEAM = "team", N_("Team named")
    KICK_OFF = "kick_off", N_("Day of the kick-off meeting set")
    FINAL_REPORT = "final_report", N_("Final report delivered")
    ACCOUNT = "account", N_("Money settled and books closed")
    MATERIAL = "material", N_("Equipment and material returned")
    DATA = "data", N_("Data archived")
    DISCLOSURE = "disclosure", N_("Inventions disclosed and publications cleared")
    OUTCOMES = "outcomes", N_("Outcomes recorded")
    SURVEY = "survey", N_("What went well and what did not, told to the other side")
    OWN = "own", N_("Something else")


class ItemState(Labelled):
    """Whether it is settled."""

    OPEN = "open", N_("Open"), "turn"
    DONE = "done", N_("Done"), "good"
    WAIVED = "waived", N_("Waived")
