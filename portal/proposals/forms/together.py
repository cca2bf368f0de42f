"""Forms about those who write a proposal together."""

from typing import Any

from wtforms import HiddenField, RadioField, SelectField, StringField

from portal.kernel.states import choices
from portal.kernel.text import N_
from portal.proposals.states import Right
from portal.web.forms import Form, translated_choices
from portal.web.words import lazy


class CoAuthorForm(Form):
    """Whom to invite, and what they may do."""

    email = StringField(lazy(N_("E-mail address")), description=lazy(N_("Only whoever has this address can accept.")))
    right = RadioField(lazy(N_("What they may do")), validate_choice=False, default=Right.EDIT.value)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.right.choices = translated_choices(choices(Right))


class RightForm(Form):
    """What one co-author may do from now on."""

    version = HiddenField()
    right = SelectField(lazy(N_("What they may do")), validate_choice=False)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.right.choices = translated_choices(choices(Right))
