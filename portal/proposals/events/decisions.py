"""Facts about how a decision comes about: screening, conditions, the reserve list, and what is held back."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from portal.kernel.events import Fact
from portal.kernel.text import N_


@dataclass(frozen=True)
class ProposalScreened(Fact):
    """A version will not be judged: it is not complete, or its authors are not eligible. The reason stays on the proposal."""

    kind: ClassVar[str] = "proposal.screened"
    says: ClassVar[str] = N_("%(actor)s screened %(subject)s: %(outcome)s")
    outcome: str
    number: int

    @classmethod
    def of(cls, step: Any) -> Self:
        return cls(outcome=str(step.thing.screening.value), number=step.thing.number)


@dataclass(frozen=True)
class ProposalConditionConfirmed(Fact):
    """The author agreed to one condition; `place` counts from 1."""

    kind: ClassVar[str] = "proposal.condition_confirmed"
    says: ClassVar[str] = N_("%(actor)s confirmed condition %(place)s of %(subject)s")
    place: int


@dataclass(frozen=True)
class ProposalConditionsMet(Fact):
    """Every condition is confirmed: the officers’ approvals open."""

    kind: ClassVar[str] = "proposal.conditions_met"
    says: ClassVar[str] = N_("All conditions of %(subject)s are confirmed")
    number: int

    @classmethod
    def of(cls, step: Any) -> Self:
        return cls(number=step.thing.number)


@dataclass(frozen=True)
class ApprovalGoesOn(Fact):
    """One side approved version `given_for`, and nothing of what it covers changed in version `number`."""

    kind: ClassVar[str] = "proposal.approval_goes_on"
    says: ClassVar[str] = N_("One side's approval of version %(given_for)s of %(subject)s holds for version %(number)s")
    number: int
    given_for: int


@dataclass(frozen=True)
class ApprovalReopened(Fact):
    """One side approved version `given_for`, and version `number` changed what that covers; the slot says which parts."""

    kind: ClassVar[str] = "proposal.approval_reopened"
    says: ClassVar[str] = N_("One side has to approve %(subject)s again: version %(number)s changed what it approved")
    number: int
    given_for: int


@dataclass(frozen=True)
class ProposalObjected(Fact):
    """The author does not agree to the conditions: the owner decides again."""

    kind: ClassVar[str] = "proposal.objected"
    says: ClassVar[str] = N_("%(actor)s objected to the conditions of %(subject)s")


@dataclass(frozen=True)
class ProposalLapsed(Fact):
    """Its time on the reserve list is over. That is never a decision on its merit."""

    kind: ClassVar[str] = "proposal.lapsed"
    says: ClassVar[str] = N_("The time of %(subject)s on the reserve list is over")


@dataclass(frozen=True)
class DecisionHeld(Fact):
    """A decision was taken and is not told yet: only the listing’s side knows."""

    kind: ClassVar[str] = "held_decision.held"
    says: ClassVar[str] = N_("%(actor)s holds %(subject)s")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class DecisionReleased(Fact):
    """It was told; what was decided is a fact of the proposal."""

    kind: ClassVar[str] = "held_decision.released"
    says: ClassVar[str] = N_("%(actor)s released %(subject)s")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class DecisionDropped(Fact):
    """It was given up before anybody was told."""

    kind: ClassVar[str] = "held_decision.dropped"
    says: ClassVar[str] = N_("%(actor)s dropped %(subject)s")
    seen_by: ClassVar[str] = "staff"
