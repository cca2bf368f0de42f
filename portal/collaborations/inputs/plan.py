"""What people may send about the plan of a collaboration and what came of it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from portal.collaborations.states import OutcomeKind
from portal.kernel import inputs
from portal.kernel.states import Labelled
from portal.kernel.text import N_


class PartKind(Labelled):
    """The two kinds of entries in a plan."""

    DELIVERABLE = "deliverable", N_("Deliverable: something the partner hands in")
    MILESTONE = "milestone", N_("Milestone: something that is true by a date")


@dataclass(frozen=True)
class PlanPart:
    """A milestone or deliverable to add."""

    part: PartKind
    title: str
    due_on: dt.date

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: _keep(self, "part", inputs.one_of("part", self.part, PartKind)),
            lambda: _keep(self, "title", inputs.line("title", self.title)),
            lambda: _keep(self, "due_on", inputs.day("due_on", self.due_on)),
        )


@dataclass(frozen=True)
class NewDate:
    """A later or earlier date for a milestone or deliverable, with the reason everybody reads."""

    due_on: dt.date
    text: str

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: _keep(self, "due_on", inputs.day("due_on", self.due_on)),
            lambda: _keep(self, "text", inputs.passage("text", self.text, most=2000)),
        )


@dataclass(frozen=True)
class HandIn:
    """What is handed in: a word about it, and where it can be looked at (or a file on the collaboration)."""

    text: str
    evidence: str = ""

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: _keep(self, "text", inputs.passage("text", self.text, most=4000)),
            lambda: _keep(self, "evidence", inputs.web_address("evidence", self.evidence)),
        )


@dataclass(frozen=True)
class OutcomeEntry:
    """Something that came of the work."""

    kind: OutcomeKind
    title: str
    address: str = ""

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: _keep(self, "kind", inputs.one_of("kind", self.kind, OutcomeKind)),
            lambda: _keep(self, "title", inputs.line("title", self.title, most=300)),
            lambda: _keep(self, "address", inputs.web_address("address", self.address)),
        )


def _keep(thing: Any, name: str, value: Any) -> None:
    object.__setattr__(thing, name, value)
