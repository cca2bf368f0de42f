"""Forms of interests and proposals: each part of a proposal knows how to put its answers into the whole."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from wtforms import BooleanField, FormField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms import Form as RowForm
from wtforms.widgets import DateInput

from portal.kernel.errors import Invalid
from portal.kernel.inputs import Reason, gather
from portal.kernel.states import choices
from portal.kernel.text import N_
from portal.kernel.units import format_amount
from portal.proposals.inputs import (
    MOST_LINES,
    MOST_PACKAGES,
    Acceptance,
    Answer,
    Content,
    Decline,
    WorkPackage,
    budget_line,
    each,
)
from portal.proposals.states import CostCategory, DeclineCode, Funding
from portal.web.forms import Form, ReasonForm, translated_choices
from portal.web.rows import Rows
from portal.web.words import lazy

_NUMERIC = {"inputmode": "numeric", "autocomplete": "off"}


class InterestForm(Form):
    """The one page."""

    motivation = TextAreaField(
        lazy(N_("Why does this concern you?")),
        description=lazy(N_("What you would contribute, and what you hope for. Up to 4,000 characters.")),
    )
    experience = TextAreaField(
        lazy(N_("What have you done that helps?")),
        description=lazy(N_("Two or three examples are enough; links are welcome.")),
    )
    declared = BooleanField(
        lazy(N_("Nothing here is confidential")),
        description=lazy(N_("No agreement protects what you write here yet. Keep secrets out of it.")),
    )


class ProposeForm(Form):
    """For which organisation, asked only of those who belong to several."""

    organisation_id = RadioField(lazy(N_("Which organisation makes the proposal?")), validate_choice=False)

    def __init__(self, organisations: Mapping[int, str], **kwargs: Any) -> None:
        """`organisations`: name by id, of those the person belongs to."""
        super().__init__(**kwargs)
        self.organisation_id.choices = [(str(number), name) for number, name in organisations.items()]

    @property
    def chosen(self) -> int | None:
        """The id that was sent, whatever it is."""
        sent = self.organisation_id.data or ""
        return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else None


class AnswerForm(Form):
    """What goes with a yes."""

    text = TextAreaField(
        lazy(N_("Your answer")), description=lazy(N_("Say what comes next and whom to talk to. The author reads this."))
    )


class AcceptForm(Form):
    """The yes to a proposal: says what happens next before it is sent."""

    text = TextAreaField(
        lazy(N_("Your answer")),
        description=lazy(
            N_(
                "What happens next: a partnership officer of each side approves exactly this version, within ten days; "
                "then the collaboration opens with its plan. The author reads what you write here."
            )
        ),
    )


class DeclineForm(Form):
    """A no, with its reason in one word and in full."""

    code = SelectField(lazy(N_("Main reason")), validate_choice=False)
    text = TextAreaField(
        lazy(N_("Reason")), description=lazy(N_("Say what the author can learn from it. The author reads this."))
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.code.choices = translated_choices(choices(DeclineCode), blank=N_("Choose a reason"))


class DecisionForm(Form):
    """The owner's decision on the proposal's own page."""

    action = RadioField(lazy(N_("Decision")), validate_choice=False)
    code = SelectField(lazy(N_("Main reason, if you decline")), validate_choice=False)
    text = TextAreaField(
        lazy(N_("Reasons")), description=lazy(N_("The proposer reads this. Needed when you ask for changes or decline."))
    )
    version = HiddenField()

    def __init__(self, allowed: Mapping[str, str], **kwargs: Any) -> None:
        """`allowed`: label by action, of the decisions that are possible now."""
        super().__init__(**kwargs)
        self.allowed = set(allowed)
        self.action.choices = translated_choices(list(allowed.items()))
        self.code.choices = translated_choices(choices(DeclineCode), blank=N_("Choose a reason"))

    def decision(self) -> tuple[str, Any] | None:
        """The chosen action and what it takes, or None with the problems beside the fields."""
        return self.read(partial(_decision, self.allowed))


def _decision(allowed: set[str], *, action: Any, code: Any, text: Any) -> tuple[str, Any]:
    if action not in allowed:
        raise Invalid("action", N_("Choose one of the options."))
    if action == "decline":
        return action, Decline(code, text)
    return action, Reason(text) if action == "ask_changes" else Acceptance(text)


class PartForm(Form):
    """One step of the proposal form. `version` is that of the proposal as it was when the form was drawn."""

    version = HiddenField()

    @property
    def seen(self) -> int:
        """The version the person began from; one that never existed where the form was tampered with."""
        sent = self.version.data or ""
        return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else -1

    def content(self, before: Content) -> Content | None:
        """The whole with this part replaced, or None with the problems beside the fields."""
        return self.read(partial(self.merged, before))

    @staticmethod
    def merged(before: Content, **answers: Any) -> Content:
        """`before` with these answers in place of its own."""
        return replace(before, **answers)

    @classmethod
    def of(cls, content: Content, version: int) -> "PartForm":
        """The form filled with what is saved."""
        names = [name for name in vars(content) if hasattr(cls, name)]
        return cls(data={"version": version} | {name: getattr(content, name) for name in names})


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
        return cls(data={"version": version, "lines": rows})


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
STEP_FORMS = {Reason: ReasonForm, Answer: AnswerForm, Acceptance: AcceptForm, Decline: DeclineForm}
