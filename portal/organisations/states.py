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
    MERGED = "merged", N_("Merged into another")


class MembershipState(Labelled):
    """Whether somebody belongs to an organisation."""

    REQUESTED = "requested", N_("Asked to join"), "turn"
    ACTIVE = "active", N_("Member"), "good"
    DECLINED = "declined", N_("Declined"), "bad"
    ENDED = "ended", N_("Ended")


class Check(Labelled):
    """What the portal's administrators look at when they get to know an organisation."""

    EXISTS = "exists", N_("It stands in a public register")
    DOMAIN = "domain", N_("Its e-mail domains are its own")
    CONTACT = "contact", N_("Somebody answered at an address or number found elsewhere")
    AUTHORITY = "authority", N_("Its signatories may sign")
    DILIGENCE = "diligence", N_("Ownership and sanctions lists")


class InvitationState(Labelled):
    """What became of an invitation to join."""

    OPEN = "open", N_("Invited"), "turn"
    ACCEPTED = "accepted", N_("Accepted"), "good"
    DECLINED = "declined", N_("Declined"), "bad"
    WITHDRAWN = "withdrawn", N_("Withdrawn")
    EXPIRED = "expired", N_("Expired")


class JoinAs(Labelled):
    """What somebody asks to be in an organisation."""

    MEMBER = "member", N_("Member: see and prepare what we do here")
    OFFICER = "officer", N_("Partnership officer: approve and answer for the organisation")


class Admission(Labelled):
    """What becomes of those whose address shows that they belong."""

    AT_ONCE = "at_once", N_("They belong at once")
    CONFIRMED = "confirmed", N_("Its administrators confirm each of them")


class Posting(Labelled):
    """Who writes listings in the organisation's name."""

    EVERYBODY = "everybody", N_("Whoever joins, students excepted")
    CHOSEN = "chosen", N_("Only those whom its administrators make posters")


class Contact(Labelled):
    """Who is shown the address of its office, besides its own members."""

    REGISTERED = "registered", N_("Everybody with an account")
    COLLEAGUES = "colleagues", N_("People who belong to an organisation")
    NOBODY = "nobody", N_("Nobody else")


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
    Role.OFFICER: N_("Reads and approves proposals and agreements."),
    Role.SIGNATORY: N_("Signs agreements, up to the amount you enter."),
    Role.ADMINISTRATOR: N_("Keeps the profile, the members and their roles, and answers those who ask to join."),
}
