"""What people may send about risks."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from portal.kernel import clock, inputs
from portal.kernel.errors import Invalid
from portal.kernel.text import N_


@dataclass(frozen=True)
class RiskText:
    """What may go wrong, what is done against it, and who watches it: the number of an account."""

    title: str
    owner: int
    text: str = ""
    mitigation: str = ""

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: _keep(self, "title", inputs.line("title", self.title)),
            lambda: _keep(self, "owner", inputs.whole("owner", self.owner, least=1)),
            lambda: _keep(self, "text", inputs.passage("text", self.text, most=4000, required=False)),
            lambda: _keep(self, "mitigation", inputs.passage("mitigation", self.mitigation, most=4000, required=False)),
        )


@dataclass(frozen=True)
class Assessed:
    """How likely and how grave it is now, 1 to 5 each, why, and when somebody looks again."""

    likelihood: int
    impact: int
    review_on: dt.date
    note: str = ""

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: _keep(self, "likelihood", inputs.whole("likelihood", self.likelihood, least=1, most=5)),
            lambda: _keep(self, "impact", inputs.whole("impact", self.impact, least=1, most=5)),
            lambda: _keep(self, "review_on", _to_come("review_on", self.review_on)),
            lambda: _keep(self, "note", inputs.passage("note", self.note, most=2000, required=False)),
        )


@dataclass(frozen=True)
class RiskEntry:
    """A risk as it is raised."""

    title: str
    owner: int
    likelihood: int
    impact: int
    review_on: dt.date
    text: str = ""
    mitigation: str = ""

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: self._keep_of(RiskText(self.title, self.owner, self.text, self.mitigation)),
            lambda: self._keep_of(Assessed(self.likelihood, self.impact, self.review_on)),
        )

    def _keep_of(self, part: RiskText | Assessed) -> None:
        for name in vars(self).keys() & vars(part).keys():
            _keep(self, name, getattr(part, name))


def _to_come(field: str, value: Any) -> dt.date | None:
    day = inputs.day(field, value)
    if day is not None and day <= clock.today():
        raise Invalid(field, N_("Choose a day that is still to come."))
    return day


def _keep(thing: Any, name: str, value: Any) -> None:
    object.__setattr__(thing, name, value)
