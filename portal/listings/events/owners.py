"""Who answers for a listing."""

from dataclasses import dataclass
from typing import ClassVar

from portal.kernel.events import Fact
from portal.kernel.text import N_


@dataclass(frozen=True)
class ListingCoOwnerNamed(Fact):
    """A colleague may do with it what its owner may."""

    kind: ClassVar[str] = "listing.co_owner_named"
    says: ClassVar[str] = N_("%(actor)s named a co-owner of %(subject)s")
    seen_by: ClassVar[str] = "staff"
    account_id: int


@dataclass(frozen=True)
class ListingCoOwnerRemoved(Fact):
    """A co-owner has no part in it any more: the owner's wish, their own, or they left the organisation."""

    kind: ClassVar[str] = "listing.co_owner_removed"
    says: ClassVar[str] = N_("A co-owner has no part in %(subject)s any more")
    seen_by: ClassVar[str] = "staff"
    account_id: int


@dataclass(frozen=True)
class ListingHandedOver(Fact):
    """Somebody else is its owner from now on; whoever was it is a co-owner, or has left the organisation."""

    kind: ClassVar[str] = "listing.handed_over"
    says: ClassVar[str] = N_("%(actor)s handed over %(subject)s")
    seen_by: ClassVar[str] = "staff"
    account_id: int


@dataclass(frozen=True)
class ListingResponsibleNamed(Fact):
    """It shows somebody else as responsible, or – once they agree – will; None where that is nobody with an account."""

    kind: ClassVar[str] = "listing.responsible_named"
    says: ClassVar[str] = N_("%(actor)s changed who is responsible for %(subject)s")
    seen_by: ClassVar[str] = "staff"
    account_id: int | None


@dataclass(frozen=True)
class ListingResponsibleAgreed(Fact):
    """Whoever was named agreed that their name is shown."""

    kind: ClassVar[str] = "listing.responsible_agreed"
    says: ClassVar[str] = N_("%(actor)s agreed to be responsible for %(subject)s")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class ListingResponsibleDeclined(Fact):
    """Whoever was named does not want that, not any more, or left the organisation."""

    kind: ClassVar[str] = "listing.responsible_declined"
    says: ClassVar[str] = N_("Whoever was to be responsible for %(subject)s is not")
    seen_by: ClassVar[str] = "staff"
