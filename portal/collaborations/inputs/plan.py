"""What people may send about the plan of a collaboration."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from portal.approvals.states import Side
from portal.kernel import inputs
from portal.kernel.errors import Invalid
from portal.kernel.states import Labelled
from portal.kernel.text import N_
from portal.proposals.inputs.plan import code, codes


class PartKind(Labelled):
    """The two kinds of entries in a plan."""

    DELIVERABLE = "deliverable", N_("Deliverable: something the partner hands in")
    MILESTONE = "milestone", N_("Milestone: something that is true by a date")


@dataclass(frozen=True)
class PlanPart:
    """A milestone or deliverable to add, and the code of the work package it belongs to, if any."""

    part: PartKind
    title: str
    due_on: dt.date
    package: str = ""

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: _keep(self, "part", inputs.one_of("part", self.part, PartKind)),
            lambda: _keep(self, "title", inputs.line("title", self.title)),
            lambda: _keep(self, "due_on", inputs.day("due_on", self.due_on)),
            lambda: _keep(self, "package", code("package", self.package)),
        )


@dataclass(frozen=True)
class PackageEntry:
    """A work package as it shall be.

    Args:
        lead: who leads it, where that is to be said more closely than by the side.
        after: codes of the work packages it builds on, as a sequence or as one line with commas.
        reason: why its dates move; nothing where they do not.
    """

    title: str
    side: Side
    starts_on: dt.date
    ends_on: dt.date
    goal: str = ""
    lead: str = ""
    after: Sequence[str] = ()
    reason: str = ""

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: _keep(self, "title", inputs.line("title", self.title)),
            lambda: _keep(self, "side", inputs.one_of("side", self.side, Side)),
            lambda: _keep(self, "starts_on", inputs.day("starts_on", self.starts_on)),
            lambda: _keep(self, "ends_on", inputs.day("ends_on", self.ends_on)),
            lambda: _keep(self, "goal", inputs.passage("goal", self.goal, most=2000, required=False)),
            lambda: _keep(self, "lead", inputs.line("lead", self.lead, most=160, required=False)),
            lambda: _keep(self, "after", codes("after", self.after)),
            lambda: _keep(self, "reason", inputs.passage("reason", self.reason, most=2000, required=False)),
        )
        if self.ends_on < self.starts_on:
            raise Invalid("ends_on", N_("The last day cannot come before the first."))


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


def _keep(thing: Any, name: str, value: Any) -> None:
    object.__setattr__(thing, name, value)
