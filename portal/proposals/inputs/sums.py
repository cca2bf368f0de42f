"""What a budget adds up to. Overheads are shared out so that the parts of a sum are the sum, to the last minor unit."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from portal.kernel.text import N_
from portal.proposals.inputs.budget import BudgetLine, Partner
from portal.proposals.states import CostCategory, Funding


@dataclass(frozen=True)
class Total:
    """One row of a table of sums: what it is about, its amount in each year, all of them together, and what of it is in kind."""

    about: Any
    by_year: tuple[int, ...]
    minor: int
    in_kind_minor: int


def shared_out(total: int, weights: Sequence[int]) -> list[int]:
    """`total` in whole parts in the proportion of `weights`; the parts add up to it, each within one of its exact share.

    Source: the method of the largest remainder (Hare–Niemeyer); ties go to the first.
    """
    whole = sum(weights)
    if not whole:
        return [0] * len(weights)
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda n: (-(total * weights[n] % whole), n))
    for number in by_remainder[: total - sum(parts)]:
        parts[number] += 1
    return parts


def overheads(lines: Iterable[BudgetLine], partners: Iterable[Partner]) -> tuple[BudgetLine, ...]:
    """What partners add for overheads: their rate on their cash costs, rounded once for each partner, half up.

    In-kind contributions carry none, for their value holds it already; neither do costs that are overheads themselves.
    """
    rates = {partner.key: partner.overhead_permille for partner in partners if partner.overhead_permille}
    found: list[BudgetLine] = []
    for key, rate in rates.items():
        cells: dict[tuple[Funding, int], int] = {}
        for line in lines:
            if line.partner == key and line.funding is not Funding.IN_KIND and line.category is not CostCategory.OVERHEAD:
                cells[line.funding, line.year] = cells.get((line.funding, line.year), 0) + line.amount_minor
        total = (sum(cells.values()) * rate + 500) // 1000
        parts = shared_out(total, list(cells.values()))
        found += (
            BudgetLine(N_("Overheads by rate"), CostCategory.OVERHEAD, funding, minor, key, year)
            for (funding, year), minor in zip(cells, parts, strict=True)
            if minor
        )
    return tuple(found)


def totals(costs: Sequence[BudgetLine], about: Callable[[BudgetLine], Any]) -> tuple[Total, ...]:
    """The sums of lines that are about the same, in the order in which they come first; every line counts in exactly one."""
    years = range(1, last_year(costs) + 1)
    kinds = dict.fromkeys(about(line) for line in costs)
    return tuple(_total(kind, [line for line in costs if about(line) == kind], years) for kind in kinds)


def last_year(costs: Iterable[BudgetLine]) -> int:
    """The last year in which something is spent; 1 where nothing is."""
    return max((line.year for line in costs), default=1)


def _total(kind: Any, lines: Sequence[BudgetLine], years: Iterable[int]) -> Total:
    by_year = tuple(sum(line.amount_minor for line in lines if line.year == year) for year in years)
    in_kind = sum(line.amount_minor for line in lines if line.funding is Funding.IN_KIND)
    return Total(kind, by_year, sum(line.amount_minor for line in lines), in_kind)
