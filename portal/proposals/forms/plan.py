"""How and when the work is done."""

from typing import Any

from wtforms import Form as RowForm
from wtforms import FormField, SelectField, StringField, TextAreaField
from wtforms.widgets import DateInput

from portal.kernel.inputs import gather
from portal.kernel.text import N_
from portal.proposals.forms.parts import NUMERIC, PartForm, offer_partners, rows_of
from portal.proposals.inputs import ROWS, Content, Deliverable, Milestone, WorkPackage, each
from portal.web.rows import Rows
from portal.web.words import lazy


class PackageRow(RowForm):
    """One work package."""

    code = StringField(lazy(N_("Code")))
    title = StringField(lazy(N_("Title")))
    goal = TextAreaField(lazy(N_("What is done")))
    first_month = StringField(lazy(N_("First month")), render_kw=NUMERIC)
    last_month = StringField(lazy(N_("Last month")), render_kw=NUMERIC)
    lead = SelectField(lazy(N_("Lead")), validate_choice=False)
    after = StringField(lazy(N_("Builds on")))


class DeliverableRow(RowForm):
    """One thing that is handed over."""

    code = StringField(lazy(N_("Code")))
    title = StringField(lazy(N_("What is handed over")))
    package = StringField(lazy(N_("Work package")))
    month = StringField(lazy(N_("By the end of month")), render_kw=NUMERIC)


class MilestoneRow(RowForm):
    """One thing that is true by a date."""

    code = StringField(lazy(N_("Code")))
    title = StringField(lazy(N_("What is true")))
    package = StringField(lazy(N_("Work package")))
    month = StringField(lazy(N_("By the end of month")), render_kw=NUMERIC)
    proof = StringField(lazy(N_("How one can tell")))


_KINDS: dict[str, tuple[type[Any], tuple[str, ...]]] = {
    "packages": (WorkPackage, ("title", "goal", "first_month", "last_month")),
    "deliverables": (Deliverable, ("title", "month")),
    "milestones": (Milestone, ("title", "month", "proof")),
}


class PlanForm(PartForm):
    """Objectives, work packages and what they hand over."""

    objectives = TextAreaField(
        lazy(N_("Objectives")), description=lazy(N_("What shall be true at the end, one objective a line. Up to 20."))
    )
    approach = TextAreaField(
        lazy(N_("How will you do the work?")), description=lazy(N_("Write for an engineer outside your field."))
    )
    starts_on = StringField(lazy(N_("When could you start?")), widget=DateInput())
    packages = Rows(FormField(PackageRow), lazy(N_("Work packages")), max_entries=ROWS["packages"][1] + 1)
    deliverables = Rows(FormField(DeliverableRow), lazy(N_("Deliverables")), max_entries=ROWS["deliverables"][1] + 1)
    milestones = Rows(FormField(MilestoneRow), lazy(N_("Milestones")), max_entries=ROWS["milestones"][1] + 1)

    def offer(self, content: Content) -> None:
        """Partners lead work packages."""
        offer_partners((entry.form.lead for entry in self.packages), content)

    @staticmethod
    def merged(before: Content, **answers: Any) -> Content:
        """Months count from the start of the collaboration; rows left empty are no rows."""
        rows = {name: answers.pop(name) for name in _KINDS}
        read: dict[str, Any] = {}
        gather(
            *(
                lambda name=name, kind=kind, held=held: read.update({name: each(name, rows[name], kind, held_in=held)})
                for name, (kind, held) in _KINDS.items()
            ),
            lambda: PartForm.merged(before, **answers),
        )
        return PartForm.merged(before, **read, **answers)

    @classmethod
    def filled(cls, content: Content) -> dict[str, Any]:
        """Lists of codes on one line."""
        packages = [row | {"after": ", ".join(row["after"])} for row in rows_of(content.packages)]
        return {
            "objectives": "\n".join(content.objectives),
            "approach": content.approach,
            "starts_on": content.starts_on,
            "packages": packages,
            "deliverables": rows_of(content.deliverables),
            "milestones": rows_of(content.milestones),
        }
