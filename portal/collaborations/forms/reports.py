"""Forms about reports."""

from wtforms import DateField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from portal.collaborations.states import ReportKind
from portal.kernel.states import choices
from portal.kernel.text import N_
from portal.web.forms import Form, translated_choices
from portal.web.words import lazy


class ReportScheduleForm(Form):
    """When reports of one kind are owed."""

    kind = SelectField(lazy(N_("What kind of report?")))
    first_on = DateField(lazy(N_("Owed on")))
    every_months = IntegerField(
        lazy(N_("And every so many months")),
        description=lazy(N_("Leave it empty for one report.")),
        validators=(Optional(),),
    )
    last_on = DateField(
        lazy(N_("Until")), description=lazy(N_("Otherwise until the collaboration ends.")), validators=(Optional(),)
    )

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.kind.choices = translated_choices(choices(ReportKind))


class ReportForm(Form):
    """What a report says."""

    text = TextAreaField(lazy(N_("Report")), description=lazy(N_("The other side reads it once it is submitted.")))
    evidence = StringField(
        lazy(N_("Where can more be looked at?")),
        description=lazy(N_("A web address. You can also add a file to the collaboration.")),
        validators=(Optional(),),
    )
