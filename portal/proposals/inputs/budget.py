"""The partners and lines of a budget."""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from portal.kernel import inputs
from portal.kernel.errors import Invalid
from portal.kernel.text import N_
from portal.proposals.inputs.plan import code
from portal.proposals.inputs.rows import keep
from portal.proposals.states import CostCategory, Funding, Valuation

MOST_YEARS = 10
MOST_PERMILLE = 2000
_PERCENT = re.compile(r"[0-9]{1,3}(?:[.,][0-9])?")


@dataclass(frozen=True)
class Partner:
    """An organisation that takes part.

    Args:
        key: what lines and work packages name it by; given to it where it has none.
        overhead_permille: what it adds to its cash costs for overheads, in tenths of a percent; typed as `12.5`.
        said_minor: the total that its finance office named, against which its lines are checked.
        organisation: its number on this portal; None where it is not there, or the row was written before rows had it. It tells
            rows of one house apart from others, and says nothing to whoever reads them.
    """

    name: str
    role: str = ""
    overhead_permille: int = 0
    said_minor: int | None = None
    key: str = ""
    organisation: int | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: keep(self, "name", inputs.line("name", self.name, most=160)),
            lambda: keep(self, "role", inputs.line("role", self.role, most=200, required=False)),
            lambda: keep(self, "overhead_permille", permille("overhead_permille", self.overhead_permille)),
            lambda: keep(self, "said_minor", inputs.money("said_minor", self.said_minor, "EUR", required=False)),
            lambda: keep(self, "key", code("key", self.key)),
        )


@dataclass(frozen=True)
class BudgetLine:
    """One line of the budget in minor units of the proposal's currency.

    Args:
        partner: the key of the partner whose cost it is, if said.
        year: of the collaboration, the first is 1.
        method: how an in-kind contribution was valued; other lines have none.
    """

    label: str
    category: CostCategory
    funding: Funding
    amount_minor: int
    partner: str = ""
    year: int = 1
    method: Valuation | None = None

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: keep(self, "label", inputs.line("label", self.label, most=160)),
            lambda: keep(self, "category", inputs.one_of("category", self.category, CostCategory)),
            lambda: keep(self, "funding", inputs.one_of("funding", self.funding, Funding)),
            lambda: keep(self, "amount_minor", inputs.money("amount_minor", self.amount_minor, "EUR")),
            lambda: keep(self, "partner", code("partner", self.partner)),
            lambda: keep(self, "year", inputs.whole("year", self.year, least=1, most=MOST_YEARS)),
            lambda: keep(self, "method", inputs.one_of("method", self.method, Valuation) if self.method else None),
        )
        if self.method and self.funding is not Funding.IN_KIND:
            raise Invalid("method", N_("Only in-kind contributions are valued by a method. Leave this empty for cash."))


def permille(field: str, value: Any) -> int:
    """Tenths of a percent, given as text (“12.5”) or as such already; nothing is none."""
    if value in (None, ""):
        return 0
    if isinstance(value, str) and _PERCENT.fullmatch(value.strip()):
        value = int(Decimal(value.strip().replace(",", ".")) * 10)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_PERMILLE:
        raise Invalid(field, N_("Enter a percentage from 0 to 200 with at most one decimal, such as 25 or 12.5."))
    return value


def budget_line(currency: str, *, amount_minor: Any, **parts: Any) -> BudgetLine:
    """A budget line whose amount was typed in `currency`; every problem of the line is found at once."""
    amounts: list[int] = []
    inputs.gather(
        lambda: amounts.append(inputs.money("amount_minor", amount_minor, currency) or 0),
        lambda: BudgetLine(amount_minor=0, **parts),
    )
    return BudgetLine(amount_minor=amounts[0], **parts)


def partner(currency: str, *, said_minor: Any, **parts: Any) -> Partner:
    """A partner whose total was typed in `currency`; every problem of the row is found at once."""
    amounts: list[int | None] = []
    inputs.gather(
        lambda: amounts.append(inputs.money("said_minor", said_minor, currency, required=False)),
        lambda: Partner(**parts),
    )
    return Partner(said_minor=amounts[0], **parts)
