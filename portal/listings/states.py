"""Kinds, states and choices of listings."""

from dataclasses import dataclass

from portal.kernel.states import Labelled
from portal.kernel.text import N_


class ListingState(Labelled):
    """Where a listing stands."""

    DRAFT = "draft", N_("Draft")
    IN_REVIEW = "in_review", N_("In review"), "info"
    EDITS_REQUESTED = "edits_requested", N_("Changes asked for"), "turn"
    SCHEDULED = "scheduled", N_("Approved, opens later"), "info"
    ANNOUNCED = "announced", N_("Announced"), "info"
    PUBLISHED = "published", N_("Open"), "good"
    CLOSED = "closed", N_("Closed")
    ARCHIVED = "archived", N_("Archived")
    WITHDRAWN = "withdrawn", N_("Withdrawn"), "bad"
    REJECTED = "rejected", N_("Not accepted"), "bad"
    SUSPENDED = "suspended", N_("Suspended"), "bad"


@dataclass(frozen=True)
class KindFacts:
    """How a kind is written in references, addresses and pages."""

    prefix: str
    path: str
    plural: str
    icon: str

    @property
    def address(self) -> str:
        """Of one listing, as routes write it."""
        return f"/{self.path}/<ref({self.prefix}):id>"


class Kind(Labelled):
    """The five kinds of listing."""

    PROJECT = "project", N_("Research project")
    CHALLENGE = "challenge", N_("Challenge")
    INTERNSHIP = "internship", N_("Internship")
    TRAINING = "training", N_("Training programme")
    COMPUTE = "compute", N_("Compute offer")

    @property
    def facts(self) -> KindFacts:
        return _FACTS[str(self.value)]


_FACTS = {
    "project": KindFacts("PJ", "projects", N_("Research projects"), "lightbulb"),
    "challenge": KindFacts("CH", "challenges", N_("Challenges"), "flag"),
    "internship": KindFacts("IN", "internships", N_("Internships"), "briefcase"),
    "training": KindFacts("TR", "training", N_("Training programmes"), "mortarboard"),
    "compute": KindFacts("CP", "compute", N_("Compute offers"), "cpu"),
}


class Visibility(Labelled):
    """Who may read a published listing."""

    PUBLIC = "public", N_("Everyone")
    REGISTERED = "registered", N_("People with an account")
    ORGANISATION = "organisation", N_("Members of our organisation")
    NAMED = "named", N_("Organisations and people we name")


class Intake(Labelled):
    """How one answers a listing."""

    INTEREST = "interest", N_("Expression of interest first")
    PROPOSAL = "proposal", N_("Interest or full proposal")


class IpStance(Labelled):
    """Who is to own the results of a challenge."""

    OPEN = "open", N_("To be agreed")
    UNIVERSITY = "university", N_("University owns, company gets a licence")
    COMPANY = "company", N_("Company owns, university may publish")
    SHARED = "shared", N_("Shared")
    PUBLIC = "public", N_("Published openly")


class Level(Labelled):
    """Level of study or of a course."""

    ANY = "any", N_("Any level")
    SCHOOL = "school", N_("School")
    BACHELOR = "bachelor", N_("Bachelor")
    MASTER = "master", N_("Master")
    DOCTORAL = "doctoral", N_("Doctoral")
    PROFESSIONAL = "professional", N_("Professional")


class Mode(Labelled):
    """How a training programme is held."""

    ONLINE = "online", N_("Online")
    ON_SITE = "on_site", N_("On site")
    HYBRID = "hybrid", N_("Online and on site")


class PayPeriod(Labelled):
    """What an internship's pay is counted by."""

    HOUR = "hour", N_("per hour")
    MONTH = "month", N_("per month")
    TOTAL = "total", N_("in total")


class Visa(Labelled):
    """Whether an internship's host helps those who need a permit to work there."""

    UNSAID = "unsaid", N_("Not said")
    SPONSORED = "sponsored", N_("The host sponsors it")
    NOT_SPONSORED = "not_sponsored", N_("You need a permit of your own")
    CITIZENS = "citizens", N_("Citizens of the country only")


class DataClass(Labelled):
    """The most sensitive data a compute resource may hold."""

    OPEN = "open", N_("Open data")
    INTERNAL = "internal", N_("Internal data")
    CONFIDENTIAL = "confidential", N_("Confidential data")
    PERSONAL = "personal", N_("Personal data")


class TermStep(Labelled):
    """What administrators do with a term of a vocabulary."""

    ADDED = "added", N_("Added")
    REWORDED = "reworded", N_("Reworded")
    RETIRED = "retired", N_("No longer offered")
    OFFERED = "offered", N_("Offered again")
    MERGED = "merged", N_("Merged")
