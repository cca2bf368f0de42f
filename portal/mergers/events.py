"""Facts about mergers."""

from dataclasses import dataclass
from typing import ClassVar

from portal.kernel.events import Fact
from portal.kernel.text import N_


@dataclass(frozen=True)
class MergerAsked(Fact):
    """An administrator of the portal holds two organisations for one; the reason stands on the merger."""

    kind: ClassVar[str] = "merger.asked"
    says: ClassVar[str] = N_("%(actor)s asked to merge %(subject)s")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class MergerDone(Fact):
    """A second administrator agreed, and it is done. It cannot be undone."""

    kind: ClassVar[str] = "merger.done"
    says: ClassVar[str] = N_("%(actor)s merged %(subject)s")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class MergerDeclined(Fact):
    """They stay two; the reason stands on the merger."""

    kind: ClassVar[str] = "merger.declined"
    says: ClassVar[str] = N_("%(actor)s did not merge %(subject)s")
    seen_by: ClassVar[str] = "staff"
