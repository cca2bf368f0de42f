"""What changed between two versions of a proposal: texts word by word, plan and budget row by row."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from portal.kernel.differences import Part, difference
from portal.kernel.text import N_
from portal.proposals.inputs import BudgetLine, Content, WorkPackage

Row = TypeVar("Row")
TEXTS = {
    "title": N_("Title"),
    "summary": N_("Summary"),
    "approach": N_("How the work is done"),
    "team": N_("Team"),
    "rights": N_("Data and rights"),
}


@dataclass(frozen=True)
class Pair(Generic[Row]):
    """One row as it was and as it is; one of the two is None where it was added or taken out."""

    before: Row | None
    after: Row | None


@dataclass(frozen=True)
class PackageChange:
    """A work package that differs, its texts compared word by word."""

    before: WorkPackage | None
    after: WorkPackage | None
    title: list[Part]
    goal: list[Part]
    deliverable: list[Part]


@dataclass(frozen=True)
class Changes:
    """Everything that differs between two contents, and how many parts do not.

    `texts` holds pairs of label and parts; `start` is set where the first day moved.
    """

    texts: tuple[tuple[str, list[Part]], ...]
    packages: tuple[PackageChange, ...]
    lines: tuple[Pair[BudgetLine], ...]
    start: Pair[Any] | None
    unchanged: int


def changes_between(before: Content, after: Content) -> Changes:
    """Compare two contents. Rows that are called the same are the same row; work packages may be renamed in their place."""
    texts = tuple(
        (label, difference(getattr(before, name), getattr(after, name)))
        for name, label in TEXTS.items()
        if getattr(before, name) != getattr(after, name)
    )
    packages = _renamed(_paired(before.packages, after.packages, lambda package: package.title))
    lines = _paired(before.lines, after.lines, lambda line: (line.label, line.category, line.funding))
    changed_packages = tuple(_compared(pair) for pair in packages if pair.before != pair.after)
    changed_lines = tuple(pair for pair in lines if pair.before != pair.after)
    start = Pair(before.starts_on, after.starts_on) if before.starts_on != after.starts_on else None
    parts = len(TEXTS) + len(packages) + len(lines) + 1
    changed = len(texts) + len(changed_packages) + len(changed_lines) + (start is not None)
    return Changes(texts, changed_packages, changed_lines, start, parts - changed)


def _compared(pair: Pair[WorkPackage]) -> PackageChange:
    parts = {
        name: difference(getattr(pair.before, name, ""), getattr(pair.after, name, ""))
        for name in ("title", "goal", "deliverable")
    }
    return PackageChange(pair.before, pair.after, **parts)


def _paired(before: Sequence[Row], after: Sequence[Row], key: Callable[[Row], Hashable]) -> list[Pair[Row]]:
    """In the order of `after`; what was taken out comes last."""
    left: dict[Hashable, list[Row]] = {}
    for row in before:
        left.setdefault(key(row), []).append(row)
    pairs = []
    for row in after:
        same = left.get(key(row))
        pairs.append(Pair(same.pop(0) if same else None, row))
    return pairs + [Pair(row, None) for rows in left.values() for row in rows]


def _renamed(pairs: list[Pair[Row]]) -> list[Pair[Row]]:
    """The first row that was added is taken for the first that was taken out, and so on."""
    gone = [pair.before for pair in pairs if pair.after is None]
    kept = []
    for pair in pairs:
        if pair.before is None and gone:
            kept.append(Pair(gone.pop(0), pair.after))
        elif pair.after is not None:
            kept.append(pair)
    return kept + [Pair(row, None) for row in gone]
