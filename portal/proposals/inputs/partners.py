"""What a partner confirms, and who writes a part."""

from dataclasses import dataclass
from typing import Any

from portal.kernel import inputs
from portal.kernel.errors import Invalid
from portal.kernel.text import N_
from portal.proposals.inputs.rows import keep


@dataclass(frozen=True)
class Confirming:
    """Exactly what somebody has read: the digest of it."""

    digest: str

    def __post_init__(self) -> None:
        if not isinstance(self.digest, str) or len(self.digest) != 64:
            raise Invalid("digest", N_("Read the proposal on its page, and confirm it there."))


@dataclass(frozen=True)
class PartKept:
    """Who writes a part (0: nobody is named), and whether it is done."""

    owner_id: Any = 0
    done: bool = False

    def __post_init__(self) -> None:
        keep(self, "owner_id", inputs.whole("owner_id", self.owner_id or 0))
