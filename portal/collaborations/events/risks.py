"""Facts about risks."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from portal.kernel.events import Fact
from portal.kernel.text import N_


@dataclass(frozen=True)
class RiskRaised(Fact):
    """Somebody saw a risk. `score` is likelihood times impact, here and below."""

    kind: ClassVar[str] = "risk.raised"
    says: ClassVar[str] = N_("%(actor)s raised the risk %(subject)s")
    owner_id: int
    score: int


@dataclass(frozen=True)
class RiskChanged(Fact):
    """What is said of a risk, or who watches it, was changed."""

    kind: ClassVar[str] = "risk.changed"
    says: ClassVar[str] = N_("%(actor)s changed the risk %(subject)s")
    owner_id: int


@dataclass(frozen=True)
class RiskReviewed(Fact):
    """A risk was assessed anew."""

    kind: ClassVar[str] = "risk.reviewed"
    says: ClassVar[str] = N_("%(actor)s assessed the risk %(subject)s: from %(before)s to %(score)s")
    before: int
    score: int


@dataclass(frozen=True)
class RiskMoved(Fact):
    """A risk occurred, is no longer possible, was accepted as it is, or is open again."""

    kind: ClassVar[str] = "risk.moved"
    says: ClassVar[str] = N_("%(actor)s set the risk %(subject)s to: %(state)s")
    state: str

    @classmethod
    def of(cls, step: Any) -> Self:
        return cls(state=str(step.row.target.value))
