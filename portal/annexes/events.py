"""Facts about annexes. That there is one is no secret; what it says stands in no fact."""

from dataclasses import dataclass
from typing import ClassVar

from portal.kernel.events import Fact
from portal.kernel.text import N_


@dataclass(frozen=True)
class AnnexWritten(Fact):
    """There is a confidential annex now, or it says something else."""

    kind: ClassVar[str] = "annex.written"
    says: ClassVar[str] = N_("%(actor)s wrote the confidential annex of %(subject)s")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class AnnexRemoved(Fact):
    """There is none any more."""

    kind: ClassVar[str] = "annex.removed"
    says: ClassVar[str] = N_("%(actor)s removed the confidential annex of %(subject)s")
    seen_by: ClassVar[str] = "staff"
