"""Facts about partners who confirm what a proposal says. Only their own side reads them."""

from dataclasses import dataclass
from typing import ClassVar

from portal.kernel.events import Fact
from portal.kernel.text import N_


@dataclass(frozen=True)
class PartnerNamed(Fact):
    """The author named a co-author as the one who speaks for their organisation."""

    kind: ClassVar[str] = "confirmation.named"
    says: ClassVar[str] = N_("%(actor)s named a partner of %(subject)s")


@dataclass(frozen=True)
class ConfirmationAsked(Fact):
    """The author asks a partner to confirm what the proposal says."""

    kind: ClassVar[str] = "confirmation.asked"
    says: ClassVar[str] = N_("%(actor)s asked a partner to confirm %(subject)s")


@dataclass(frozen=True)
class ConfirmationDue(Fact):
    """A partner has not answered for some days."""

    kind: ClassVar[str] = "confirmation.due"
    says: ClassVar[str] = N_("A partner has yet to confirm %(subject)s")


@dataclass(frozen=True)
class PartnerConfirmed(Fact):
    """A partner stands behind exactly what the proposal says now."""

    kind: ClassVar[str] = "confirmation.given"
    says: ClassVar[str] = N_("%(actor)s confirmed %(subject)s for a partner")


@dataclass(frozen=True)
class PartnerObjected(Fact):
    """A partner does not stand behind it as it is."""

    kind: ClassVar[str] = "confirmation.refused"
    says: ClassVar[str] = N_("%(actor)s objects to %(subject)s for a partner")


@dataclass(frozen=True)
class ConfirmationReopened(Fact):
    """The text was changed after a partner was asked: whatever they said was said about another text."""

    kind: ClassVar[str] = "confirmation.reopened"
    says: ClassVar[str] = N_("A partner has to confirm %(subject)s anew, because it was changed")


@dataclass(frozen=True)
class PartnerLeftOut(Fact):
    """An organisation is no partner of the proposal any more."""

    kind: ClassVar[str] = "confirmation.left_out"
    says: ClassVar[str] = N_("%(actor)s left a partner out of %(subject)s")


@dataclass(frozen=True)
class PartAssigned(Fact):
    """Somebody of the team was named for one part of the text, or said that it is done. `account_id` is 0 for nobody."""

    kind: ClassVar[str] = "proposal.part_assigned"
    says: ClassVar[str] = N_("%(actor)s said who writes a part of %(subject)s")
    seen_by: ClassVar[str] = "staff"
    part: str
    account_id: int
    done: bool
