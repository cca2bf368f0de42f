"""States and kinds of organisations and memberships."""

from portal.kernel.states import Labelled
from portal.kernel.text import N_


class OrganisationKind(Labelled):
    """What sort of body it is."""

    UNIVERSITY = "university", N_("University")
    COMPANY = "company", N_("Company")
    INSTITUTE = "institute", N_("Research institute")
    PUBLIC = "public", N_("Public body")


class OrganisationState(Labelled):
    """Whether the portal's administrators have checked it."""

    UNVERIFIED = "unverified", N_("Not verified yet"), "turn"
    VERIFIED = "verified", N_("Verified"), "good"
    REJECTED = "rejected", N_("Not accepted"), "bad"
    SUSPENDED = "suspended", N_("Suspended"), "bad"


class MembershipState(Labelled):
    """Whether somebody belongs to an organisation."""

    REQUESTED = "requested", N_("Asked to join"), "turn"
    ACTIVE = "active", N_("Member"), "good"
    DECLINED = "declined", N_("Declined"), "bad"
    ENDED = "ended", N_("Ended")
