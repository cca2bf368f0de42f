"""What people may send about reports."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from portal.collaborations.states import ReportKind
from portal.kernel import inputs
from portal.kernel.errors import Invalid
from portal.kernel.text import N_


@dataclass(frozen=True)
class ReportSchedule:
    """Reports of one kind: on one day, or from it on every so many months until a last day."""

    kind: ReportKind
    first_on: dt.date
    every_months: int | None = None
    last_on: dt.date | None = None

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: _keep(self, "kind", inputs.one_of("kind", self.kind, ReportKind)),
            lambda: _keep(self, "first_on", inputs.day("first_on", self.first_on)),
            lambda: _keep(
                self, "every_months", inputs.whole("every_months", self.every_months, least=1, most=36, required=False)
            ),
            lambda: _keep(self, "last_on", inputs.day("last_on", self.last_on, required=False)),
        )
        if self.last_on and self.last_on < self.first_on:
            raise Invalid("last_on", N_("The last day cannot come before the first."))


@dataclass(frozen=True)
class ReportText:
    """What a report says, and where more can be looked at (or a file on the collaboration)."""

    text: str
    evidence: str = ""

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: _keep(self, "text", inputs.passage("text", self.text)),
            lambda: _keep(self, "evidence", inputs.web_address("evidence", self.evidence)),
        )


def _keep(thing: Any, name: str, value: Any) -> None:
    object.__setattr__(thing, name, value)
