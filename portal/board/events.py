"""Facts about calendars, reminders and kept views."""

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


@dataclass(frozen=True)
class DateNear(Fact):
    """Something waits for a person and is due in so many days."""

    kind: ClassVar[str] = "reminder.near"
    says: ClassVar[str] = N_("%(subject)s is due soon, and whoever has it in hand was reminded")
    seen_by: ClassVar[str] = "staff"
    account_id: int
    days: int


@dataclass(frozen=True)
class DatePassed(Fact):
    """Something waits for a person and should have been done so many days ago. Nothing follows from that by itself."""

    kind: ClassVar[str] = "reminder.passed"
    says: ClassVar[str] = N_("%(subject)s is past its date, and whoever has it in hand was reminded")
    seen_by: ClassVar[str] = "staff"
    account_id: int
    days: int


@dataclass(frozen=True)
class DateEscalated(Fact):
    """It is so long past its date that the office of whoever has it in hand was told."""

    kind: ClassVar[str] = "reminder.escalated"
    says: ClassVar[str] = N_("%(subject)s is past its date, and the office was told")
    seen_by: ClassVar[str] = "staff"
    account_id: int
    days: int


@dataclass(frozen=True)
class HolderAsked(Fact):
    """An officer reminded a person for whom something waits."""

    kind: ClassVar[str] = "reminder.asked"
    says: ClassVar[str] = N_("%(actor)s reminded whoever has %(subject)s in hand")
    seen_by: ClassVar[str] = "staff"
    account_id: int


@dataclass(frozen=True)
class BoardViewKept(Fact):
    """Somebody keeps filters of the board under a name, or changed what they keep."""

    kind: ClassVar[str] = "board_view.kept"
    says: ClassVar[str] = N_("%(actor)s kept %(subject)s of the board")


@dataclass(frozen=True)
class BoardViewRemoved(Fact):
    """They keep it no longer."""

    kind: ClassVar[str] = "board_view.removed"
    says: ClassVar[str] = N_("%(actor)s removed %(subject)s of the board")
