"""Facts about deliveries. Addresses never stand in them."""

from dataclasses import dataclass
from typing import ClassVar

from portal.kernel.events import Fact
from portal.kernel.text import N_


@dataclass(frozen=True)
class MailRetried(Fact):
    """An administrator put a mail that was given up back into the outbox."""

    kind: ClassVar[str] = "delivery.retried"
    says: ClassVar[str] = N_("%(actor)s let %(subject)s be sent again")
    seen_by: ClassVar[str] = "staff"
