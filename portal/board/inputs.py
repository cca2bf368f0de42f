"""What somebody wants to see of the board."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from portal.board.states import LANES, What
from portal.kernel.errors import Invalid
from portal.kernel.inputs import gather, line, whole
from portal.kernel.states import Labelled
from portal.kernel.text import N_

STATES: dict[str, tuple[What, Labelled]] = {
    f"{what}.{state}": (what, state) for what, states in LANES.values() for state in states
}
_MOST = 2**31 - 1
FILTERS = ("state", "person", "counterpart", "field", "overdue")


@dataclass(frozen=True)
class Sought:
    """Filters over the board; empty ones let everything through. People, organisations and fields go by their number."""

    state: str = ""
    person: int | None = None
    counterpart: int | None = None
    field: int | None = None
    overdue: bool = False

    def __post_init__(self) -> None:
        gather(self._check_state, *(lambda name=name: self._check_number(name) for name in ("person", "counterpart", "field")))

    def _check_state(self) -> None:
        if self.state and self.state not in STATES:
            raise Invalid("state", N_("Choose one of the options."))

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
