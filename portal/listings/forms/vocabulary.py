"""What administrators say of a term."""

from wtforms import SelectField, StringField, TextAreaField

from portal.kernel.text import N_
from portal.web.forms import Form
from portal.web.words import lazy


class TermForm(Form):
    """How it reads, here and in other languages."""

    label = StringField(lazy(N_("Label")))
    translations = TextAreaField(
        lazy(N_("In other languages")),
        description=lazy(N_("One a line, such as “de: Informatik”. The search finds them.")),
    )


class NewTermForm(TermForm):
    """A new one, with its place."""

    kind = SelectField(lazy(N_("It is")), validate_choice=False)
    scheme = StringField(lazy(N_("Vocabulary")), description=lazy(N_("Such as oecd-ford, or a name of your own.")))
    code = StringField(lazy(N_("Code")))
    parent = StringField(lazy(N_("Code of the wider term")))


class MergeTermForm(Form):
    """Which other term stands for it."""

    code = StringField(lazy(N_("Code of the term that stays")))
