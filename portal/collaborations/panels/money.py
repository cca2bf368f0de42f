"""What was agreed against what was claimed, approved, paid and contributed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portal.collaborations.models import BudgetItem, Claim, Collaboration, Contribution
from portal.collaborations.states import GRANTED, UNPAID, ClaimState
from portal.proposals.states import CostCategory, Funding


@dataclass
class Burn:
    """One row of amounts in minor units: of a partner and a category, or of everything."""

    partner: str
    category: CostCategory | None
    planned: int = 0
    claimed: int = 0  # sent and not declined or waived
    approved: int = 0
    paid: int = 0

    @property
    def left(self) -> int:
        """What is left of it; negative where more was claimed than planned."""
        return self.planned - self.claimed

    def share(self, amount: int) -> float:
        """How much of the plan an amount is, in percent, at most all of it."""
        whole = max(self.planned, self.claimed)
        return round(min(100 * amount / whole, 100), 1) if whole else 0.0


@dataclass(frozen=True)
class Money:
    """The claimed side and the contributed side of the budget."""

    rows: Sequence[Burn]
    whole: Burn
    own: Sequence[tuple[Funding, CostCategory, int, int]]  # planned, and put in so far
    moved: int  # by how much changes that are in force moved the agreed sum


def money(
    collaboration: Collaboration,
    items: Iterable[BudgetItem],
    claims: Iterable[Claim],
    contributions: Iterable[Contribution],
) -> Money:
    """Set the budget against what was spent, row by row; the last row is checked against the sum both sides agreed on."""
    cells: dict[tuple[str, CostCategory], Burn] = {}
    own: dict[tuple[Funding, CostCategory], list[int]] = {}
    for item in items:
        if item.funding is Funding.ASKED:
            cells.setdefault((item.partner, item.category), Burn(item.partner, item.category)).planned += item.amount_minor
        else:
            own.setdefault((item.funding, item.category), [0, 0])[0] += item.amount_minor
    for claim in claims:
        for line in claim.lines:
            key = claim.partner, line.category
            _add(cells.setdefault(key, Burn(*key)), claim.state, line.amount_minor)
    for one in contributions:
        if one.withdrawn_at is None:
            own.setdefault((one.funding, one.category), [0, 0])[1] += one.amount_minor
    whole = Burn("", None, planned=collaboration.asked_minor)
    for name in ("claimed", "approved", "paid"):
        setattr(whole, name, sum(getattr(cell, name) for cell in cells.values()))
    agreed = sum(cell.planned for cell in cells.values())
    moved = collaboration.asked_minor - agreed if agreed else 0
    return Money(list(cells.values()), whole, [(*key, planned, put_in) for key, (planned, put_in) in own.items()], moved)


def _add(cell: Burn, state: ClaimState, amount: int) -> None:
    cell.claimed += amount if state in (*UNPAID, ClaimState.PAID) else 0
    cell.approved += amount if state in GRANTED else 0
    cell.paid += amount if state is ClaimState.PAID else 0
