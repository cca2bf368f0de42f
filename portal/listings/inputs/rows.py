"""What listings say in rows: the phases of a challenge, the sessions of a training programme."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from functools import partial
from typing import Any, TypeVar

from portal.kernel.errors import Invalid
from portal.kernel.inputs import day, gather, line, passage, whole
from portal.kernel.text import N_
from portal.listings.inputs.shared import settle

MOST_ROWS = 20
_day = partial(day, required=False)


@dataclass(frozen=True)
class Phase:
    """One phase of a challenge: its last day, what counts in it, and where there are places for so many only, how many go on."""

    name: str
    ends_on: dt.date | None = None
    criteria: str = ""
    places: int | None = None

    def __post_init__(self) -> None:
        settle(
            self,
            name=partial(line, most=120),
            ends_on=_day,
            criteria=partial(passage, most=2000, required=False),
            places=partial(whole, least=1, most=10_000, required=False),
        )

    def __str__(self) -> str:
        return _joined(self.name, self.ends_on, self.criteria, self.places)


@dataclass(frozen=True)
class CourseSession:
    """One time at which a training programme is held, with its own seats."""

    starts_on: dt.date
    ends_on: dt.date | None = None
    place: str = ""
    seats: int | None = None

    def __post_init__(self) -> None:
        settle(
            self,
            starts_on=day,
            ends_on=_day,
            place=partial(line, most=160, required=False),
            seats=partial(whole, least=1, most=100_000, required=False),
        )
        if self.ends_on is not None and self.ends_on < self.starts_on:
            raise Invalid("ends_on", N_("The end cannot come before the start."))

    def __str__(self) -> str:
        return _joined(self.starts_on, self.ends_on, self.place, self.seats)


Row = TypeVar("Row", Phase, CourseSession)


def rows_of(kind: type[Row]) -> Callable[[str, Any], tuple[Row, ...]]:
    """The check of a field that holds rows of `kind`: those left empty are passed over, problems stand at `field-0-name`."""
    names = [field.name for field in fields(kind)]

    def check(field: str, value: Any) -> tuple[Row, ...]:
        given = list(value) if isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping) else None
        if given is None or not all(isinstance(each, kind | Mapping) for each in given):
            raise Invalid(field, N_("Enter a list."))
        made: list[Row] = []
        gather(*(partial(_add, made, kind, f"{field}-{place}", names, each) for place, each in enumerate(given)))
        if len(made) > MOST_ROWS:
            raise Invalid(field, N_("Name at most %(most)s; there are %(given)s."), most=MOST_ROWS, given=len(made))
        return tuple(made)

    return check


def in_order(field: str, phases: tuple[Phase, ...]) -> None:
    """A phase ends after the one before it.

    Raises:
        Invalid: it does not.
    """
    ends = [(place, phase.ends_on) for place, phase in enumerate(phases) if phase.ends_on is not None]
    for (_, earlier), (place, later) in zip(ends, ends[1:], strict=False):
        if later < earlier:
            raise Invalid(f"{field}-{place}-ends_on", N_("Each phase ends after the one before it."))


def _add(made: list[Row], kind: type[Row], at: str, names: list[str], given: Any) -> None:
    if isinstance(given, kind):
        made.append(given)
        return
    values = {name: given.get(name) for name in names}
    if all(value in (None, "") for value in values.values()):
        return
    try:
        made.append(kind(**values))
    except Invalid as invalid:
        first, *others = (Invalid(f"{at}-{each.field}", each.why) for each in invalid.all())
        raise Invalid(first.field, first.why, others=tuple(others)) from invalid


def _joined(*parts: Any) -> str:
    return " · ".join(str(part) for part in parts if part not in (None, ""))
