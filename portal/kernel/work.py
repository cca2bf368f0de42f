"""What waits for whom: each feature names the reasons, one page and one counter read them all in one statement."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import literal, union_all
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from portal.kernel.db import AnySelect, AnyUnion, UtcDateTime
from portal.kernel.policy import Actor


@dataclass(frozen=True)
class AtOnce:
    """What needs no further word: the button, marked with N_, and the step's address for (id, detail), if it can be taken."""

    button: str
    href: Callable[[int, str], str | None]


@dataclass(frozen=True)
class Source:
    """One reason why something waits for somebody.

    `select(actor)` gives rows with the columns `id`, `title`, `detail` (text, whatever `href` needs), `since` and `due_at`
    of what waits for this actor, or None where nothing of the kind ever can. A date goes into `due_at` by `end_of_day`.
    """

    key: str  # “proposal.decide”
    asks: str  # “Decide on”: marked with N_, followed by the title
    button: str  # “Open the proposal”: marked with N_
    href: Callable[[int, str], str]  # (id, detail) → page where it is done
    select: Callable[[Actor], AnySelect | None]
    at_once: AtOnce | None = None


@dataclass(frozen=True)
class Leads:
    """How many days before and after the date of what waits its holder is reminded, and after how many their office is told."""

    before: tuple[int, ...] = (7, 1)
    after: tuple[int, ...] = (1, 7)
    office: int | None = 3  # None: it is nobody's business but the holder's

    def step(self, days: int) -> int | None:
        """Which of the reminders holds so many days before the date, or – negative – after it: the latest that was reached."""
        if days >= 0:
            return min((each for each in self.before if each >= days), default=None)
        return min((-each for each in self.after if each <= -days), default=None)

    def is_for_office(self, days: int) -> bool:
        """Whether the office is told so many days after the date."""
        return self.office is not None and -days >= self.office


def waiting(sources: Sequence[Source], actor: Actor) -> AnyUnion | None:
    """One statement over all sources, with the column `source` naming the key; None where nothing can wait."""
    parts = [
        chosen.add_columns(literal(source.key).label("source"))
        for source in sources
        if (chosen := source.select(actor)) is not None
    ]
    return union_all(*parts) if parts else None


END_OF_DAY = dt.time(23, 59, 59)


def promised(due_at: dt.datetime) -> dt.date | dt.datetime:
    """What a `due_at` stands for: a day that was promised, which is the same date in every zone, or a moment."""
    return due_at.date() if due_at.time() == END_OF_DAY else due_at


class end_of_day(FunctionElement[dt.datetime]):
    """The last second of a calendar date (UTC): what was promised for a day may come until the day is over."""

    name = "end_of_day"
    type = UtcDateTime()
    inherit_cache = True


@compiles(end_of_day)
def _add_time(element: end_of_day, compiler: SQLCompiler, **options: Any) -> str:
    return f"({compiler.process(element.clauses, **options)} + TIME '23:59:59')"


@compiles(end_of_day, "sqlite")
def _append_time(element: end_of_day, compiler: SQLCompiler, **options: Any) -> str:
    """Dates and times are text there: casting a date to a time would leave its year."""
    return f"({compiler.process(element.clauses, **options)} || ' 23:59:59.000000')"
