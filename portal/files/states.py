"""How a file stands with the scanner."""

from portal.kernel.states import Labelled
from portal.kernel.text import N_


class FileState(Labelled):
    """Without a scanner all files wait, and are handed out; with one only those that it found harmless."""

    WAITING = "waiting", N_("Being checked"), "info"
    CLEAN = "clean", N_("Checked"), "good"
    QUARANTINED = "quarantined", N_("Held back"), "bad"
