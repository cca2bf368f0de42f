"""What administrators say of a merger."""

from dataclasses import dataclass

from portal.kernel import inputs
from portal.kernel.errors import Invalid
from portal.kernel.text import N_


@dataclass(frozen=True)
class Pair:
    """Two organisations by their addresses, the one that goes and the one that stays; empty until somebody names them."""

    gone: str = ""
    kept: str = ""

    def __post_init__(self) -> None:
        inputs.gather(lambda: _keep(self, "gone", _address("gone", self.gone)), lambda: self._check_kept())

    def _check_kept(self) -> None:
        _keep(self, "kept", _address("kept", self.kept))
        if self.kept and self.kept == self.gone:
            raise Invalid("kept", N_("Name two different organisations."))


@dataclass(frozen=True)
class Wanted:
    """Why the two are one, and that whoever asks has seen who answers for everything from then on."""

    reason: str
    seen: bool = False

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: _keep(self, "reason", inputs.passage("reason", self.reason, most=2000)),
            lambda: _require(self.seen, N_("Look at who answers for it afterwards, and tick this box.")),
        )


@dataclass(frozen=True)
class Compared:
    """That the second administrator looked at both, and knows that it is for good."""

    seen: bool = False

    def __post_init__(self) -> None:
        _require(self.seen, N_("Look at both organisations first, and tick this box."))


def _address(field: str, value: str) -> str:
    """The last part of a page's address, given alone or whole."""
    text = inputs.line(field, value, most=500, required=False)
    return text.rstrip("/").rsplit("/", 1)[-1]


def _require(ticked: bool, why: str) -> None:
    if ticked is not True:
        raise Invalid("seen", why)


def _keep(made: object, name: str, value: str) -> None:
    object.__setattr__(made, name, value)
