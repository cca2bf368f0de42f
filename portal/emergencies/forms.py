"""The form with which an administrator asks."""

from wtforms import StringField, TextAreaField

from portal.kernel.text import N_
from portal.web.forms import Form
from portal.web.words import lazy


class EmergencyForm(Form):
    """What, and why."""

    reference = StringField(lazy(N_("Reference")), description=lazy(N_("Of a proposal or a collaboration, such as PR-0873.")))
    reason = TextAreaField(
        lazy(N_("What happened?")),
        description=lazy(N_("Why nobody of the two parties can help, and what you look for. Both parties read this.")),
    )
