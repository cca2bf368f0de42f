"""What somebody wants to see of the board."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from portal.board.states import LANES, Readers, Together, What
from portal.collaborations.states import Health
from portal.kernel.errors import Invalid
from portal.kernel.inputs import gather, line, one_of, passage, whole
from portal.kernel.states import Labelled, member_of
from portal.kernel.text import N_

STATES: dict[str, tuple[What, Labelled]] = {
    f"{what}.{state}": (what, state) for what, states in LANES.values() for state in states
}
_MOST = 2**31 - 1
_KEY = re.compile(f"({'|'.join(What)})-([1-9][0-9]{{0,8}})", re.ASCII)
FILTERS = ("state", "person", "counterpart", "field", "health", "overdue")


@dataclass(frozen=True)
class Sought:
    """Filters over the board; empty ones let everything through. People, organisations and fields go by their number."""

    state: str = ""
    person: int | None = None
    counterpart: int | None = None
    field: int | None = None
    health: Health | None = None  # of running work
    overdue: bool = False

    def __post_init__(self) -> None:
        numbers = (lambda name=name: self._check_number(name) for name in ("person", "counterpart", "field"))
        gather(self._check_state, self._check_health, *numbers)

    def _check_state(self) -> None:
        if self.state and self.state not in STATES:
            raise Invalid("state", N_("Choose one of the options."))

    def _check_health(self) -> None:
        object.__setattr__(self, "health", one_of("health", self.health, Health) if self.health else None)

    def _check_number(self, name: str) -> None:
        try:
            number = whole(name, getattr(self, name), least=1, most=_MOST, required=False)
        except Invalid:
            raise Invalid(name, N_("Choose one of the options.")) from None
        object.__setattr__(self, name, number)


@dataclass(frozen=True)
class Kept:
    """A view as it is kept: its name, the filters and the way of showing as an address carries them, and whether it opens."""

    name: str
    address: str = ""
    is_default: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", line("name", self.name, most=80))
        given: dict[str, Any] = dict(parse_qsl(str(self.address or "")[:2000]))
        filters = {name: given[name] for name in FILTERS if name in given}
        try:
            Sought(**filters)
        except Invalid:
            raise Invalid("name", N_("Show the board with other filters first: it was not shown with these.")) from None
        way = "table" if given.get("view") == "table" else "lanes"
        object.__setattr__(self, "address", urlencode([*filters.items(), ("view", way)]))


MOST_TOGETHER = 50


@dataclass(frozen=True)
class Order:
    """What is done with each of the things that were ticked; `text` and `readers` are for a message."""

    do: Together
    text: str = ""
    readers: Readers = Readers.EVERYBODY

    def __post_init__(self) -> None:
        gather(self._check_do, self._check_text, self._check_readers)

    def _check_do(self) -> None:
        object.__setattr__(self, "do", one_of("do", self.do, Together))

    def _check_text(self) -> None:
        writes = self.do == Together.WRITE
        object.__setattr__(self, "text", passage("text", self.text, most=10_000, required=writes))

    def _check_readers(self) -> None:
        object.__setattr__(self, "readers", one_of("readers", self.readers, Readers))


def read_picks(values: Iterable[str]) -> list[tuple[What, int]]:
    """Which things were ticked, each once, from the keys they have in forms (`proposal-12`); what is no key is left out.

    Raises:
        Invalid: they are more than can be looked over.
    """
    found = dict.fromkeys(match.groups() for value in values if (match := _KEY.fullmatch(value)))
    if len(found) > MOST_TOGETHER:
        raise Invalid("do", N_("Tick at most %(most)s things at once."), most=MOST_TOGETHER)
    return [(member_of(What, what), int(number)) for what, number in found]
