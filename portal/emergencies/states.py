"""Where a reading in an emergency stands, and what can be read."""

from portal.kernel.states import Labelled
from portal.kernel.text import N_


class EmergencyState(Labelled):
    """It waits for a second administrator; then it is open for a day."""

    ASKED = "asked", N_("Waits for a second administrator"), "turn"
    OPEN = "open", N_("May be read now"), "bad"
    ENDED = "ended", N_("Over"), "quiet"
    DECLINED = "declined", N_("Not allowed"), "quiet"
