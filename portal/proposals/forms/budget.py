"""What it costs and who carries it."""

from functools import partial
from typing import Any

from wtforms import Form as RowForm
from wtforms import FormField, SelectField, StringField

from portal.kernel.inputs import gather
from portal.kernel.states import choices
from portal.kernel.text import N_
from portal.kernel.units import format_amount
from portal.proposals.forms.parts import DECIMAL, PartForm, offer_partners
from portal.proposals.inputs import ROWS, BudgetLine, Content, budget_line, each
from portal.proposals.inputs.budget import MOST_YEARS
from portal.proposals.states import CostCategory, Funding, Valuation
from portal.web.forms import translated_choices
from portal.web.rows import Rows
from portal.web.words import lazy

_AMOUNTS = ("said_minor", "full_cost_minor", "price_minor")


class LineRow(RowForm):
    """One budget line."""

    label = StringField(lazy(N_("What is paid for")))
    amount_minor = StringField(lazy(N_("Amount")), render_kw=DECIMAL)
    partner = SelectField(lazy(N_("Whose cost")), validate_choice=False)
    category = SelectField(lazy(N_("Category")), choices=lambda: translated_choices(choices(CostCategory)), validate_choice=False)
    year = SelectField(
        lazy(N_("Year of the work")), choices=lambda: [(str(n), str(n)) for n in range(1, MOST_YEARS + 1)], validate_choice=False
    )
    funding = SelectField(lazy(N_("Who pays")), choices=lambda: translated_choices(choices(Funding)), validate_choice=False)
    method = SelectField(
        lazy(N_("In kind: valued by")),
        choices=lambda: translated_choices(choices(Valuation), blank=N_("No in-kind contribution")),
        validate_choice=False,
    )


class BudgetForm(PartForm):
    """Lines by partner, category and year, and the totals they are checked against."""

    lines = Rows(FormField(LineRow), lazy(N_("Budget lines")), max_entries=ROWS["lines"][1] + 1)
    said_minor = StringField(
        lazy(N_("Total as agreed elsewhere")),
        description=lazy(N_("If you name it, the lines are checked against it. Overheads by rate are included.")),
        render_kw=DECIMAL,
    )
    full_cost_minor = StringField(
        lazy(N_("Full economic cost")),
        description=lazy(N_("What the work costs you in full, where you charge less or more than that.")),
        render_kw=DECIMAL,
    )
    price_minor = StringField(
        lazy(N_("Fixed price")),
        description=lazy(N_("If the host pays a fixed price, this is it. The lines asked from the host must add up to it.")),
        render_kw=DECIMAL,
    )

    def offer(self, content: Content) -> None:
        """Costs are those of the partners."""
        offer_partners((entry.form.partner for entry in self.lines), content)

    @staticmethod
    def merged(before: Content, **answers: Any) -> Content:
        """Amounts are read in the proposal's currency; rows left empty are no rows."""
        lines: list[BudgetLine] = []
        rows = [row | {"year": row.get("year") or 1} for row in answers.pop("lines")]
        make = partial(budget_line, before.currency)
        gather(
            lambda: lines.extend(each("lines", rows, make, held_in=("label", "amount_minor"))),
            lambda: PartForm.merged(before, **answers),
        )
        return PartForm.merged(before, lines=lines, **answers)

    @classmethod
    def filled(cls, content: Content) -> dict[str, Any]:
        """Amounts as people write them."""
        lines = [vars(line) | {"amount_minor": format_amount(line.amount_minor, content.currency)} for line in content.lines]
        stated = {name: minor for name in _AMOUNTS if (minor := getattr(content, name)) is not None}
        return {"lines": lines} | {name: format_amount(minor, content.currency) for name, minor in stated.items()}
