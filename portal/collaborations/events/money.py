"""Facts about claims and contributions."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from portal.kernel.events import Fact
from portal.kernel.text import N_


@dataclass(frozen=True)
class ClaimMoved(Fact):
    """A claim was submitted, checked, approved, paid, asked about, declined or waived."""

    kind: ClassVar[str] = "claim.moved"
    says: ClassVar[str] = N_("%(actor)s set a claim to: %(state)s")
    state: str

    @classmethod
    def of(cls, step: Any) -> Self:
        return cls(state=str(step.row.target.value))


@dataclass(frozen=True)
class ClaimWritten(Fact):
    """A claim was begun or written anew; the other side reads it once it is submitted."""

    kind: ClassVar[str] = "claim.written"
    says: ClassVar[str] = N_("%(actor)s wrote a claim")


@dataclass(frozen=True)
class ContributionRecorded(Fact):
    """One side told what it put in, or that it was a mistake."""

    kind: ClassVar[str] = "collaboration.contribution_recorded"
    says: ClassVar[str] = N_("%(actor)s recorded a contribution to %(subject)s")
    contribution_id: int
    withdrawn: bool
