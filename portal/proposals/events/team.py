"""Facts about those who write a proposal together. Only their own side reads them."""

from dataclasses import dataclass
from typing import ClassVar

from portal.kernel.events import Fact
from portal.kernel.text import N_


@dataclass(frozen=True)
class CoAuthorInvited(Fact):
    """The author invited an address to take part."""

    kind: ClassVar[str] = "co_author.invited"
    says: ClassVar[str] = N_("%(actor)s invited somebody to write %(subject)s together")


@dataclass(frozen=True)
class CoAuthorJoined(Fact):
    """Whoever has the address takes part from now on."""

    kind: ClassVar[str] = "co_author.joined"
    says: ClassVar[str] = N_("%(actor)s takes part in writing %(subject)s")


@dataclass(frozen=True)
class CoAuthorDeclined(Fact):
    """Whoever has the address does not want to."""

    kind: ClassVar[str] = "co_author.declined"
    says: ClassVar[str] = N_("%(actor)s does not take part in writing %(subject)s")


@dataclass(frozen=True)
class CoAuthorWithdrawn(Fact):
    """The author took the invitation back before it was answered."""

    kind: ClassVar[str] = "co_author.withdrawn"
    says: ClassVar[str] = N_("%(actor)s withdrew an invitation to write %(subject)s")


@dataclass(frozen=True)
class CoAuthorExpired(Fact):
    """Nobody answered the invitation in time."""

    kind: ClassVar[str] = "co_author.expired"
    says: ClassVar[str] = N_("An invitation to write %(subject)s expired")


@dataclass(frozen=True)
class CoAuthorRightChanged(Fact):
    """The author lets a co-author do more, or less."""

    kind: ClassVar[str] = "co_author.right_changed"
    says: ClassVar[str] = N_("%(actor)s changed what a co-author may do with %(subject)s: %(right)s")
    right: str


@dataclass(frozen=True)
class CoAuthorEnded(Fact):
    """A co-author left, was asked to, or left the organisation for which they took part."""

    kind: ClassVar[str] = "co_author.ended"
    says: ClassVar[str] = N_("A co-author of %(subject)s no longer takes part")
