"""Forms about the plan."""

from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from portal.approvals.states import Side
from portal.collaborations.inputs import PartKind
from portal.kernel.states import choices
from portal.kernel.text import N_
from portal.web.forms import Form, translated_choices
from portal.web.words import lazy


class PartForm(Form):
    """A milestone or deliverable to add."""

    part = SelectField(lazy(N_("What is it?")))
    title = StringField(lazy(N_("Title")))
    due_on = DateField(lazy(N_("Due on")))
    package = StringField(
        lazy(N_("Belongs to the work package")), description=lazy(N_("Its code, such as WP1.")), validators=(Optional(),)
    )

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.part.choices = translated_choices(choices(PartKind))


class PackageForm(Form):
    """A work package as it shall be."""

    title = StringField(lazy(N_("Title")))
    goal = TextAreaField(lazy(N_("What it shall achieve")), validators=(Optional(),))
    side = SelectField(lazy(N_("By which side is it led?")))
    lead = StringField(
        lazy(N_("Who leads it?")),
        description=lazy(N_("A person or group, if that should be known.")),
        validators=(Optional(),),
    )
    starts_on = DateField(lazy(N_("First day")))
    ends_on = DateField(lazy(N_("Last day")))
    after = StringField(
        lazy(N_("Waits for")), description=lazy(N_("Codes of work packages, such as WP1, WP2.")), validators=(Optional(),)
    )
    reason = TextAreaField(
        lazy(N_("Reason")), description=lazy(N_("Only where its dates move. Both sides read this.")), validators=(Optional(),)
    )

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.side.choices = translated_choices(choices(Side))


class NewDateForm(Form):
    """Another date, with the reason."""

    due_on = DateField(lazy(N_("New date")))
    text = TextAreaField(lazy(N_("Reason")), description=lazy(N_("Both sides read this.")))


class HandInForm(Form):
    """What is handed in."""

    text = TextAreaField(
        lazy(N_("What do you hand in?")), description=lazy(N_("One or two sentences; the other side reads them."))
    )
    evidence = StringField(
        lazy(N_("Where can it be looked at?")),
        description=lazy(N_("A web address. You can also add a file to the collaboration.")),
        validators=(Optional(),),
    )
