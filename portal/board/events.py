"""Facts about what people keep beside the board."""

from dataclasses import dataclass
from typing import ClassVar

from portal.kernel.events import Fact
from portal.kernel.text import N_


@dataclass(frozen=True)
class CalendarOpened(Fact):
    """Somebody made a secret address under which a program reads their dates; one they had before opens nothing any more."""

    kind: ClassVar[str] = "calendar_feed.opened"
    says: ClassVar[str] = N_("%(actor)s made a secret address for %(subject)s")


@dataclass(frozen=True)
class CalendarClosed(Fact):
    """The address opens nothing any more."""

    kind: ClassVar[str] = "calendar_feed.closed"
    says: ClassVar[str] = N_("%(actor)s closed the secret address of %(subject)s")
