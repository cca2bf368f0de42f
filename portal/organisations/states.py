"""States and kinds of organisations and memberships."""

from portal.kernel.policy import Role
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


class JoinAs(Labelled):
    """What somebody asks to be in an organisation."""

    MEMBER = "member", N_("Member: see and prepare what we do here")
    OFFICER = "officer", N_("Partnership officer: approve and answer for the organisation")


# What roles are called, and what each lets a person do.
ROLE_LABELS: dict[Role, str] = {
    Role.MEMBER: N_("Member"),
    Role.POSTER: N_("Poster"),
    Role.OFFICER: N_("Partnership officer"),
    Role.SIGNATORY: N_("Signatory"),
    Role.ADMINISTRATOR: N_("Administrator"),
}
ROLE_NOTES: dict[Role, str] = {
    Role.POSTER: N_("Writes listings for the organisation."),
    Role.OFFICER: N_("Reads and approves proposals and agreements, and confirms new members."),
    Role.SIGNATORY: N_("Signs agreements."),
    Role.ADMINISTRATOR: N_("Keeps the profile, the members and their roles."),
}
