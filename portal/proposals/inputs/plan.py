"""The parts of a work plan. Months count from the start of the collaboration, the first is 1."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Any

from portal.kernel import inputs
from portal.kernel.errors import Invalid
from portal.kernel.text import N_
from portal.proposals.inputs.rows import keep

MOST_MONTHS = 120
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,11}")


@dataclass(frozen=True)
class WorkPackage:
    """One part of the plan.

    Args:
        code: what others name it by, `WP1`; given to it where it has none. It stays when title or place change.
        lead: the key of the partner who leads it, if said.
        after: codes of the packages it builds on, as a sequence or as one line with commas.
    """

    title: str
    goal: str
    first_month: int
    last_month: int
    code: str = ""
    lead: str = ""
    after: Sequence[str] = ()

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: keep(self, "title", inputs.line("title", self.title, most=160)),
            lambda: keep(self, "goal", inputs.passage("goal", self.goal, most=2000, required=False)),
            lambda: keep(self, "first_month", month("first_month", self.first_month)),
            lambda: keep(self, "last_month", month("last_month", self.last_month)),
            lambda: keep(self, "code", code("code", self.code)),
            lambda: keep(self, "lead", code("lead", self.lead)),
            lambda: keep(self, "after", codes("after", self.after)),
        )
        if self.last_month < self.first_month:
            raise Invalid("last_month", N_("The last month cannot come before the first."))


@dataclass(frozen=True)
class Deliverable:
    """Something that is handed over by the end of a month; `package` is the code of the work package it comes from."""

    title: str
    month: int
    package: str = ""
    code: str = ""

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: keep(self, "title", inputs.line("title", self.title, most=160)),
            lambda: keep(self, "month", month("month", self.month)),
            lambda: keep(self, "package", code("package", self.package)),
            lambda: keep(self, "code", code("code", self.code)),
        )


@dataclass(frozen=True)
class Milestone:
    """Something that is true by the end of a month, and how one can tell."""

    title: str
    month: int
    package: str = ""
    proof: str = ""
    code: str = ""

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: keep(self, "title", inputs.line("title", self.title, most=160)),
            lambda: keep(self, "month", month("month", self.month)),
            lambda: keep(self, "package", code("package", self.package)),
            lambda: keep(self, "proof", inputs.line("proof", self.proof, most=300, required=False)),
            lambda: keep(self, "code", code("code", self.code)),
        )


@dataclass(frozen=True)
class Member:
    """Somebody who does the work, and in which role; `partner` is the key of the partner they belong to."""

    name: str
    role: str
    partner: str = ""

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: keep(self, "name", inputs.line("name", self.name, most=120)),
            lambda: keep(self, "role", inputs.line("role", self.role, most=200)),
            lambda: keep(self, "partner", code("partner", self.partner)),
        )


def month(field: str, value: Any) -> int | None:
    """A month of the collaboration."""
    return inputs.whole(field, value, least=1, most=MOST_MONTHS)


def code(field: str, value: Any) -> str:
    """A short code such as `WP1`, or nothing."""
    text = inputs.line(field, value, most=12, required=False)
    if text and not _CODE.fullmatch(text):
        raise Invalid(field, N_("Enter a code of up to 12 letters and digits, such as WP1."))
    return text


def codes(field: str, value: Any) -> tuple[str, ...]:
    """Several codes, each once: a sequence of them, or a line in which they are set apart by commas or spaces."""
    parts = re.split(r"[\s,;]+", value) if isinstance(value, str) else list(value or ())
    return tuple(dict.fromkeys(found for part in parts if (found := code(field, part))))


def circle_in(after: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """A circle among what builds on what, from one code back to the same; empty where there is none.

    Args:
        after: the codes each code builds on.
    """
    try:
        TopologicalSorter(after).prepare()
    except CycleError as found:
        return tuple(reversed(found.args[1]))  # named the other way round: what comes before what
    return ()
