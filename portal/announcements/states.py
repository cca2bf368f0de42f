"""Where an announcement stands, how grave it is, and whom it is for."""

from portal.kernel.states import Labelled
from portal.kernel.text import N_


class AnnouncementState(Labelled):
    """It is written, begins and ends by the clock, or is taken back before."""

    COMING = "coming", N_("Coming"), "info"
    RUNNING = "running", N_("Shown now"), "good"
    ENDED = "ended", N_("Over"), "quiet"
    TAKEN_BACK = "taken_back", N_("Taken back"), "quiet"


class Tone(Labelled):
    """What kind of news it is; the gravest stands first on a page."""

    DISRUPTION = "bad", N_("Disruption"), "bad"
    MAINTENANCE = "turn", N_("Maintenance"), "turn"
    NEWS = "info", N_("Notice"), "info"


class Audience(Labelled):
    """Whose pages it stands on. The values of single kinds are those of accounts."""

    EVERYBODY = "everybody", N_("Everybody, visitors too")
    SIGNED_IN = "signed_in", N_("People with an account")
    STUDENTS = "student", N_("Students")
    RESEARCHERS = "professor", N_("Researchers")
    COMPANIES = "company", N_("Companies")
    OFFICERS = "officer", N_("Partnership officers")
