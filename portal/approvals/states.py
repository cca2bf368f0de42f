"""States of an approval slot and the sides it can stand for."""

from portal.kernel.states import Labelled
from portal.kernel.text import N_


class ApprovalState(Labelled):
    """Whether the slot is filled."""

    OPEN = "open", N_("Waiting"), "turn"
    APPROVED = "approved", N_("Approved"), "good"
    RETURNED = "returned", N_("Sent back"), "bad"
    VOID = "void", N_("No longer needed")


class Side(Labelled):
    """Whose approval it is: of those who offered, or of those who answered."""

    HOST = "host", N_("The listing's organisation")
    PARTNER = "partner", N_("The proposer's organisation")
