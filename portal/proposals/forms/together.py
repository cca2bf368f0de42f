"""Forms about those who write a proposal together."""

from collections.abc import Mapping
from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField

from portal.kernel.states import choices
from portal.kernel.text import N_
from portal.proposals.states import Right
from portal.web.forms import Form, translated_choices
from portal.web.words import gettext, lazy


class CoAuthorForm(Form):
    """Whom to invite, and what they may do."""

    email = StringField(lazy(N_("E-mail address")), description=lazy(N_("Only whoever has this address can accept.")))
    right = RadioField(lazy(N_("What they may do")), validate_choice=False, default=Right.EDIT.value)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.right.choices = translated_choices(choices(Right))


class ConfirmForm(Form):
    """The yes of a partner; what was read goes along unseen."""

    digest = HiddenField()


class PartKeptForm(Form):
    """Who writes one part, and whether it is done."""

    owner_id = SelectField(lazy(N_("Who writes this part")), validate_choice=False)
    done = BooleanField(lazy(N_("This part is done")))

    def __init__(self, writers: Mapping[int, str], **kwargs: Any) -> None:
        """`writers`: name by account, of those who write the proposal."""
        super().__init__(**kwargs)
        self.owner_id.choices = [
            ("0", gettext(N_("Nobody is named"))),
            *((str(number), name) for number, name in writers.items()),
        ]


class RightForm(Form):
    """What one co-author may do from now on."""

    version = HiddenField()
    right = SelectField(lazy(N_("What they may do")), validate_choice=False)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.right.choices = translated_choices(choices(Right))
