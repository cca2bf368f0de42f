"""Lists of small inputs, checked row by row."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from portal.kernel.errors import Invalid

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


def keep(thing: Any, name: str, value: Any) -> None:
    """Set a field of a frozen input to its checked value."""
    object.__setattr__(thing, name, value)
