"""Facts about the operator's own work."""

from dataclasses import dataclass
from typing import ClassVar

from portal.kernel.events import Fact
from portal.kernel.text import N_


@dataclass(frozen=True)
class DeadLetterSolved(Fact):
    """An administrator handed a fact to its subscriber again, or set it aside."""

    kind: ClassVar[str] = "dead_letter.solved"
    says: ClassVar[str] = N_("%(actor)s settled a fact that could not be handled")
    seen_by: ClassVar[str] = "staff"
