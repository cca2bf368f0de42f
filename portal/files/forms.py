"""The form that adds a file."""

from flask_wtf.file import FileField
from wtforms import HiddenField

from portal.kernel.text import N_
from portal.web.forms import Form
from portal.web.words import lazy


class UploadForm(Form):
    """One file. `side_id` holds the number of the sender's organisation where the file is for colleagues only."""

    file = FileField(lazy(N_("File")), description=lazy(N_("PDF, office documents, pictures, text, CSV or ZIP, up to 25 MB.")))
    side_id = HiddenField()
