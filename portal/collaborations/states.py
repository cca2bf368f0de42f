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


class Health(Labelled):
    """How those who lead it judge the work."""

    GREEN = "green", N_("On track"), "good"
    AMBER = "amber", N_("At risk"), "turn"
    RED = "red", N_("In trouble"), "bad"


class ChangeKind(Labelled):
    """What a change request asks for; who has to agree depends on it."""

    EXTENSION = "extension", N_("More time")
    SCOPE = "scope", N_("Other work than agreed")
    MONEY = "money", N_("Another amount")
    PAUSE = "pause", N_("A pause")
    END = "end", N_("An early end by agreement")


class ChangeState(Labelled):
    """Where a change request stands. Silence never agrees."""

    DRAFT = "draft", N_("Draft")
    SUBMITTED = "submitted", N_("To be assessed"), "turn"
    ASSESSED = "assessed", N_("To be agreed"), "turn"
    IN_FORCE = "in_force", N_("In force"), "good"
    REFUSED = "refused", N_("Refused"), "bad"
    WITHDRAWN = "withdrawn", N_("Withdrawn")


class Stand(Labelled):
    """In which capacity somebody agrees."""

    HOST_LEAD = "host_lead", N_("The host's lead")
    PARTNER_LEAD = "partner_lead", N_("The partner's lead")
    HOST_OFFICER = "host_officer", N_("An officer of the host")
    PARTNER_OFFICER = "partner_officer", N_("An officer of the partner")


LEADS = (Stand.HOST_LEAD, Stand.PARTNER_LEAD)
OFFICERS = (Stand.HOST_OFFICER, Stand.PARTNER_OFFICER)
# Time and pauses are the leads' own; what the two offices approved – work, money, that there is a collaboration – is theirs too.
MUST_AGREE: dict[ChangeKind, tuple[Stand, ...]] = {
    ChangeKind.EXTENSION: LEADS,
    ChangeKind.PAUSE: LEADS,
    ChangeKind.SCOPE: (*LEADS, *OFFICERS),
    ChangeKind.MONEY: (*LEADS, *OFFICERS),
    ChangeKind.END: (*LEADS, *OFFICERS),
}
