"""Lists of small inputs, checked row by row."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from portal.kernel.errors import Invalid
from portal.kernel.text import N_

Made = TypeVar("Made")


def each(field: str, rows: Sequence[Mapping[str, Any]], make: Callable[..., Made], *, held_in: Sequence[str]) -> tuple[Made, ...]:
    """What `make` makes of each row; problems are named by field, row and part: `lines-2-label`.

    Args:
        held_in: the parts that hold what people type; a row in which all of these are empty is no row.
    """
    made: list[Made] = []
    problems: list[Invalid] = []
    for number, row in enumerate(rows):
        if not any(str(row[part] or "").strip() for part in held_in):
            continue
        try:
            made.append(make(**row))
        except Invalid as invalid:
            problems += (Invalid(f"{field}-{number}-{problem.field}", problem.why) for problem in invalid.all())
    if problems:
        first, *others = problems
        raise Invalid(first.field, first.why, others=tuple(others))
    return tuple(made)


def coded(field: str, rows: Sequence[Any], name: str, prefix: str) -> tuple[Any, ...]:
    """The rows, each with a code of its own in `name`: those that have none get the next free number after `prefix`.

    Raises:
        Invalid: two rows have the same code.
    """
    taken: set[str] = set()
    for row in rows:
        code = getattr(row, name)
        if code in taken:
            raise Invalid(field, N_("“%(code)s” stands here twice. Each needs a code of its own."), code=code)
        taken |= {code} - {""}
    free = (code for number in range(1, 2 * len(rows) + 1) if (code := f"{prefix}{number}") not in taken)
    return tuple(row if getattr(row, name) else replace(row, **{name: next(free)}) for row in rows)


def limited(field: str, rows: Sequence[Made], most: int) -> tuple[Made, ...]:
    """The rows, where there are not too many.

    Raises:
        Invalid: there are.
    """
    if len(rows) > most:
        raise Invalid(field, N_("Keep to %(most)s rows here."), most=most)
    return tuple(rows)


def keep(thing: Any, name: str, value: Any) -> None:
    """Set a field of a frozen input to its checked value."""
    object.__setattr__(thing, name, value)
