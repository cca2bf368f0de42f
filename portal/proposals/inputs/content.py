"""The whole content of a proposal, as one value."""

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from portal.kernel import inputs
from portal.kernel.errors import Invalid
from portal.kernel.text import N_
from portal.kernel.units import CURRENCIES
from portal.proposals.inputs.budget import BudgetLine
from portal.proposals.inputs.plan import WorkPackage
from portal.proposals.inputs.rows import keep
from portal.proposals.states import Funding

MOST_PACKAGES, MOST_LINES = 20, 60
MOST_TITLE, MOST_SUMMARY = 160, 2500


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
            lambda: keep(self, "title", inputs.line("title", self.title, most=MOST_TITLE)),
            lambda: keep(self, "summary", inputs.passage("summary", self.summary, most=MOST_SUMMARY, required=False)),
            lambda: keep(self, "approach", inputs.passage("approach", self.approach, required=False)),
            lambda: keep(self, "team", inputs.passage("team", self.team, most=6000, required=False)),
            lambda: keep(self, "rights", inputs.passage("rights", self.rights, most=6000, required=False)),
            lambda: keep(self, "starts_on", inputs.day("starts_on", self.starts_on, required=False)),
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


def fingerprint(stored: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON of a version's content."""
    return hashlib.sha256(json.dumps(stored, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
