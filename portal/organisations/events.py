"""Facts about organisations and memberships."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from portal.kernel.events import Fact
from portal.kernel.text import N_


@dataclass(frozen=True)
class OrganisationAdded(Fact):
    """Somebody entered an organisation that was not in the register."""

    kind: ClassVar[str] = "organisation.added"
    says: ClassVar[str] = N_("%(actor)s added %(subject)s")


@dataclass(frozen=True)
class OrganisationVerified(Fact):
    """An administrator of the portal checked it."""

    kind: ClassVar[str] = "organisation.verified"
    says: ClassVar[str] = N_("%(actor)s verified %(subject)s")


@dataclass(frozen=True)
class OrganisationRefused(Fact):
    """It was not accepted, or suspended; the reason stands on the organisation."""

    kind: ClassVar[str] = "organisation.refused"
    says: ClassVar[str] = N_("%(actor)s did not accept %(subject)s")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class OrganisationMerged(Fact):
    """It was a duplicate: another organisation stands in its place."""

    kind: ClassVar[str] = "organisation.merged"
    says: ClassVar[str] = N_("%(subject)s was merged into another organisation")
    seen_by: ClassVar[str] = "staff"
    into_id: int

    @classmethod
    def of(cls, step: Any) -> Self:
        return cls(into_id=step.thing.merged_into_id)


@dataclass(frozen=True)
class DuplicateTakenIn(Fact):
    """What another organisation had is its own from now on; who did it and why stands on the merger."""

    kind: ClassVar[str] = "organisation.duplicate_taken_in"
    says: ClassVar[str] = N_("%(actor)s merged a duplicate into %(subject)s")
    from_id: int


@dataclass(frozen=True)
class OrganisationChanged(Fact):
    """Its public description changed."""

    kind: ClassVar[str] = "organisation.changed"
    says: ClassVar[str] = N_("%(actor)s changed the profile of %(subject)s")


@dataclass(frozen=True)
class OrganisationChecked(Fact):
    """An administrator of the portal verified something of it; the evidence stands on the organisation."""

    kind: ClassVar[str] = "organisation.checked"
    says: ClassVar[str] = N_("%(actor)s checked %(subject)s")
    what: str  # a Check value


@dataclass(frozen=True)
class OrganisationSet(Fact):
    """Its administrators changed who joins at once, who posts, and who is shown its office's address."""

    kind: ClassVar[str] = "organisation.set"
    says: ClassVar[str] = N_("%(actor)s changed the settings of %(subject)s")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class DomainAdded(Fact):
    """Addresses in a further e-mail domain belong to it."""

    kind: ClassVar[str] = "organisation.domain_added"
    says: ClassVar[str] = N_("%(actor)s added an e-mail domain to %(subject)s")
    seen_by: ClassVar[str] = "staff"
    domain_id: int


@dataclass(frozen=True)
class DomainClaimed(Fact):
    """One of its administrators says that a domain is theirs; a code went to it by mail."""

    kind: ClassVar[str] = "organisation.domain_claimed"
    says: ClassVar[str] = N_("%(actor)s claimed an e-mail domain for %(subject)s")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class DomainRemoved(Fact):
    """Addresses in one of its domains belong to it no longer. Those who joined by it stay members."""

    kind: ClassVar[str] = "organisation.domain_removed"
    says: ClassVar[str] = N_("%(actor)s removed an e-mail domain from %(subject)s")
    seen_by: ClassVar[str] = "staff"
    domain_id: int


@dataclass(frozen=True)
class _AboutMember(Fact):
    account_id: int

    @classmethod
    def of(cls, step: Any) -> Self:
        return cls(account_id=step.thing.account_id)


@dataclass(frozen=True)
class MembershipRequested(_AboutMember):
    """A person asked to join, or to hold a role that needs confirming."""

    kind: ClassVar[str] = "membership.requested"
    says: ClassVar[str] = N_("%(actor)s asked to join %(subject)s")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class MemberAdmitted(_AboutMember):
    """A person now belongs to the organisation."""

    kind: ClassVar[str] = "membership.admitted"
    says: ClassVar[str] = N_("%(actor)s confirmed a member of %(subject)s")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class MembershipDeclined(_AboutMember):
    """The organisation does not know the person; the reason stands on the membership."""

    kind: ClassVar[str] = "membership.declined"
    says: ClassVar[str] = N_("%(actor)s declined a request to join %(subject)s")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class MemberRemoved(_AboutMember):
    """A membership ended; its rights end with the next request."""

    kind: ClassVar[str] = "membership.ended"
    says: ClassVar[str] = N_("%(actor)s ended a membership of %(subject)s")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class MemberAddressLeft(_AboutMember):
    """A member is reached at an address outside the organisation's domains now. They stay a member until somebody ends it."""

    kind: ClassVar[str] = "membership.address_left"
    says: ClassVar[str] = N_("A member of %(subject)s changed to an address outside its domains")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class MembershipMoved(_AboutMember):
    """Their organisation was merged into this one: who belonged there waits to be confirmed here, without roles."""

    kind: ClassVar[str] = "membership.moved"
    says: ClassVar[str] = N_("A member waits to be confirmed, because their organisation was merged into %(subject)s")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class MembershipDissolved(_AboutMember):
    """The organisation was merged into one that they belong to, or asked to join, already; nothing was added there."""

    kind: ClassVar[str] = "membership.dissolved"
    says: ClassVar[str] = N_("A membership of %(subject)s ended, because it was merged into another organisation of theirs")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class RolesChanged(_AboutMember):
    """A member's roles changed."""

    kind: ClassVar[str] = "membership.roles_changed"
    says: ClassVar[str] = N_("%(actor)s changed the roles of a member of %(subject)s")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class MembershipDescribed(_AboutMember):
    """A member said since when they belong, as what, or which of several organisations comes first for them."""

    kind: ClassVar[str] = "membership.described"
    says: ClassVar[str] = N_("%(actor)s changed what stands beside their name at %(subject)s")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class InvitationSent(Fact):
    """An administrator invited an address to join."""

    kind: ClassVar[str] = "invitation.sent"
    says: ClassVar[str] = N_("%(actor)s invited somebody to %(subject)s")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class InvitationAccepted(Fact):
    """Whoever has the address joined."""

    kind: ClassVar[str] = "invitation.accepted"
    says: ClassVar[str] = N_("%(actor)s accepted an invitation to %(subject)s")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class InvitationDeclined(Fact):
    """Whoever has the address does not want to join."""

    kind: ClassVar[str] = "invitation.declined"
    says: ClassVar[str] = N_("%(actor)s declined an invitation to %(subject)s")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class InvitationWithdrawn(Fact):
    """The organisation took it back before it was answered."""

    kind: ClassVar[str] = "invitation.withdrawn"
    says: ClassVar[str] = N_("%(actor)s withdrew an invitation to %(subject)s")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class InvitationExpired(Fact):
    """Nobody answered it in time."""

    kind: ClassVar[str] = "invitation.expired"
    says: ClassVar[str] = N_("An invitation to %(subject)s expired")
    seen_by: ClassVar[str] = "staff"
