"""The boxes of a conversation."""

from collections.abc import Sequence
from typing import Any

from wtforms import SelectField, TextAreaField

from portal.kernel.scopes import EVERYBODY, Scope
from portal.kernel.text import N_
from portal.web.forms import Form
from portal.web.words import gettext, lazy


class MessageForm(Form):
    """One message, and which of the thing's readers it is for."""

    text = TextAreaField(lazy(N_("Your message")))
    scope = SelectField(lazy(N_("Who reads it")), validate_choice=False, default=EVERYBODY.key)

    def __init__(self, scopes: Sequence[Scope] = (EVERYBODY,), **options: Any) -> None:
        super().__init__(**options)
        self.scope.choices = [(scope.key, gettext(scope.label)) for scope in scopes]


class EditForm(Form):
    """The text of a message or note that is there already."""

    text = TextAreaField(lazy(N_("Text")))


class NoteForm(Form):
    """One private note of a side."""

    text = TextAreaField(lazy(N_("Private note")))
