"""What a person asks of an organisation, and what an administrator gives."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from portal.kernel import inputs
from portal.kernel.errors import Invalid
from portal.kernel.policy import Role
from portal.kernel.text import N_
from portal.kernel.units import CURRENCIES
from portal.organisations.states import JoinAs


@dataclass(frozen=True)
class Joining:
    """A wish to belong: as a member, or as one who answers for the organisation. `title` is the person's post there."""

    join_as: JoinAs = JoinAs.MEMBER
    title: str = ""
    introduction: str = ""  # for those who have to confirm it

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: _keep(self, "join_as", inputs.one_of("join_as", self.join_as, JoinAs)),
            lambda: _keep(self, "title", inputs.line("title", self.title, most=120, required=False)),
            lambda: _keep(self, "introduction", inputs.passage("introduction", self.introduction, most=500, required=False)),
        )


@dataclass(frozen=True)
class Inviting:
    """Whom to invite, and what they will be."""

    email: str
    roles: Sequence[Role] = ()
    title: str = ""

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: _keep(self, "email", inputs.email("email", self.email).lower()),
            lambda: _keep(self, "roles", _roles(self.roles)),
            lambda: _keep(self, "title", inputs.line("title", self.title, most=120, required=False)),
        )


@dataclass(frozen=True)
class Affiliation:
    """What a person says of their own place in an organisation."""

    title: str = ""
    began_on: dt.date | str | None = None
    ends_on: dt.date | str | None = None
    is_main: bool = False

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: _keep(self, "title", inputs.line("title", self.title, most=120, required=False)),
            lambda: _keep(self, "began_on", inputs.day("began_on", self.began_on, required=False)),
            lambda: _keep(self, "ends_on", inputs.day("ends_on", self.ends_on, required=False)),
        )
        if self.began_on and self.ends_on and self.ends_on < self.began_on:  # type: ignore[operator]  # both are dates by now
            raise Invalid("ends_on", N_("This is before the day it began."))


@dataclass(frozen=True)
class RolesGiven:
    """The roles a member holds from now on; whoever belongs is a member. `limit_minor` is what a signatory signs up to."""

    roles: Sequence[Role] = ()
    title: str = ""
    limit_minor: int | str | None = None
    limit_currency: str = "EUR"

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: _keep(self, "roles", _roles(self.roles)),
            lambda: _keep(self, "title", inputs.line("title", self.title, most=120, required=False)),
            lambda: _keep(self, "limit_minor", _limit(self.limit_minor, self.limit_currency)),
        )
        if Role.SIGNATORY not in self.roles:
            _keep(self, "limit_minor", None)
        if self.limit_minor is None:
            _keep(self, "limit_currency", "")


def _limit(value: Any, currency: str) -> int | None:
    if currency not in ("", *CURRENCIES):
        raise Invalid("limit_currency", N_("Choose one of the options."))
    return inputs.money("limit_minor", value, currency, required=False)


def _keep(made: object, name: str, value: Any) -> None:
    object.__setattr__(made, name, value)


def _roles(values: Sequence[str]) -> tuple[Role, ...]:
    """Each role once, in the order of their enum, always with `member`."""
    chosen = inputs.some_of("roles", values or (), [role.value for role in Role])
    return tuple(role for role in Role if role is Role.MEMBER or role.value in chosen)
