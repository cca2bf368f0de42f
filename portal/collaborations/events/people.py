"""Facts about who takes part in a collaboration, and about its leads."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from portal.kernel.events import Fact
from portal.kernel.text import N_


@dataclass(frozen=True)
class GuestInvited(Fact):
    """A lead invited somebody of a third organisation. The address and the reason stay on their part."""

    kind: ClassVar[str] = "participant.invited"
    says: ClassVar[str] = N_("%(actor)s invited a guest to %(subject)s")


@dataclass(frozen=True)
class ParticipantMoved(Fact):
    """Somebody was named a member, or a guest answered; or their part ended."""

    kind: ClassVar[str] = "participant.moved"
    says: ClassVar[str] = N_("%(actor)s set a part in %(subject)s to: %(state)s")
    state: str

    @classmethod
    def of(cls, step: Any) -> Self:
        return cls(state=str(step.row.target.value))


@dataclass(frozen=True)
class ParticipantChanged(Fact):
    """A guest's last day moved."""

    kind: ClassVar[str] = "participant.changed"
    says: ClassVar[str] = N_("%(actor)s moved the last day of a guest of %(subject)s")


@dataclass(frozen=True)
class HandOverProposed(Fact):
    """Somebody was asked to lead one side from now on."""

    kind: ClassVar[str] = "hand_over.proposed"
    says: ClassVar[str] = N_("%(actor)s asked somebody to lead %(subject)s from now on")
    to_id: int


@dataclass(frozen=True)
class HandOverMoved(Fact):
    """The successor took over or declined, or was asked no longer."""

    kind: ClassVar[str] = "hand_over.moved"
    says: ClassVar[str] = N_("%(actor)s set the hand-over of %(subject)s to: %(state)s")
    from_id: int
    to_id: int
    state: str

    @classmethod
    def of(cls, step: Any) -> Self:
        return cls(from_id=step.thing.from_id, to_id=step.thing.to_id, state=str(step.row.target.value))
