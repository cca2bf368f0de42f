"""What people may send about who takes part in a collaboration."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from portal.kernel import clock, inputs
from portal.kernel.errors import Invalid
from portal.kernel.text import N_


@dataclass(frozen=True)
class NewMember:
    """Somebody of one's own side: by the address of their account, with which they see the work, or by name alone."""

    role: str
    email: str = ""
    name: str = ""

    def __post_init__(self) -> None:
        address = (self.email or "").strip()
        inputs.gather(
            lambda: _keep(self, "email", inputs.email("email", address).lower() if address else ""),
            lambda: _keep(self, "name", inputs.line("name", self.name, required=not address)),
            lambda: _keep(self, "role", inputs.line("role", self.role)),
        )


@dataclass(frozen=True)
class NewGuest:
    """Somebody of a third organisation, why they are needed, and until when."""

    email: str
    role: str
    reason: str
    last_on: dt.date

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: _keep(self, "email", inputs.email("email", self.email).lower()),
            lambda: _keep(self, "role", inputs.line("role", self.role)),
            lambda: _keep(self, "reason", inputs.passage("reason", self.reason, most=2000)),
            lambda: _keep(self, "last_on", _to_come("last_on", self.last_on)),
        )


@dataclass(frozen=True)
class LastDay:
    """Until when a guest takes part from now on."""

    last_on: dt.date

    def __post_init__(self) -> None:
        _keep(self, "last_on", _to_come("last_on", self.last_on))


@dataclass(frozen=True)
class Succession:
    """Who shall lead one side from now on, and what they should know."""

    email: str
    text: str

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: _keep(self, "email", inputs.email("email", self.email).lower()),
            lambda: _keep(self, "text", inputs.passage("text", self.text, most=2000)),
        )


def _to_come(field: str, value: Any) -> dt.date | None:
    day = inputs.day(field, value)
    if day is not None and day < clock.today():
        raise Invalid(field, N_("Choose a day that is still to come."))
    return day


def _keep(thing: Any, name: str, value: Any) -> None:
    object.__setattr__(thing, name, value)
