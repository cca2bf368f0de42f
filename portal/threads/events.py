"""Facts about messages. Their subject is the thing the thread is about; what was written stays in the message."""

from dataclasses import dataclass
from typing import ClassVar

from portal.kernel.events import Fact
from portal.kernel.text import N_


@dataclass(frozen=True)
class MessagePosted(Fact):
    """Somebody wrote to everybody who can read the thing."""

    kind: ClassVar[str] = "message.posted"
    says: ClassVar[str] = N_("%(actor)s wrote a message about %(subject)s")
    message_id: int


@dataclass(frozen=True)
class SideMessagePosted(Fact):
    """Somebody wrote to the people of their own organisation; the other side does not learn of it."""

    kind: ClassVar[str] = "message.posted_inside"
    says: ClassVar[str] = N_("%(actor)s wrote to colleagues about %(subject)s")
    seen_by: ClassVar[str] = "staff"
    message_id: int
