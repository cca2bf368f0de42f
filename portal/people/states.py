"""How well somebody knows a thing, how they like to be reached, and through whose eyes a page is looked at."""

from portal.kernel.states import Labelled
from portal.kernel.text import N_


class Level(Labelled):
    """How well somebody knows what they name."""

    LEARNING = "learning", N_("learning")
    WORKING = "working", N_("works with it")
    EXPERT = "expert", N_("expert")


class ContactBy(Labelled):
    """The way somebody likes to be reached. Their e-mail address is never shown."""

    OFFICE = "office", N_("Through the office of my organisation")
    LISTING = "listing", N_("By an answer to one of my listings")
    NOBODY = "nobody", N_("Not at present")


class Audience(Labelled):
    """Those who may read a page differently."""

    VISITOR = "visitor", N_("Visitors")
    REGISTERED = "registered", N_("People with an account")
    COLLEAGUE = "colleague", N_("Colleagues")
