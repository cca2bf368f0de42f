"""Forms about collaborations."""

from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from portal.approvals.states import Side
from portal.collaborations.inputs import PartKind
from portal.collaborations.states import ChangeKind, Health, OutcomeKind
from portal.kernel.states import choices
from portal.kernel.text import N_
from portal.web.forms import Form, translated_choices
from portal.web.words import lazy


class PartForm(Form):
    """A milestone or deliverable to add."""

    part = SelectField(lazy(N_("What is it?")))
    title = StringField(lazy(N_("Title")))
    due_on = DateField(lazy(N_("Due on")))

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.part.choices = translated_choices(choices(PartKind))


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


class OutcomeForm(Form):
    """Something that came of the work."""

    kind = SelectField(lazy(N_("Kind")))
    title = StringField(lazy(N_("Title")))
    address = StringField(lazy(N_("Web address")), description=lazy(N_("A DOI or page where it can be found.")))

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.kind.choices = translated_choices(choices(OutcomeKind))


class SettledForm(Form):
    """What should be known of a settled item."""

    detail = StringField(
        lazy(N_("What should both sides know of it?")),
        description=lazy(N_("A number, names, where it can be found; for the kick-off its day, such as 2027-01-15.")),
    )


class ItemForm(Form):
    """One more thing to settle."""

    title = StringField(lazy(N_("What has to be settled?")))
    side = SelectField(lazy(N_("By which side?")))

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.side.choices = translated_choices(choices(Side))


class HealthForm(Form):
    """How the work goes, and why."""

    health = SelectField(lazy(N_("How does the work go?")))
    text = TextAreaField(lazy(N_("Why?")), description=lazy(N_("What has changed, and what would help. Both sides read this.")))

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.health.choices = translated_choices(choices(Health))


class ChangeForm(Form):
    """What shall change, and why."""

    kind = SelectField(lazy(N_("What shall change?")))
    text = TextAreaField(
        lazy(N_("What exactly, and why?")), description=lazy(N_("Everybody who must agree reads this; it is kept as it is."))
    )
    until_on = DateField(lazy(N_("New last day")), description=lazy(N_("Only for more time.")), validators=(Optional(),))
    amount_minor = StringField(
        lazy(N_("New amount asked from the host")), description=lazy(N_("Only for another amount.")), validators=(Optional(),)
    )

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.kind.choices = translated_choices(choices(ChangeKind))


class AssessmentForm(Form):
    """What a change means."""

    text = TextAreaField(
        lazy(N_("What does it mean for cost, time and results?")), description=lazy(N_("Everybody who must agree reads this."))
    )
