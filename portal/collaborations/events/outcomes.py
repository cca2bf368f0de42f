"""Facts about outcomes."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from portal.kernel.events import Fact
from portal.kernel.text import N_


@dataclass(frozen=True)
class OutcomeRecorded(Fact):
    """One side reported that something came of the work."""

    kind: ClassVar[str] = "outcome.recorded"
    says: ClassVar[str] = N_("%(actor)s recorded the outcome %(subject)s")


@dataclass(frozen=True)
class OutcomeShown(Fact):
    """One side lets everybody know of it, or does so no longer."""

    kind: ClassVar[str] = "outcome.shown"
    says: ClassVar[str] = N_("%(actor)s changed whether everybody finds the outcome %(subject)s")
    side_id: int
    shown: bool


@dataclass(frozen=True)
class OutcomeMoved(Fact):
    """It was confirmed or asked about by the other side, corrected or withdrawn by its own."""

    kind: ClassVar[str] = "outcome.moved"
    says: ClassVar[str] = N_("%(actor)s set the outcome %(subject)s to: %(state)s")
    state: str

    @classmethod
    def of(cls, step: Any) -> Self:
        return cls(state=str(step.row.target.value))
