"""Facts about change requests."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from portal.kernel.events import Fact
from portal.kernel.text import N_


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
