"""How well somebody knows a thing, how they like to be reached, and through whose eyes a page is looked at."""

from portal.kernel.states import Labelled
from portal.kernel.text import N_


class Level(Labelled):
    """How well somebody knows what they name."""

    LEARNING = "learning", N_("learning")
    WORKING = "working", N_("works with it")
    EXPERT = "expert", N_("expert")


class StudyLevel(Labelled):
    """How far a student is."""

    BACHELOR = "bachelor", N_("Bachelor")
    MASTER = "master", N_("Master")
    DOCTORAL = "doctoral", N_("Doctoral")
    OTHER = "other", N_("Another degree")


class Duty(Labelled):
    """What somebody of a company or an office is to be asked about."""

    PARTNERSHIPS = "partnerships", N_("Partnerships")
    CONTRACTS = "contracts", N_("Contracts and non-disclosure")
    IP = "ip", N_("Intellectual property and licences")
    FUNDING = "funding", N_("Funding and budgets")
    DATA = "data", N_("Data protection and ethics")
    PLACEMENTS = "placements", N_("Internships and placements")
    TRAINING = "training", N_("Training")
    COMPUTING = "computing", N_("Computing time")
    TECHNICAL = "technical", N_("Technical questions")


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
