"""How often somebody is told of what is new for a saved search."""

from portal.kernel.states import Labelled
from portal.kernel.text import N_


class Often(Labelled):
    """The pace of the news of one search."""

    DAILY = "daily", N_("At most once a day")
    WEEKLY = "weekly", N_("At most once a week")
    NEVER = "never", N_("Never: it is only kept here")
