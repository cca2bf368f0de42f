"""The form that adds a file."""

from flask_wtf.file import FileField
from wtforms import HiddenField

from portal.kernel.text import N_
from portal.web.forms import Form
from portal.web.words import lazy


class UploadForm(Form):
    """One file, which of the thing's readers it is for, and the message it belongs to, if any."""

    file = FileField(lazy(N_("File")), description=lazy(N_("PDF, office documents, pictures, text, CSV or ZIP, up to 25 MB.")))
    scope = HiddenField()
    said_with = HiddenField()
