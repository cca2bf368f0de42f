"""Facts about the two lists."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from portal.kernel.events import Fact
from portal.kernel.text import N_


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
