"""What people may send about claims and contributions."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from portal.kernel import clock, inputs
from portal.kernel.errors import Invalid
from portal.kernel.text import N_
from portal.proposals.states import CostCategory, Funding, Valuation


@dataclass(frozen=True)
class ClaimEntry:
    """What is claimed for one period: amounts by category in minor units of `currency`, or as somebody typed them."""

    from_on: dt.date
    to_on: dt.date
    text: str
    evidence: str = ""
    partner: str = ""
    staff: int | None = None
    equipment: int | None = None
    travel: int | None = None
    materials: int | None = None
    services: int | None = None
    overhead: int | None = None
    currency: str = "EUR"

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: _keep(self, "from_on", inputs.day("from_on", self.from_on)),
            lambda: _keep(self, "to_on", inputs.day("to_on", self.to_on)),
            lambda: _keep(self, "text", inputs.passage("text", self.text, most=4000)),
            lambda: _keep(self, "evidence", inputs.web_address("evidence", self.evidence)),
            lambda: _keep(self, "partner", inputs.line("partner", self.partner, most=160, required=False)),
            *(
                lambda name=str(each): _keep(self, name, inputs.money(name, getattr(self, name), self.currency, required=False))
                for each in CostCategory
            ),
        )
        if self.to_on < self.from_on:
            raise Invalid("to_on", N_("The last day cannot come before the first."))
        if not self.amounts:
            raise Invalid("staff", N_("Enter an amount for at least one category."))

    @property
    def amounts(self) -> dict[CostCategory, int]:
        """What is claimed of each category, in minor units."""
        return {each: amount for each in CostCategory if (amount := getattr(self, str(each)))}


@dataclass(frozen=True)
class Paid:
    """On which day a claim was paid."""

    paid_on: dt.date

    def __post_init__(self) -> None:
        _keep(self, "paid_on", inputs.day("paid_on", self.paid_on))
        if self.paid_on > clock.today():
            raise Invalid("paid_on", N_("Enter the day on which it was paid, today at the latest."))


@dataclass(frozen=True)
class ContributionEntry:
    """What one side put in: own cash, or something in kind with how it was valued; always with where it can be seen."""

    funding: Funding
    category: CostCategory
    text: str
    amount_minor: int
    spent_on: dt.date
    evidence: str
    method: Valuation | None = None
    currency: str = "EUR"

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: _keep(self, "funding", inputs.one_of("funding", self.funding, Funding)),
            lambda: _keep(self, "category", inputs.one_of("category", self.category, CostCategory)),
            lambda: _keep(self, "text", inputs.line("text", self.text, most=300)),
            lambda: _keep(self, "amount_minor", inputs.money("amount_minor", self.amount_minor, self.currency)),
            lambda: _keep(self, "spent_on", inputs.day("spent_on", self.spent_on)),
            lambda: _keep(self, "evidence", inputs.web_address("evidence", self.evidence, required=True)),
            lambda: _keep(self, "method", inputs.one_of("method", self.method, Valuation) if self.method else None),
        )
        inputs.gather(self._check)

    def _check(self) -> None:
        if self.funding is Funding.ASKED:
            raise Invalid("funding", N_("What the host pays is claimed, not contributed."))
        if (self.funding is Funding.IN_KIND) != (self.method is not None):
            raise Invalid("method", N_("Say how it was valued if it is in kind; own cash has no method."))


def _keep(thing: Any, name: str, value: Any) -> None:
    object.__setattr__(thing, name, value)
