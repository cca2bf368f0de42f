"""What people may send: interests, answers, and the whole content of a proposal."""

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from portal.kernel import inputs
from portal.kernel.errors import Invalid
from portal.kernel.text import N_
from portal.kernel.units import CURRENCIES
from portal.proposals.states import CostCategory, DeclineCode, Funding

MOST_PACKAGES, MOST_LINES = 20, 60
MOST_TITLE, MOST_SUMMARY = 160, 2500
Made = TypeVar("Made")


@dataclass(frozen=True)
class InterestText:
    """The one page: why this listing, and what the author brings. A draft may be incomplete; sending asks for the rest.

    `declared`: the author says that nothing in it is confidential, for no agreement protects it yet.
    """

    motivation: str = ""
    experience: str = ""
    declared: bool = False

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: _keep(self, "motivation", inputs.passage("motivation", self.motivation, most=4000, required=False)),
            lambda: _keep(self, "experience", inputs.passage("experience", self.experience, most=4000, required=False)),
        )


@dataclass(frozen=True)
class Answer:
    """What the owner writes when inviting, acknowledging or accepting; may be empty."""

    text: str = ""

    def __post_init__(self) -> None:
        _keep(self, "text", inputs.passage("text", self.text, most=4000, required=False))


@dataclass(frozen=True)
class Acceptance(Answer):
    """The yes to a proposal, which sets the officers of both sides to work."""


@dataclass(frozen=True)
class Decline:
    """A refusal: never without a code and a text."""

    code: DeclineCode
    text: str

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: _keep(self, "code", inputs.one_of("code", self.code, DeclineCode)),
            lambda: _keep(self, "text", inputs.passage("text", self.text, most=4000)),
        )


@dataclass(frozen=True)
class WorkPackage:
    """One part of the plan. Months count from the start of the collaboration, the first is 1."""

    title: str
    goal: str
    first_month: int
    last_month: int
    deliverable: str

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: _keep(self, "title", inputs.line("title", self.title, most=160)),
            lambda: _keep(self, "goal", inputs.passage("goal", self.goal, most=2000, required=False)),
            lambda: _keep(self, "first_month", inputs.whole("first_month", self.first_month, least=1, most=120)),
            lambda: _keep(self, "last_month", inputs.whole("last_month", self.last_month, least=1, most=120)),
            lambda: _keep(self, "deliverable", inputs.line("deliverable", self.deliverable, most=160)),
        )
        if self.last_month < self.first_month:
            raise Invalid("last_month", N_("The last month cannot come before the first."))


@dataclass(frozen=True)
class BudgetLine:
    """One line of the budget in minor units of the proposal's currency."""

    label: str
    category: CostCategory
    funding: Funding
    amount_minor: int

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: _keep(self, "label", inputs.line("label", self.label, most=160)),
            lambda: _keep(self, "category", inputs.one_of("category", self.category, CostCategory)),
            lambda: _keep(self, "funding", inputs.one_of("funding", self.funding, Funding)),
            lambda: _keep(self, "amount_minor", inputs.money("amount_minor", self.amount_minor, "EUR")),
        )


@dataclass(frozen=True)
class Content:
    """All that a version of a proposal says. A draft may be incomplete: what must be there to submit, the guards say."""

    title: str
    summary: str = ""
    approach: str = ""
    team: str = ""
    rights: str = ""
    starts_on: dt.date | None = None
    currency: str = "EUR"
    packages: Sequence[WorkPackage] = field(default=())
    lines: Sequence[BudgetLine] = field(default=())

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: _keep(self, "title", inputs.line("title", self.title, most=MOST_TITLE)),
            lambda: _keep(self, "summary", inputs.passage("summary", self.summary, most=MOST_SUMMARY, required=False)),
            lambda: _keep(self, "approach", inputs.passage("approach", self.approach, required=False)),
            lambda: _keep(self, "team", inputs.passage("team", self.team, most=6000, required=False)),
            lambda: _keep(self, "rights", inputs.passage("rights", self.rights, most=6000, required=False)),
            lambda: _keep(self, "starts_on", inputs.day("starts_on", self.starts_on, required=False)),
        )
        if self.currency not in CURRENCIES:
            raise Invalid("currency", N_("Choose one of the options."))
        if len(self.packages) > MOST_PACKAGES or len(self.lines) > MOST_LINES:
            raise Invalid(
                "packages",
                N_("Keep to %(packages)s work packages and %(lines)s budget lines."),
                packages=MOST_PACKAGES,
                lines=MOST_LINES,
            )
        object.__setattr__(self, "packages", tuple(self.packages))
        object.__setattr__(self, "lines", tuple(self.lines))

    @property
    def asked_minor(self) -> int:
        return sum(line.amount_minor for line in self.lines if line.funding is Funding.ASKED)

    @property
    def own_minor(self) -> int:
        return sum(line.amount_minor for line in self.lines if line.funding is not Funding.ASKED)

    @property
    def duration_months(self) -> int:
        return max((package.last_month for package in self.packages), default=0)

    def to_json(self) -> dict[str, Any]:
        """Plain values as they are stored."""
        lines = [vars(line) | {"category": str(line.category.value), "funding": str(line.funding.value)} for line in self.lines]
        starts_on = self.starts_on.isoformat() if self.starts_on else None
        packages = [dict(vars(package)) for package in self.packages]
        return vars(self) | {"starts_on": starts_on, "packages": packages, "lines": lines}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Content":
        """What `to_json` stored. Unknown keys of later versions are passed over."""
        known = {f.name for f in dataclasses.fields(cls)}
        values = {name: value for name, value in stored.items() if name in known}
        values["packages"] = [WorkPackage(**package) for package in stored.get("packages", ())]
        values["lines"] = [BudgetLine(**line) for line in stored.get("lines", ())]
        return cls(**values)


def budget_line(currency: str, *, amount_minor: Any, **parts: Any) -> BudgetLine:
    """A budget line whose amount was typed in `currency`; every problem of the line is found at once."""
    amounts: list[int] = []
    inputs.gather(
        lambda: amounts.append(inputs.money("amount_minor", amount_minor, currency) or 0),
        lambda: BudgetLine(amount_minor=0, **parts),
    )
    return BudgetLine(amount_minor=amounts[0], **parts)


def each(field: str, rows: Sequence[Mapping[str, Any]], make: Callable[..., Made], *, held_in: Sequence[str]) -> tuple[Made, ...]:
    """What `make` makes of each row; problems are named by field, row and part: `lines-2-label`.

    Args:
        held_in: the parts that hold what people type; a row in which all of these are empty is no row.
    """
    made: list[Made] = []
    problems: list[Invalid] = []
    for number, row in enumerate(rows):
        if not any(str(row[part] or "").strip() for part in held_in):
            continue
        try:
            made.append(make(**row))
        except Invalid as invalid:
            problems += (Invalid(f"{field}-{number}-{problem.field}", problem.why) for problem in invalid.all())
    if problems:
        first, *others = problems
        raise Invalid(first.field, first.why, others=tuple(others))
    return tuple(made)


def fingerprint(stored: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON of a version's content."""
    return hashlib.sha256(json.dumps(stored, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _keep(thing: Any, name: str, value: Any) -> None:
    object.__setattr__(thing, name, value)
