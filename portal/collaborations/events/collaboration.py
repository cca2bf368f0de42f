"""Facts about collaborations as a whole."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from portal.kernel.events import Fact
from portal.kernel.text import N_


@dataclass(frozen=True)
class CollaborationOpened(Fact):
    """An accepted proposal became a collaboration, with everything carried over."""

    kind: ClassVar[str] = "collaboration.opened"
    says: ClassVar[str] = N_("%(subject)s was opened")


@dataclass(frozen=True)
class CollaborationMoved(Fact):
    """It started, paused, went on, began to close, closed or ended early."""

    kind: ClassVar[str] = "collaboration.moved"
    says: ClassVar[str] = N_("%(actor)s moved %(subject)s to: %(state)s")
    state: str

    @classmethod
    def of(cls, step: Any) -> Self:
        return cls(state=str(step.row.target.value))


@dataclass(frozen=True)
class CollaborationReleased(Fact):
    """One side lets everybody know that it exists, or does so no longer."""

    kind: ClassVar[str] = "collaboration.released"
    says: ClassVar[str] = N_("%(actor)s changed whether the public knows of %(subject)s")
    side_id: int
    shown: bool


@dataclass(frozen=True)
class HealthJudged(Fact):
    """A lead said how the work goes. The reason stays on the collaboration."""

    kind: ClassVar[str] = "collaboration.health_judged"
    says: ClassVar[str] = N_("%(actor)s judged %(subject)s: %(health)s")
    health: str
