"""Facts about those who follow listings. Their subject is the following, which nobody else reads; who it is stands in neither."""

from dataclasses import dataclass
from typing import ClassVar

from portal.kernel.events import Fact
from portal.kernel.text import N_


@dataclass(frozen=True)
class ListingFollowed(Fact):
    """Somebody wants to hear when a listing opens and when it changes."""

    kind: ClassVar[str] = "listing.followed"
    says: ClassVar[str] = N_("Following began: %(subject)s")
    hides_actor: ClassVar[bool] = True


@dataclass(frozen=True)
class ListingUnfollowed(Fact):
    """They do not want that any more."""

    kind: ClassVar[str] = "listing.unfollowed"
    says: ClassVar[str] = N_("Following ended: %(subject)s")
    hides_actor: ClassVar[bool] = True
