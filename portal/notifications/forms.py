"""What a person may choose about being told."""

from wtforms import BooleanField

from portal.kernel.text import N_
from portal.web.forms import Form
from portal.web.words import lazy


class PreferenceForm(Form):
    """Mails beside the list, or the list alone."""

    mails = BooleanField(
        lazy(N_("Send me a mail when something new concerns me")),
        description=lazy(N_("Mails about your account and signing in are sent in any case.")),
    )
