"""The box for the text."""

from wtforms import HiddenField, TextAreaField

from portal.kernel.text import N_
from portal.web.forms import Form
from portal.web.words import lazy


class AnnexForm(Form):
    """What the annex says."""

    version = HiddenField()
    text = TextAreaField(
        lazy(N_("What not everybody may know")),
        description=lazy(
            N_("Data, processes, names, figures. Write it in the same way as the description. Up to 40,000 characters.")
        ),
    )
