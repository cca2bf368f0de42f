"""What people may send about a change of what was agreed."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from portal.collaborations.states import ChangeKind
from portal.kernel import inputs


@dataclass(frozen=True)
class ChangeWish:
    """What shall change, and why. Only more time has a day, only another amount has an amount, in minor units of
    `currency`, and only a key person has the number of a member."""

    kind: ChangeKind
    text: str
    until_on: dt.date | None = None
    amount_minor: int | None = None
    currency: str = "EUR"
    person: int | None = None

    def __post_init__(self) -> None:
        day, money = self.kind == ChangeKind.EXTENSION, self.kind == ChangeKind.MONEY
        whom = self.person if self.kind == ChangeKind.PEOPLE else None
        inputs.gather(
            lambda: _keep(self, "kind", inputs.one_of("kind", self.kind, ChangeKind)),
            lambda: _keep(self, "text", inputs.passage("text", self.text, most=4000)),
            lambda: _keep(self, "person", inputs.whole("person", whom, least=1, required=self.kind == ChangeKind.PEOPLE)),
            lambda: _keep(self, "until_on", inputs.day("until_on", self.until_on) if day else None),
            lambda: _keep(
                self, "amount_minor", inputs.money("amount_minor", self.amount_minor, self.currency) if money else None
            ),
        )


@dataclass(frozen=True)
class Assessment:
    """What the change means for cost, time and results."""

    text: str

    def __post_init__(self) -> None:
        _keep(self, "text", inputs.passage("text", self.text, most=4000))


def _keep(thing: Any, name: str, value: Any) -> None:
    object.__setattr__(thing, name, value)
