"""What somebody wants to see of the board."""

from dataclasses import dataclass

from portal.board.states import LANES, What
from portal.kernel.errors import Invalid
from portal.kernel.inputs import gather, whole
from portal.kernel.states import Labelled
from portal.kernel.text import N_

STATES: dict[str, tuple[What, Labelled]] = {
    f"{what}.{state}": (what, state) for what, states in LANES.values() for state in states
}
_MOST = 2**31 - 1


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
