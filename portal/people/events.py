"""Facts about what people say of themselves."""

from dataclasses import dataclass
from typing import ClassVar

from portal.kernel.events import Fact
from portal.kernel.text import N_


@dataclass(frozen=True)
class ProfileChanged(Fact):
    """A person changed what others can read of them, or whether others can find them."""

    kind: ClassVar[str] = "profile.changed"
    says: ClassVar[str] = N_("%(actor)s changed their profile")
