"""The whole content of a proposal, as one value."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, is_dataclass, replace
from functools import cached_property
from typing import Any

from portal.kernel import inputs
from portal.kernel.errors import Invalid
from portal.kernel.states import Labelled
from portal.kernel.text import N_
from portal.kernel.units import CURRENCIES
from portal.listings.states import DataClass, IpStance
from portal.proposals.inputs.budget import BudgetLine, Partner
from portal.proposals.inputs.files import Enclosed
from portal.proposals.inputs.given import Given
from portal.proposals.inputs.plan import Deliverable, Member, Milestone, WorkPackage, circle_in
from portal.proposals.inputs.rows import coded, keep, limited
from portal.proposals.inputs.sums import Total, overheads, totals
from portal.proposals.states import Ethics, Funding
from portal.questionnaires.inputs import MOST_QUESTIONS

MOST_PACKAGES, MOST_LINES, MOST_OBJECTIVES, MOST_PARTNERS = 20, 60, 20, 12
MOST_TITLE, MOST_SUMMARY = 160, 2500
# The lists of small parts: what each is made of, how many there may be, what names a part and what such names begin with.
ROWS: dict[str, tuple[type[Any], int, str, str]] = {
    "partners": (Partner, MOST_PARTNERS, "key", "p"),
    "members": (Member, 30, "", ""),
    "packages": (WorkPackage, MOST_PACKAGES, "code", "WP"),
    "deliverables": (Deliverable, 60, "code", "D"),
    "milestones": (Milestone, 40, "code", "M"),
    "lines": (BudgetLine, MOST_LINES, "", ""),
    "answers": (Given, MOST_QUESTIONS, "", ""),
    "files": (Enclosed, 40, "code", "F"),
}
_TEXTS = {"summary": MOST_SUMMARY, "approach": 20_000, "team": 6000, "rights": 6000, "background": 6000, "compute_needs": 4000}
_MONEY = ("said_minor", "full_cost_minor", "price_minor")


@dataclass(frozen=True)
class Content:
    """All that a version of a proposal says. A draft may be incomplete: what must be there to submit, the guards say.

    Args:
        rights: what is to be said about data and rights beyond the choices.
        publication_days: for how long the other side may hold a publication back to look at it.
        compute_listing: the number of a compute offer that would serve.
        said_minor: the total that was agreed on elsewhere, against which the budget is checked.
        full_cost_minor: what the work costs its doer in full, where that is not what is charged.
        price_minor: the fixed price that the host pays, where there is one.
    """

    title: str
    summary: str = ""
    objectives: Sequence[str] = ()
    approach: str = ""
    team: str = ""
    partners: Sequence[Partner] = ()
    members: Sequence[Member] = ()
    rights: str = ""
    results_owner: IpStance | None = None
    publication_days: int | None = None
    background: str = ""
    personal_data: bool | None = None
    data_class: DataClass | None = None
    ethics: Ethics | None = None
    compute_needs: str = ""
    compute_listing: int | None = None
    starts_on: dt.date | None = None
    currency: str = "EUR"
    packages: Sequence[WorkPackage] = ()
    deliverables: Sequence[Deliverable] = ()
    milestones: Sequence[Milestone] = ()
    lines: Sequence[BudgetLine] = ()
    said_minor: int | None = None
    full_cost_minor: int | None = None
    price_minor: int | None = None
    answers: Sequence[Given] = ()
    files: Sequence[Enclosed] = ()

    def __post_init__(self) -> None:
        inputs.gather(self._check_texts, self._check_choices, self._check_rows)
        inputs.gather(self._check_codes, self._check_partners)

    def _check_texts(self) -> None:
        inputs.gather(
            lambda: keep(self, "title", inputs.line("title", self.title, most=MOST_TITLE)),
            *(
                lambda name=name, most=most: keep(
                    self, name, inputs.passage(name, getattr(self, name), most=most, required=False)
                )
                for name, most in _TEXTS.items()
            ),
            lambda: keep(self, "objectives", _objectives(self.objectives)),
        )

    def _check_choices(self) -> None:
        if self.currency not in CURRENCIES:
            raise Invalid("currency", N_("Choose one of the options."))
        inputs.gather(
            lambda: keep(self, "starts_on", inputs.day("starts_on", self.starts_on, required=False)),
            lambda: keep(self, "results_owner", _choice("results_owner", self.results_owner, IpStance)),
            lambda: keep(self, "data_class", _choice("data_class", self.data_class, DataClass)),
            lambda: keep(self, "ethics", _choice("ethics", self.ethics, Ethics)),
            lambda: keep(
                self, "publication_days", inputs.whole("publication_days", self.publication_days, most=730, required=False)
            ),
            *(
                lambda name=name: keep(self, name, inputs.money(name, getattr(self, name), self.currency, required=False))
                for name in _MONEY
            ),
        )
        if self.personal_data and self.data_class is DataClass.OPEN:
            raise Invalid("data_class", N_("Personal data are never open data. Choose another class."))

    def _check_rows(self) -> None:
        for name, (_kind, most, code, prefix) in ROWS.items():
            rows = limited(name, getattr(self, name), most)
            keep(self, name, coded(name, rows, code, prefix) if code else rows)

    def _check_codes(self) -> None:
        known = {package.code for package in self.packages}
        for name, rows in (("deliverables", self.deliverables), ("milestones", self.milestones)):
            for row in rows:
                _require_known(name, row.package, known)
        for package in self.packages:
            for code in package.after:
                _require_known("packages", code, known)
        if circle := circle_in({package.code: package.after for package in self.packages}):
            raise Invalid(
                "packages",
                N_("These work packages build on each other in a circle: %(circle)s. Take one of these steps away."),
                circle=" → ".join(circle),
            )

    def _check_partners(self) -> None:
        known = {partner.key for partner in self.partners}
        named = {"members": "partner", "packages": "lead", "lines": "partner"}
        for name, part in named.items():
            if any(getattr(row, part) not in {*known, ""} for row in getattr(self, name)):
                raise Invalid(name, N_("A row names a partner who is not among those of the step “Team”."))

    @cached_property
    def costs(self) -> tuple[BudgetLine, ...]:
        """The lines, and what the partners' rates add to them."""
        return (*self.lines, *overheads(self.lines, self.partners))

    @property
    def asked_minor(self) -> int:
        return sum(line.amount_minor for line in self.costs if line.funding is Funding.ASKED)

    @property
    def own_minor(self) -> int:
        return sum(line.amount_minor for line in self.costs if line.funding is not Funding.ASKED)

    @property
    def partner_names(self) -> dict[str, str]:
        """What the partners are called, by the key that rows name them by."""
        return {partner.key: partner.name for partner in self.partners}

    @property
    def by_partner(self) -> tuple[Total, ...]:
        """The sums of each partner's costs, about its name; about nothing those of nobody."""
        names = self.partner_names
        return totals(self.costs, lambda line: names.get(line.partner, ""))

    @property
    def by_category(self) -> tuple[Total, ...]:
        """The sums of each category of costs."""
        return totals(self.costs, lambda line: line.category)

    @property
    def whole(self) -> tuple[Total, ...]:
        """The sum of everything, if there is anything."""
        return totals(self.costs, lambda _line: "")

    @property
    def duration_months(self) -> int:
        return max((package.last_month for package in self.packages), default=0)

    def for_outsiders(self) -> "Content":
        """The same without what is confidential between the two parties."""
        answers = [given for given in self.answers if not given.confidential]
        return replace(self, answers=answers, files=[file for file in self.files if not file.confidential])

    @property
    def checkpoints(self) -> tuple[Milestone, ...]:
        """What shall be true by when: the milestones, or the end of each work package where none are named."""
        ends = (Milestone(package.title, package.last_month, package.code, code=package.code) for package in self.packages)
        return tuple(self.milestones) or tuple(ends)

    def to_json(self) -> dict[str, Any]:
        """Plain values as they are stored."""
        return _plain_parts(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Content":
        """What `to_json` stored, now or earlier. Unknown keys of later versions are passed over."""
        values = {"title": "–"} | _known(cls, stored)  # of somebody whose account was erased nothing is left
        for name, (kind, *_rest) in ROWS.items():
            values[name] = [kind(**_known(kind, row)) for row in stored.get(name, ())]
        if "deliverables" not in stored:  # each package named one result, due as it ended
            values["deliverables"] = [
                Deliverable(row["deliverable"], row["last_month"], f"WP{number}")
                for number, row in enumerate(stored.get("packages", ()), start=1)
            ]
        return cls(**values)


def fingerprint(stored: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON of a version's content."""
    return hashlib.sha256(json.dumps(stored, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _objectives(given: Any) -> tuple[str, ...]:
    """One objective a line, or a sequence of them."""
    lines = given.splitlines() if isinstance(given, str) else given or ()
    found = tuple(text for each in lines if (text := inputs.line("objectives", each, most=300, required=False)))
    return limited("objectives", found, MOST_OBJECTIVES)


def _choice(field: str, value: Any, kind: type[Any]) -> Any:
    return inputs.one_of(field, value, kind) if value not in (None, "") else None


def _require_known(field: str, code: str, known: set[str]) -> None:
    if code and code not in known:
        raise Invalid(field, N_("“%(code)s” is no work package of this plan."), code=code)


def _known(kind: type[Any], stored: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in stored.items() if name in kind.__dataclass_fields__}


def _plain_parts(value: Any) -> dict[str, Any]:
    return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}


def _plain(value: Any) -> Any:
    if isinstance(value, Labelled):
        return str(value.value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if is_dataclass(value):
        return _plain_parts(value)
    return [_plain(part) for part in value] if isinstance(value, tuple | list) else value
