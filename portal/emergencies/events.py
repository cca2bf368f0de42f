"""Facts about readings in an emergency."""

from dataclasses import dataclass
from typing import ClassVar

from portal.kernel.events import Fact
from portal.kernel.text import N_


@dataclass(frozen=True)
class EmergencyAsked(Fact):
    """An administrator of the portal wants to read something that is not theirs; the reason stands with it."""

    kind: ClassVar[str] = "emergency.asked"
    says: ClassVar[str] = N_("%(actor)s asked to read %(subject)s")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class EmergencyOpened(Fact):
    """A second administrator agreed. Both parties are told."""

    kind: ClassVar[str] = "emergency.opened"
    says: ClassVar[str] = N_("%(actor)s let an administrator of the portal read %(subject)s")


@dataclass(frozen=True)
class EmergencyDeclined(Fact):
    """It stays closed; the reason stands with it."""

    kind: ClassVar[str] = "emergency.declined"
    says: ClassVar[str] = N_("%(actor)s did not let anybody read %(subject)s")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class EmergencyRead(Fact):
    """Whoever asked opened the text."""

    kind: ClassVar[str] = "emergency.read"
    says: ClassVar[str] = N_("%(actor)s read %(subject)s")


@dataclass(frozen=True)
class EmergencyEnded(Fact):
    """It is over, by an administrator or because its day is."""

    kind: ClassVar[str] = "emergency.ended"
    says: ClassVar[str] = N_("Nobody of the portal reads %(subject)s any more")
