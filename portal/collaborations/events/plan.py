"""Facts about the plan and its parts."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from portal.kernel.events import Fact
from portal.kernel.text import N_


@dataclass(frozen=True)
class _AboutPart(Fact):
    part_id: int
    state: str

    @classmethod
    def of(cls, step: Any) -> Self:
        return cls(part_id=step.thing.id, state=str(step.row.target.value))


@dataclass(frozen=True)
class MilestoneMoved(_AboutPart):
    """A milestone was begun, achieved or cancelled, or slipped."""

    kind: ClassVar[str] = "milestone.moved"
    says: ClassVar[str] = N_("%(actor)s set %(subject)s to: %(state)s")


@dataclass(frozen=True)
class DeliverableMoved(_AboutPart):
    """A deliverable was handed in, taken up, accepted, sent back or waived."""

    kind: ClassVar[str] = "deliverable.moved"
    says: ClassVar[str] = N_("%(actor)s set %(subject)s to: %(state)s")


@dataclass(frozen=True)
class PlanChanged(Fact):
    """A work package, milestone or deliverable was added, changed or taken out."""

    kind: ClassVar[str] = "collaboration.plan_changed"
    says: ClassVar[str] = N_("%(actor)s changed the plan of %(subject)s")
    part_id: int
