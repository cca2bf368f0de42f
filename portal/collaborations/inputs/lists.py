"""What people may send about the two lists and the health of a collaboration."""

from dataclasses import dataclass
from typing import Any

from portal.approvals.states import Side
from portal.collaborations.states import Health
from portal.kernel import inputs


@dataclass(frozen=True)
class Settled:
    """What should be known of a settled item: a number, names, a day, where something lies."""

    detail: str = ""

    def __post_init__(self) -> None:
        _keep(self, "detail", inputs.line("detail", self.detail, most=300, required=False))


@dataclass(frozen=True)
class NewItem:
    """One more thing to settle, and the side that has to."""

    title: str
    side: Side

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: _keep(self, "title", inputs.line("title", self.title)),
            lambda: _keep(self, "side", inputs.one_of("side", self.side, Side)),
        )


@dataclass(frozen=True)
class Judgement:
    """How the work goes, and why."""

    health: Health
    text: str

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: _keep(self, "health", inputs.one_of("health", self.health, Health)),
            lambda: _keep(self, "text", inputs.passage("text", self.text, most=2000)),
        )


def _keep(thing: Any, name: str, value: Any) -> None:
    object.__setattr__(thing, name, value)
