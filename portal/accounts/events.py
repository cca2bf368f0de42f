"""Facts about accounts. Addresses and networks never stand in them."""

from dataclasses import dataclass
from typing import ClassVar

from portal.kernel.events import Fact
from portal.kernel.text import N_


@dataclass(frozen=True)
class AccountRegistered(Fact):
    """Somebody asked for an account."""

    kind: ClassVar[str] = "account.registered"
    says: ClassVar[str] = N_("%(subject)s registered")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class AccountConfirmed(Fact):
    """The address answered."""

    kind: ClassVar[str] = "account.confirmed"
    says: ClassVar[str] = N_("%(subject)s confirmed their address")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class SignedIn(Fact):
    """A session began."""

    kind: ClassVar[str] = "account.signed_in"
    says: ClassVar[str] = N_("%(subject)s signed in")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class SessionEnded(Fact):
    """A session ended, by signing out or by being revoked."""

    kind: ClassVar[str] = "account.session_ended"
    says: ClassVar[str] = N_("A session of %(subject)s ended")
    seen_by: ClassVar[str] = "staff"
