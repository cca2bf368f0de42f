"""The ways in which people are told."""

from portal.kernel.states import Labelled
from portal.kernel.text import N_


class Channel(Labelled):
    """How somebody wants to be told of one kind of news. All but the last stand in the list as well."""

    AT_ONCE = "at_once", N_("By mail, at once")
    DAILY = "daily", N_("In one mail a day")
    WEEKLY = "weekly", N_("In one mail a week")
    LISTED = "listed", N_("Here only")
    OFF = "off", N_("Not at all")
