"""A listing as a template."""

from wtforms import StringField

from portal.kernel.text import N_
from portal.web.forms import Form
from portal.web.words import lazy


class TemplateForm(Form):
    """Its name."""

    name = StringField(
        lazy(N_("Name of the template")), description=lazy(N_("Everybody who posts for your organisation chooses by it."))
    )
