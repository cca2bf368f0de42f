"""Facts about announcements. What they say stands on the announcement alone."""

from dataclasses import dataclass
from typing import ClassVar

from portal.kernel.events import Fact
from portal.kernel.text import N_


@dataclass(frozen=True)
class AnnouncementMade(Fact):
    """An administrator of the portal worded a message that is shown from its beginning on."""

    kind: ClassVar[str] = "announcement.made"
    says: ClassVar[str] = N_("%(actor)s announced something: %(subject)s")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class AnnouncementChanged(Fact):
    """Its words, its audience or its times are others; whoever had dismissed other words sees it again."""

    kind: ClassVar[str] = "announcement.changed"
    says: ClassVar[str] = N_("%(actor)s changed %(subject)s")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class AnnouncementBegun(Fact):
    """Its time has come."""

    kind: ClassVar[str] = "announcement.begun"
    says: ClassVar[str] = N_("%(subject)s is shown from now on")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class AnnouncementEnded(Fact):
    """Its time is over."""

    kind: ClassVar[str] = "announcement.ended"
    says: ClassVar[str] = N_("%(subject)s is not shown any more")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class AnnouncementTakenBack(Fact):
    """An administrator ended it before its time."""

    kind: ClassVar[str] = "announcement.taken_back"
    says: ClassVar[str] = N_("%(actor)s took back %(subject)s")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class AnnouncementDismissed(Fact):
    """Somebody has read it and does not want to see it again."""

    kind: ClassVar[str] = "announcement.dismissed"
    says: ClassVar[str] = N_("%(actor)s dismissed %(subject)s")
    seen_by: ClassVar[str] = "staff"
