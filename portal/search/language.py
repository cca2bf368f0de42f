"""Filters typed into the box: `pump kind:challenge place:Lindmoor is:remote is:announced deadline:<30d`.

What names a filter that exists becomes that filter; everything else stays text, so whatever is typed means something.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from portal.kernel.text import folded
from portal.search.engine.query import CLOSES_WITHIN_DAYS

# A phrase is passed over whole: what stands in quotes is text.
_PIECE = re.compile(r'"[^"]*"?|(?<!\S)(kind|field|org|place|is|deadline):("[^"]*"|[^\s"]+)', re.IGNORECASE)
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
_DEADLINE = re.compile(r"<?([0-9]{1,4})d?")
_SHORTEST_PART = 3  # letters: fewer are in every other name
# Words after `is:` → name and value of the filter.
_SWITCHES = {
    "remote": ("remote", "yes"),
    "paid": ("paid", "yes"),
    "funded": ("paid", "yes"),
    "open": ("state", "published"),
    "announced": ("state", "announced"),
}
_FACETS = {"kind": "kind", "field": "field", "org": "organisation", "place": "place"}

Values = Callable[[str], Sequence[tuple[str, str]]]  # (name of a facet) → its values with what they are called


@dataclass(frozen=True)
class Read:
    """The text without its filters, and the filters by name."""

    text: str
    filters: Mapping[str, tuple[str, ...]]


def read(typed: str, values: Values) -> Read:
    """Take the filters out of `typed`. `values` is asked only for the facets that are named."""
    filters: dict[str, list[str]] = {}

    def take(piece: re.Match[str]) -> str:
        if piece[1] is None:
            return piece[0]
        name, chosen = _filter(piece[1].lower(), piece[2].strip('"').strip(), values)
        if name and chosen not in filters.setdefault(name, []):
            filters[name].append(chosen)
        return "" if name else piece[0]

    text = " ".join(_PIECE.sub(take, typed.translate(_QUOTES)).split())
    return Read(text if filters else typed, {name: tuple(chosen) for name, chosen in filters.items()})


def _filter(operator: str, asked: str, values: Values) -> tuple[str, str]:
    """Name and value of the filter meant; two empty texts where there is none such."""
    if operator == "is":
        return _SWITCHES.get(asked.lower(), ("", ""))
    if operator == "deadline":
        days = _window(asked)
        return ("closes", days) if days else ("", "")
    found = _closest(asked, values(_FACETS[operator]))
    return (_FACETS[operator], found) if found else ("", "")


def _window(asked: str) -> str:
    """The smallest window that holds so many days."""
    match = _DEADLINE.fullmatch(asked.lower())
    return next((str(days) for days in CLOSES_WITHIN_DAYS if match and int(match[1]) <= days), "")


def _closest(asked: str, values: Sequence[tuple[str, str]]) -> str:
    """The value that is called so, else the first that begins so, else the first that has it in its name."""
    wanted = folded(asked)
    if not wanted:
        return ""
    names = [(value, folded(name)) for value, name in values]
    tests: tuple[Callable[[str], bool], ...] = (
        lambda name: name == wanted,
        lambda name: name.startswith(wanted),
        lambda name: len(wanted) >= _SHORTEST_PART and wanted in name,
    )
    return next((value for test in tests for value, name in names if test(name)), "")
