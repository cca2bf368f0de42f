"""The box under a thread."""

from wtforms import HiddenField, TextAreaField

from portal.kernel.text import N_
from portal.web.forms import Form
from portal.web.words import lazy


class MessageForm(Form):
    """One message. `side_id` holds the number of the writer's organisation where the message is for colleagues only."""

    text = TextAreaField(lazy(N_("Your message")))
    side_id = HiddenField()
