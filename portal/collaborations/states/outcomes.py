"""What came of the work, and whether both sides say so."""

from portal.kernel.states import Labelled
from portal.kernel.text import N_


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


class OutcomeState(Labelled):
    """Whether the other side confirmed what one side reported."""

    REPORTED = "reported", N_("Reported by one side"), "info"
    QUERIED = "queried", N_("Asked about"), "turn"
    CONFIRMED = "confirmed", N_("Confirmed by both sides"), "good"
    WITHDRAWN = "withdrawn", N_("Withdrawn")
