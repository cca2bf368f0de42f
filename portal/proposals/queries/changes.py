"""What changed between two versions of a proposal: texts word by word, choices one by one, plan and budget row by row."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from portal.kernel.differences import Part, difference
from portal.kernel.text import N_
from portal.proposals.inputs import BudgetLine, Content, Enclosed, Given, totals

What = Literal["added", "gone", "moved", "changed"]
Key = Callable[[Any], Hashable]
TEXTS = {
    "title": N_("Title"),
    "summary": N_("Summary"),
    "objectives": N_("Objectives"),
    "approach": N_("How the work is done"),
    "team": N_("Team"),
    "background": N_("What is brought in and kept"),
    "rights": N_("Data and rights"),
    "compute_needs": N_("Computing"),
}
CHOICES = (
    *("starts_on", "results_owner", "publication_days", "personal_data", "data_class", "ethics", "compute_listing"),
    *("said_minor", "full_cost_minor", "price_minor"),
)
# The lists of a content: what tells that two rows are the same row, tried one after the other; which parts are compared word
# by word; and which say where a row stands, so that a row with nothing else changed was moved.
_LISTS: dict[str, tuple[tuple[Key, ...], tuple[str, ...], tuple[str, ...]]] = {
    "partners": ((lambda row: row.key, lambda row: row.name), ("name", "role"), ()),
    "members": ((lambda row: row.name,), ("name", "role"), ("partner",)),
    "packages": (
        (lambda row: row.code, lambda row: row.title),
        ("title", "goal"),
        ("first_month", "last_month", "lead", "after"),
    ),
    "deliverables": ((lambda row: row.code, lambda row: row.title), ("title",), ("package", "month")),
    "milestones": ((lambda row: row.code, lambda row: row.title), ("title", "proof"), ("package", "month")),
    "answers": ((lambda row: row.key,), (), ()),
    "files": ((lambda row: row.code, lambda row: row.name), ("name",), ()),
    "lines": (
        (
            lambda row: (row.label, row.category, row.funding, row.partner, row.year),
            lambda row: (row.label, row.category, row.funding),
            lambda row: row.label,
        ),
        ("label",),
        ("partner", "category", "year", "funding"),
    ),
}


@dataclass(frozen=True)
class Change:
    """One row that differs. `before` is None where it was added, `after` where it was taken out; `texts` by part."""

    what: What
    before: Any
    after: Any
    texts: dict[str, list[Part]]

    @property
    def row(self) -> Any:
        """The row as it is, or was."""
        return self.after or self.before

    @property
    def is_replaced(self) -> bool:
        """Whether other bytes stand where a file stood."""
        both = isinstance(self.before, Enclosed) and isinstance(self.after, Enclosed)
        return both and self.before.sha256 != self.after.sha256


@dataclass(frozen=True)
class Shift:
    """A sum, or a choice, as it was and as it is; `about` names it."""

    about: Any
    before: Any
    after: Any


@dataclass(frozen=True)
class Changes:
    """Everything that differs between two contents, and how many parts do not.

    `texts` holds pairs of label and parts; `rows` the changes by list; `sums` what the budget's totals became, by whom they
    are asked from or borne, then by partner and category; about None stands for everything.
    """

    texts: tuple[tuple[str, list[Part]], ...]
    choices: tuple[Shift, ...]
    rows: dict[str, tuple[Change, ...]]
    sums: tuple[Shift, ...]
    unchanged: int


def changes_between(before: Content, after: Content) -> Changes:
    """Compare two contents. Rows of the same code or name are the same row, wherever they stand and whatever else they say."""
    texts = tuple(
        (label, difference(_text(before, name), _text(after, name)))
        for name, label in TEXTS.items()
        if getattr(before, name) != getattr(after, name)
    )
    choices = tuple(Shift(name, was, now) for name in CHOICES if (was := getattr(before, name)) != (now := getattr(after, name)))
    pairs = {name: _paired(getattr(before, name), getattr(after, name), keys) for name, (keys, _, _) in _LISTS.items()}
    rows = {name: tuple(_change(name, *pair) for pair in found if pair[0] != pair[1]) for name, found in pairs.items()}
    parts = len(TEXTS) + len(CHOICES) + sum(len(found) for found in pairs.values())
    changed = len(texts) + len(choices) + sum(len(found) for found in rows.values())
    return Changes(texts, choices, rows, _sums(before, after), parts - changed)


def _text(content: Content, name: str) -> str:
    value = getattr(content, name)
    return value if isinstance(value, str) else "\n".join(value)


def _change(name: str, before: Any, after: Any) -> Change:
    _keys, texts, places = _LISTS[name]
    parts = {text: difference(getattr(before, text, ""), getattr(after, text, "")) for text in texts}
    if name == "answers":
        parts["value"] = difference(_said(before), _said(after))
    if before is None or after is None:
        return Change("added" if before is None else "gone", before, after, parts)
    moved = any(getattr(before, place) != getattr(after, place) for place in places)
    reworded = any(getattr(before, text) != getattr(after, text) for text in texts)
    return Change("moved" if moved and not reworded else "changed", before, after, parts)


def _said(given: Given | None) -> str:
    if given is None:
        return ""
    return given.value if isinstance(given.value, str) else ", ".join(given.value)


def _paired(before: Sequence[Any], after: Sequence[Any], keys: Sequence[Key]) -> list[tuple[Any, Any]]:
    """In the order of `after`; what was taken out comes last. Each key is tried on what the ones before left over."""
    left, partner_of = list(before), dict[int, Any]()
    for key in keys:
        for number, row in enumerate(after):
            if number in partner_of:
                continue
            same = next((old for old in left if key(old) == key(row)), None)
            if same is not None:
                left.remove(same)
                partner_of[number] = same
    return [(partner_of.get(number), row) for number, row in enumerate(after)] + [(row, None) for row in left]


def _sums(before: Content, after: Content) -> tuple[Shift, ...]:
    """The totals that differ: by who pays, by partner, by category, and the whole."""
    names = {partner.key: partner.name for partner in (*before.partners, *after.partners)}
    abouts: tuple[Callable[[BudgetLine], Any], ...] = (
        lambda line: line.funding,
        lambda line: names.get(line.partner, ""),
        lambda line: line.category,
        lambda _line: None,
    )
    found = []
    for about in abouts:
        was = {total.about: total.minor for total in totals(before.costs, about)}
        now = {total.about: total.minor for total in totals(after.costs, about)}
        found += [Shift(kind, was.get(kind, 0), now.get(kind, 0)) for kind in dict.fromkeys((*was, *now)) if kind != ""]
    return tuple(shift for shift in found if shift.before != shift.after)
