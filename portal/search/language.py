"""Filters typed into the box: `pump kind:challenge place:Lindmoor is:remote trl:>4 pay:>1000eur deadline:<30d`.

What names a filter that exists becomes that filter; everything else stays text, so whatever is typed means something.
`written` is the way back: what it makes is read as the same again.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from portal.kernel.text import folded
from portal.kernel.units import CURRENCIES
from portal.search.engine.query import CLOSES_WITHIN_DAYS

# A phrase is passed over whole: what stands in quotes is text. A filter ends where a word does.
_NAMES = "kind|field|skill|org|place|level|mode|is|by|follows|deadline|trl|pay"
_PIECE = re.compile(rf'"[^"]*"?|(?<!\S)({_NAMES}):("[^"]*"|[^\s"]+)(?!\S)', re.IGNORECASE)
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
_DEADLINE = re.compile(r"<?([0-9]{1,4})d?")
_BOUNDS = re.compile(r"(?:(>=|<=|>|<)?([0-9]{1,15}(?:\.[0-9]{1,2})?[km]?)|([0-9]{1,15})-([0-9]{1,15}))?([a-z]{3})?")
_TIMES = {"k": 1_000, "m": 1_000_000}
_SHORTEST_PART = 3  # letters: fewer are in every other name
MOST = 10**14  # as a whole number of any currency
ONE = ("closes", "least", "most")  # filters of which one value is chosen, the last
TRL = range(1, 10)  # technology readiness levels
# Words after `is:` → name and value of the filter.
_SWITCHES = {
    "remote": ("remote", "yes"),
    "paid": ("paid", "yes"),
    "funded": ("paid", "yes"),
    "open": ("state", "published"),
    "announced": ("state", "announced"),
    "followed": ("own", "followed"),
    "mine": ("own", "mine"),
}
_WRITTEN = {pair: f"is:{word}" for word, pair in reversed(_SWITCHES.items())} | {("own", "mine"): "by:me"}
_FACETS = {"org": "organisation"} | {name: name for name in ("kind", "field", "skill", "place", "level", "mode")}
_OPERATORS = {facet: operator for operator, facet in _FACETS.items()}

Values = Callable[[str], Sequence[tuple[str, str]]]  # (name of a facet) → its values with what they are called
Names = Callable[[str, Sequence[str]], Mapping[str, str]]  # (name of a facet, values) → what each is called, if anything
Filters = Mapping[str, tuple[str, ...]]
Found = list[tuple[str, str]]  # names and values of filters


@dataclass(frozen=True)
class Read:
    """The text without its filters, and the filters by name."""

    text: str
    filters: Filters


def read(typed: str, values: Values) -> Read:
    """Take the filters out of `typed`. `values` is asked only for the facets that are named."""
    filters: dict[str, list[str]] = {}

    def take(piece: re.Match[str]) -> str:
        if piece[1] is None:
            return piece[0]
        found = _filters(piece[1].lower(), piece[2].strip('"').strip(), values)
        for name, chosen in found:
            kept = [] if name in ONE else filters.get(name, [])
            filters[name] = kept if chosen in kept else [*kept, chosen]
        return "" if found else piece[0]

    text = " ".join(_PIECE.sub(take, typed.translate(_QUOTES)).split())
    return Read(text if filters else typed, {name: tuple(chosen) for name, chosen in filters.items()})


def written(text: str, filters: Filters, names: Names) -> str:
    """How the same is typed: filters first, so that no quote left open in the text swallows them."""
    return " ".join(part for part in (*_typed(filters, names), " ".join(text.split())) if part)


def _typed(filters: Filters, names: Names) -> Iterator[str]:
    for name, chosen in filters.items():
        if name in _OPERATORS:
            called = names(name, chosen)
            yield from (f"{_OPERATORS[name]}:{_quoted(called[value])}" for value in chosen if value in called)
        elif name == "closes":
            yield from (f"deadline:<{value}d" for value in chosen)
        elif name == "trl":
            yield from (f"trl:{low}-{high}" if low < high else f"trl:{low}" for low, high in runs(chosen))
        else:
            yield from (_WRITTEN[name, value] for value in chosen if (name, value) in _WRITTEN)
    yield from (f"pay:{sign}{value}" for name, sign in (("least", ">="), ("most", "<=")) for value in filters.get(name, ()))
    yield from (f"pay:{value.lower()}" for value in filters.get("currency", ()))


def runs(levels: Sequence[str]) -> list[tuple[int, int]]:
    """Levels as stretches without a gap: 3, 4, 5, 7 → (3, 5), (7, 7)."""
    found: list[tuple[int, int]] = []
    for level in sorted(int(level) for level in levels if level.isdecimal()):
        if found and level <= found[-1][1] + 1:
            found[-1] = (found[-1][0], level)
        else:
            found.append((level, level))
    return found


def _quoted(name: str) -> str:
    name = " ".join(name.replace('"', "").split())
    return f'"{name}"' if " " in name else name


def _filters(operator: str, asked: str, values: Values) -> Found:
    """The filters meant; nothing where there are none such."""
    if operator == "is":
        return _one(*_SWITCHES.get(asked.lower(), ("", "")))
    if operator in ("by", "follows"):
        return _one("own", {"by": "mine", "follows": "followed"}[operator]) if asked.lower() in ("me", "@me") else []
    if operator == "deadline":
        return _one("closes", _window(asked))
    if operator == "trl":
        return _levels(asked)
    if operator == "pay":
        return _pay(asked)
    return _one(_FACETS[operator], _closest(asked, values(_FACETS[operator])))


def _one(name: str, value: str) -> Found:
    return [(name, value)] if value else []


def _window(asked: str) -> str:
    """The smallest window that holds so many days."""
    match = _DEADLINE.fullmatch(asked.lower())
    return next((str(days) for days in CLOSES_WITHIN_DAYS if match and int(match[1]) <= days), "")


def _levels(asked: str) -> Found:
    bounds = _BOUNDS.fullmatch(asked.lower())
    if not bounds or bounds[5] or not asked:
        return []
    low, high = _between(bounds, exact=True)
    return [("trl", str(level)) for level in TRL if low <= level <= high]


def _pay(asked: str) -> Found:
    """At least and at most so much, in a currency if one is named: `>1000`, `500-900`, `>=1.5k`, `>1000eur`, `eur`."""
    bounds = _BOUNDS.fullmatch(asked.lower())
    currency = (bounds[5] or "").upper() if bounds else ""
    if not bounds or (currency and currency not in CURRENCIES) or not asked:
        return []
    low, high = _between(bounds, exact=False)
    if low > min(high, MOST):
        return []
    least = [("least", str(low))] if low else []
    return [*least, *([("most", str(high))] if high < MOST else []), *([("currency", currency)] if currency else [])]


def _between(bounds: re.Match[str], *, exact: bool) -> tuple[int, int]:
    """The least and the most; a number without a sign is itself, or with `exact` off the least."""
    if bounds[3]:
        return int(bounds[3]), int(bounds[4])
    if not bounds[2]:
        return 0, MOST
    digits = bounds[2].rstrip("km")
    number = int(float(digits) * _TIMES.get(bounds[2][len(digits) :], 1))
    if bounds[1] is None:
        return number, number if exact else MOST
    return {">": (number + 1, MOST), ">=": (number, MOST), "<": (0, number - 1), "<=": (0, number)}[bounds[1]]


def _closest(asked: str, values: Sequence[tuple[str, str]]) -> str:
    """The value that is called so, else the first that begins so, else the first that has it in its name."""
    wanted = folded(asked)
    if not wanted:
        return ""
    names = [(value, folded(" ".join(name.replace('"', "").split()))) for value, name in values]
    tests: tuple[Callable[[str], bool], ...] = (
        lambda name: name == wanted,
        lambda name: name.startswith(wanted),
        lambda name: len(wanted) >= _SHORTEST_PART and wanted in name,
    )
    return next((value for test in tests for value, name in names if test(name)), "")
