"""The lines of a budget."""

from dataclasses import dataclass
from typing import Any

from portal.kernel import inputs
from portal.proposals.inputs.rows import keep
from portal.proposals.states import CostCategory, Funding


@dataclass(frozen=True)
class BudgetLine:
    """One line of the budget in minor units of the proposal's currency."""

    label: str
    category: CostCategory
    funding: Funding
    amount_minor: int

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: keep(self, "label", inputs.line("label", self.label, most=160)),
            lambda: keep(self, "category", inputs.one_of("category", self.category, CostCategory)),
            lambda: keep(self, "funding", inputs.one_of("funding", self.funding, Funding)),
            lambda: keep(self, "amount_minor", inputs.money("amount_minor", self.amount_minor, "EUR")),
        )


def budget_line(currency: str, *, amount_minor: Any, **parts: Any) -> BudgetLine:
    """A budget line whose amount was typed in `currency`; every problem of the line is found at once."""
    amounts: list[int] = []
    inputs.gather(
        lambda: amounts.append(inputs.money("amount_minor", amount_minor, currency) or 0),
        lambda: BudgetLine(amount_minor=0, **parts),
    )
    return BudgetLine(amount_minor=amounts[0], **parts)
