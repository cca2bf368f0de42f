"""Facts about approval slots. Their subject is the slot; `about_*` names what is being approved."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from portal.kernel.events import Fact
from portal.kernel.text import N_


@dataclass(frozen=True)
class _AboutVersion(Fact):
    about_type: str
    about_id: int
    number: int

    @classmethod
    def of(cls, step: Any) -> Self:
        slot = step.thing
        return cls(about_type=slot.subject_type, about_id=slot.subject_id, number=slot.number)


@dataclass(frozen=True)
class ApprovalAsked(_AboutVersion):
    """A slot was opened: a partnership officer of that side is to look at this version."""

    kind: ClassVar[str] = "approval.asked"
    says: ClassVar[str] = N_("%(actor)s put %(subject)s before an officer")


@dataclass(frozen=True)
class ApprovalGiven(_AboutVersion):
    """The officer approved exactly this version."""

    kind: ClassVar[str] = "approval.given"
    says: ClassVar[str] = N_("%(actor)s approved %(subject)s")


@dataclass(frozen=True)
class ApprovalKept(_AboutVersion):
    """An approval of an earlier version goes on: nothing of what it covers changed."""

    kind: ClassVar[str] = "approval.kept"
    says: ClassVar[str] = N_("The approval of %(subject)s goes on")


@dataclass(frozen=True)
class ApprovalReturned(_AboutVersion):
    """The officer sent the version back; the reason stands on the slot."""

    kind: ClassVar[str] = "approval.returned"
    says: ClassVar[str] = N_("%(actor)s sent back %(subject)s")


@dataclass(frozen=True)
class ApprovalVoided(_AboutVersion):
    """The version it was for is no longer the one that counts."""

    kind: ClassVar[str] = "approval.voided"
    says: ClassVar[str] = N_("%(subject)s needs no approval any more")
