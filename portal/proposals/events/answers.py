"""Facts about interests and proposals. Notes and reasons stay on the things: payloads hold no free text."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from portal.kernel.events import Fact
from portal.kernel.text import N_


@dataclass(frozen=True)
class InterestBegun(Fact):
    """Somebody began an expression of interest; only they know."""

    kind: ClassVar[str] = "interest.begun"
    says: ClassVar[str] = N_("%(actor)s began %(subject)s")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class InterestSent(Fact):
    """The listing's owner has it now and a reply date is promised."""

    kind: ClassVar[str] = "interest.sent"
    says: ClassVar[str] = N_("%(actor)s sent %(subject)s")


@dataclass(frozen=True)
class InterestReceived(Fact):
    """The portal has it and will see to an answer: the author's receipt."""

    kind: ClassVar[str] = "interest.received"
    says: ClassVar[str] = N_("%(subject)s was received")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class InterestAsked(Fact):
    """The owner asks something back: it is the author's turn."""

    kind: ClassVar[str] = "interest.asked"
    says: ClassVar[str] = N_("%(actor)s asked a question about %(subject)s")


@dataclass(frozen=True)
class InterestReplied(Fact):
    """The author answered the question: it is the owner's turn again."""

    kind: ClassVar[str] = "interest.replied"
    says: ClassVar[str] = N_("%(actor)s answered the question about %(subject)s")


@dataclass(frozen=True)
class InterestAnswered(Fact):
    """The owner acknowledged, invited, passed on or declined."""

    kind: ClassVar[str] = "interest.answered"
    says: ClassVar[str] = N_("%(actor)s answered %(subject)s: %(outcome)s")
    outcome: str

    @classmethod
    def of(cls, step: Any) -> Self:
        return cls(outcome=str(step.row.target.value))


@dataclass(frozen=True)
class InterestWithdrawn(Fact):
    """The author took it back."""

    kind: ClassVar[str] = "interest.withdrawn"
    says: ClassVar[str] = N_("%(actor)s withdrew %(subject)s")


@dataclass(frozen=True)
class InterestLapsed(Fact):
    """The promised reply date passed in silence; both sides are told. Lapsing is never an answer."""

    kind: ClassVar[str] = "interest.lapsed"
    says: ClassVar[str] = N_("%(subject)s was not answered in time")


@dataclass(frozen=True)
class ProposalBegun(Fact):
    """Somebody began a proposal; only their own side knows."""

    kind: ClassVar[str] = "proposal.begun"
    says: ClassVar[str] = N_("%(actor)s began %(subject)s")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class ProposalEdited(Fact):
    """The draft changed."""

    kind: ClassVar[str] = "proposal.edited"
    says: ClassVar[str] = N_("%(actor)s edited %(subject)s")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class ProposalSubmitted(Fact):
    """A version was fixed and sent to the other side."""

    kind: ClassVar[str] = "proposal.submitted"
    says: ClassVar[str] = N_("%(actor)s submitted version %(number)s of %(subject)s")
    number: int

    @classmethod
    def of(cls, step: Any) -> Self:
        return cls(number=step.thing.number)


@dataclass(frozen=True)
class ProposalTakenUp(Fact):
    """The owner began to review it."""

    kind: ClassVar[str] = "proposal.taken_up"
    says: ClassVar[str] = N_("%(actor)s began to review %(subject)s")


@dataclass(frozen=True)
class ProposalDecided(Fact):
    """The listing's owner answered: in_approval (accepted, officers next), revision_requested or declined."""

    kind: ClassVar[str] = "proposal.decided"
    says: ClassVar[str] = N_("%(actor)s decided on %(subject)s: %(outcome)s")
    outcome: str
    number: int

    @classmethod
    def of(cls, step: Any) -> Self:
        return cls(outcome=str(step.row.target.value), number=step.thing.number)


@dataclass(frozen=True)
class ProposalApproved(Fact):
    """An officer filled one side's slot. The slot's own fact is for that side's officers; this one both sides read."""

    kind: ClassVar[str] = "proposal.approved"
    says: ClassVar[str] = N_("%(actor)s approved version %(number)s of %(subject)s for one side")
    number: int


@dataclass(frozen=True)
class ProposalReturned(Fact):
    """An officer sent the accepted version back; it has to be revised."""

    kind: ClassVar[str] = "proposal.returned"
    says: ClassVar[str] = N_("%(subject)s was sent back in approval")
    number: int

    @classmethod
    def of(cls, step: Any) -> Self:
        return cls(number=step.thing.number)


@dataclass(frozen=True)
class ProposalAccepted(Fact):
    """Owner and officers of both sides agree on one version: the collaboration opens."""

    kind: ClassVar[str] = "proposal.accepted"
    says: ClassVar[str] = N_("%(subject)s is accepted by both sides")
    number: int

    @classmethod
    def of(cls, step: Any) -> Self:
        return cls(number=step.thing.number)


@dataclass(frozen=True)
class ProposalWithdrawn(Fact):
    """The author's side took it back."""

    kind: ClassVar[str] = "proposal.withdrawn"
    says: ClassVar[str] = N_("%(actor)s withdrew %(subject)s")


@dataclass(frozen=True)
class ProposalExpired(Fact):
    """The listing closed before it was submitted. Expiry is never a decision on its merit."""

    kind: ClassVar[str] = "proposal.expired"
    says: ClassVar[str] = N_("%(subject)s expired")
