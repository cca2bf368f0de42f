"""How many places are filled."""

from wtforms import HiddenField

from portal.kernel.text import N_
from portal.listings.forms.controls import a_number
from portal.web.forms import Form


class PlacesForm(Form):
    """One number."""

    version = HiddenField()
    filled = a_number(N_("Places filled"), N_("Whoever found theirs elsewhere counts as well."))
