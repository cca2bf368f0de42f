"""What people may send about what came of the work."""

from dataclasses import dataclass
from typing import Any

from portal.collaborations.inputs.identifiers import identifier
from portal.collaborations.states import OutcomeKind
from portal.kernel import inputs


@dataclass(frozen=True)
class OutcomeEntry:
    """Something that came of the work, with the identifier by which the world knows it, if it has one."""

    kind: OutcomeKind
    title: str
    address: str = ""
    identifier: str | None = None

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: _keep(self, "kind", inputs.one_of("kind", self.kind, OutcomeKind)),
            lambda: _keep(self, "title", inputs.line("title", self.title, most=300)),
            lambda: _keep(self, "address", inputs.web_address("address", self.address)),
            lambda: _keep(self, "identifier", identifier("identifier", self.kind, self.identifier)),
        )


@dataclass(frozen=True)
class Correction(OutcomeEntry):
    """An outcome as it should have been recorded, and what was wrong with it: both sides read that."""

    text: str = ""

    def __post_init__(self) -> None:
        inputs.gather(super().__post_init__, lambda: _keep(self, "text", inputs.passage("text", self.text, most=2000)))


def _keep(thing: Any, name: str, value: Any) -> None:
    object.__setattr__(thing, name, value)
