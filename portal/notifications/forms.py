"""What a person may choose about being told."""

from wtforms import BooleanField, StringField, TextAreaField

from portal.kernel.text import N_
from portal.web.forms import Form
from portal.web.words import lazy


class PreferenceForm(Form):
    """Mails beside the list, or the list alone."""

    mails = BooleanField(
        lazy(N_("Send me a mail when something new concerns me")),
        description=lazy(N_("Mails about your account and signing in are sent in any case.")),
    )


class WordingForm(Form):
    """How one kind of mail begins."""

    subject = StringField(lazy(N_("Subject")))
    lead = TextAreaField(lazy(N_("First words")), description=lazy(N_("What stands below the subject, before the button.")))
