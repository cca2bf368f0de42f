"""Forms about change requests."""

from collections.abc import Sequence

from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from portal.collaborations.states import ChangeKind
from portal.kernel.states import choices
from portal.kernel.text import N_
from portal.web.forms import Form, translated_choices
from portal.web.words import gettext, lazy


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

    person = SelectField(
        lazy(N_("Who?")),
        description=lazy(N_("Only for a key person: a member of the team.")),
        validate_choice=False,  # the action looks for them among the team
    )

    def __init__(self, team: Sequence[tuple[str, str]] = (), **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.person.choices = [("", gettext(N_("Nobody"))), *team]
        self.kind.choices = translated_choices(choices(ChangeKind))


class AssessmentForm(Form):
    """What a change means."""

    text = TextAreaField(
        lazy(N_("What does it mean for cost, time and results?")), description=lazy(N_("Everybody who must agree reads this."))
    )
