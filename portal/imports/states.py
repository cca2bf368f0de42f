"""Where an uploaded file of records stands."""

from portal.kernel.states import Labelled
from portal.kernel.text import N_


class ImportState(Labelled):
    """What has been done with the file so far."""

    UPLOADED = "uploaded", N_("Not checked yet"), "turn"
    CHECKING = "checking", N_("Being checked"), "info"
    CHECKED = "checked", N_("Checked"), "turn"
    IMPORTING = "importing", N_("Being imported"), "info"
    DONE = "done", N_("Imported"), "good"
    STOPPED = "stopped", N_("Stopped"), "bad"
    FAILED = "failed", N_("Could not be read"), "bad"


RUNNING = (ImportState.CHECKING, ImportState.IMPORTING)
OPEN = (ImportState.UPLOADED, ImportState.CHECKED)  # whose columns can still be set
WITH_FILE = (*OPEN, *RUNNING, ImportState.STOPPED)
