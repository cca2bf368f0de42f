"""What owners decide on proposals besides a plain yes or no."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from portal.kernel import clock, inputs
from portal.kernel.errors import Invalid
from portal.kernel.text import N_
from portal.proposals.inputs.rows import keep

MOST_CONDITIONS = 20


@dataclass(frozen=True)
class Screened:
    """Why a version is not judged: for its author, and what the own side remarks for itself."""

    text: str
    note: str = ""

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: keep(self, "text", inputs.passage("text", self.text, most=4000)),
            lambda: keep(self, "note", inputs.passage("note", self.note, most=2000, required=False)),
        )


@dataclass(frozen=True)
class Conditional:
    """A yes under conditions, each of which the author confirms; given as texts, or as one text with a condition in each line."""

    conditions: Sequence[str] = field(default=())
    text: str = ""

    def __post_init__(self) -> None:
        given = self.conditions.splitlines() if isinstance(self.conditions, str) else self.conditions
        found = [inputs.line("conditions", each, most=500, required=False) for each in given or ()]
        keep(self, "conditions", tuple(dict.fromkeys(each for each in found if each)))
        keep(self, "text", inputs.passage("text", self.text, most=4000, required=False))
        if not 0 < len(self.conditions) <= MOST_CONDITIONS:
            raise Invalid("conditions", N_("Enter the conditions, one in each line, at most %(most)s."), most=MOST_CONDITIONS)


@dataclass(frozen=True)
class Reserve:
    """A place on the reserve list, and the last day on which it can become a yes."""

    rank: int
    until: dt.date
    text: str

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: keep(self, "rank", inputs.whole("rank", self.rank, least=1, most=99)),
            lambda: keep(self, "until", inputs.day("until", self.until)),
            lambda: keep(self, "text", inputs.passage("text", self.text, most=4000)),
        )
        if self.until < clock.today():
            raise Invalid("until", N_("Choose a day to come."))
