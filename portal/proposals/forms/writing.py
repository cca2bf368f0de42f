"""The parts of a proposal, one form each."""

from dataclasses import replace
from functools import partial
from typing import Any

from wtforms import Form as RowForm
from wtforms import FormField, SelectField, StringField, TextAreaField
from wtforms.widgets import DateInput

from portal.kernel.inputs import gather
from portal.kernel.states import choices
from portal.kernel.text import N_
from portal.kernel.units import format_amount
from portal.proposals.forms.parts import PartForm
from portal.proposals.inputs import (
    MOST_LINES,
    MOST_PACKAGES,
    Content,
    WorkPackage,
    budget_line,
    each,
)
from portal.proposals.states import CostCategory, Funding
from portal.web.forms import translated_choices
from portal.web.rows import Rows
from portal.web.words import lazy

_NUMERIC = {"inputmode": "numeric", "autocomplete": "off"}


class SummaryForm(PartForm):
    """What it is called and what it is about."""

    title = StringField(lazy(N_("Title")), description=lazy(N_("What you would do, in one line. Up to 160 characters.")))
    summary = TextAreaField(
        lazy(N_("Summary")),
        description=lazy(N_("For somebody who decides whether to read on: problem, idea, result. Up to 2,500 characters.")),
    )


class TeamForm(PartForm):
    """Who would do it."""

    team = TextAreaField(
        lazy(N_("Who would do the work?")),
        description=lazy(N_("Names, roles and what each brings. Up to 6,000 characters.")),
    )


class PackageRow(RowForm):
    """One work package."""

    title = StringField(lazy(N_("Title")))
    goal = TextAreaField(lazy(N_("What is done")))
    first_month = StringField(lazy(N_("First month")), render_kw=_NUMERIC)
    last_month = StringField(lazy(N_("Last month")), render_kw=_NUMERIC)
    deliverable = StringField(lazy(N_("What it delivers")))


class PlanForm(PartForm):
    """How and when."""

    approach = TextAreaField(
        lazy(N_("How will you do the work?")), description=lazy(N_("Write for an engineer outside your field."))
    )
    starts_on = StringField(lazy(N_("When could you start?")), widget=DateInput())
    packages = Rows(FormField(PackageRow), lazy(N_("Work packages")), max_entries=MOST_PACKAGES + 1)

    @staticmethod
    def merged(before: Content, **answers: Any) -> Content:
        """Months count from the start of the collaboration; rows left empty are no rows."""
        packages: list[WorkPackage] = []
        rows = answers.pop("packages")
        gather(
            lambda: packages.extend(each("packages", rows, WorkPackage, held_in=("title", "goal", "deliverable"))),
            lambda: replace(before, **answers),
        )
        return replace(before, packages=packages, **answers)


class LineRow(RowForm):
    """One budget line."""

    label = StringField(lazy(N_("What is paid for")))
    amount_minor = StringField(lazy(N_("Amount")), render_kw=_NUMERIC)
    category = SelectField(lazy(N_("Category")), choices=lambda: translated_choices(choices(CostCategory)), validate_choice=False)
    funding = SelectField(lazy(N_("Who pays")), choices=lambda: translated_choices(choices(Funding)), validate_choice=False)


class BudgetForm(PartForm):
    """What it costs and who carries it."""

    lines = Rows(FormField(LineRow), lazy(N_("Budget lines")), max_entries=MOST_LINES + 1)

    @staticmethod
    def merged(before: Content, **answers: Any) -> Content:
        """Amounts are read in the proposal's currency; rows left empty are no rows."""
        make = partial(budget_line, before.currency)
        return replace(before, lines=each("lines", answers["lines"], make, held_in=("label", "amount_minor")))

    @classmethod
    def of(cls, content: Content, version: int) -> "PartForm":
        """The form filled with what is saved, amounts as people write them."""
        rows = [vars(line) | {"amount_minor": format_amount(line.amount_minor, content.currency)} for line in content.lines]
        return cls(formdata=None, data={"version": version, "lines": rows})


class RightsForm(PartForm):
    """Data, rights, publication."""

    rights = TextAreaField(
        lazy(N_("What about data, results and publication?")),
        description=lazy(N_("What you bring and keep, who may use the results, what may be published. Up to 6,000 characters.")),
    )


PARTS: dict[str, type[PartForm]] = {
    "summary": SummaryForm,
    "team": TeamForm,
    "plan": PlanForm,
    "budget": BudgetForm,
    "rights": RightsForm,
}
