"""Forms about the two lists and the health of the work."""

from wtforms import SelectField, StringField, TextAreaField

from portal.approvals.states import Side
from portal.collaborations.states import Health
from portal.kernel.states import choices
from portal.kernel.text import N_
from portal.web.forms import Form, translated_choices
from portal.web.words import lazy


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
