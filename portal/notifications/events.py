"""Facts about deliveries and how mails are worded. Neither addresses nor words stand in them."""

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


@dataclass(frozen=True)
class WordingChanged(Fact):
    """An administrator worded a kind of mail, or brought the portal's own words back; the words are kept, version by version."""

    kind: ClassVar[str] = "wording.changed"
    says: ClassVar[str] = N_("%(actor)s changed how a kind of mail is worded")
    seen_by: ClassVar[str] = "staff"
    own: bool  # false: the portal's own words again
