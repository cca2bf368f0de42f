"""What becomes of a merger, and by what duplicates are told."""

from portal.kernel.states import Labelled
from portal.kernel.text import N_


class MergerState(Labelled):
    """Where it stands."""

    ASKED = "asked", N_("Waits for a second administrator"), "turn"
    MERGED = "merged", N_("Merged"), "good"
    DECLINED = "declined", N_("Not merged"), "bad"


class Likeness(Labelled):
    """Why two organisations may be one."""

    NAME = "name", N_("The same name")
    DOMAIN = "domain", N_("The e-mail domain of one lies within the other's")
