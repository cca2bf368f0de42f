"""The two boxes: one to ask, one to answer."""

from wtforms import TextAreaField

from portal.kernel.text import N_
from portal.web.forms import Form
from portal.web.words import lazy


class AskForm(Form):
    """A question."""

    text = TextAreaField(
        lazy(N_("Your question")),
        description=lazy(N_("Up to 1,000 characters. Say nothing confidential: everybody who reads the listing can read it.")),
    )


class AnswerForm(Form):
    """The answer to one."""

    text = TextAreaField(
        lazy(N_("Answer")),
        description=lazy(N_("Up to 4,000 characters. Everybody can read it, and it stands as you send it.")),
    )
