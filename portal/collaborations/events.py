"""Facts about collaborations, milestones, deliverables and outcomes."""

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
class _AboutPart(Fact):
    part_id: int
    state: str

    @classmethod
    def of(cls, step: Any) -> Self:
        return cls(part_id=step.thing.id, state=str(step.row.target.value))


@dataclass(frozen=True)
class MilestoneMoved(_AboutPart):
    """A milestone was achieved or cancelled."""

    kind: ClassVar[str] = "milestone.moved"
    says: ClassVar[str] = N_("%(actor)s set a milestone to: %(state)s")


@dataclass(frozen=True)
class DeliverableMoved(_AboutPart):
    """A deliverable was handed in, accepted, sent back or waived."""

    kind: ClassVar[str] = "deliverable.moved"
    says: ClassVar[str] = N_("%(actor)s set a deliverable to: %(state)s")


@dataclass(frozen=True)
class PlanChanged(Fact):
    """A milestone or deliverable was added, or its date moved."""

    kind: ClassVar[str] = "collaboration.plan_changed"
    says: ClassVar[str] = N_("%(actor)s changed the plan of %(subject)s")
    part_id: int


@dataclass(frozen=True)
class OutcomeRecorded(Fact):
    """Something came of it."""

    kind: ClassVar[str] = "outcome.recorded"
    says: ClassVar[str] = N_("%(actor)s recorded an outcome of %(subject)s")
    outcome_id: int


@dataclass(frozen=True)
class CollaborationReleased(Fact):
    """One side lets everybody know that it exists, or does so no longer."""

    kind: ClassVar[str] = "collaboration.released"
    says: ClassVar[str] = N_("%(actor)s changed whether the public knows of %(subject)s")
    side_id: int
    shown: bool


@dataclass(frozen=True)
class CheckItemMoved(Fact):
    """An item of the set-up or closing list was settled, waived or opened again."""

    kind: ClassVar[str] = "check_item.moved"
    says: ClassVar[str] = N_("%(actor)s set an item of a list to: %(state)s")
    state: str

    @classmethod
    def of(cls, step: Any) -> Self:
        return cls(state=str(step.row.target.value))


@dataclass(frozen=True)
class ChecklistChanged(Fact):
    """An item was added to the set-up or closing list."""

    kind: ClassVar[str] = "collaboration.checklist_changed"
    says: ClassVar[str] = N_("%(actor)s added to a list of %(subject)s")
    item_id: int


@dataclass(frozen=True)
class HealthJudged(Fact):
    """A lead said how the work goes. The reason stays on the collaboration."""

    kind: ClassVar[str] = "collaboration.health_judged"
    says: ClassVar[str] = N_("%(actor)s judged %(subject)s: %(health)s")
    health: str


@dataclass(frozen=True)
class ChangeMoved(Fact):
    """A change request was submitted, assessed, refused or withdrawn, or came into force."""

    kind: ClassVar[str] = "change_request.moved"
    says: ClassVar[str] = N_("%(actor)s set a change request to: %(state)s")
    state: str

    @classmethod
    def of(cls, step: Any) -> Self:
        return cls(state=str(step.row.target.value))


@dataclass(frozen=True)
class ChangeDrafted(Fact):
    """Somebody began a change request; nobody else reads it yet."""

    kind: ClassVar[str] = "change_request.drafted"
    says: ClassVar[str] = N_("%(actor)s wrote a change request")


@dataclass(frozen=True)
class ChangeAgreed(Fact):
    """One of those who must agree did."""

    kind: ClassVar[str] = "change_request.agreed"
    says: ClassVar[str] = N_("%(actor)s agreed to a change request as: %(stand)s")
    stand: str
