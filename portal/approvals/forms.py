"""What an officer writes when filling a slot."""

from wtforms import TextAreaField
from wtforms.validators import Optional

from portal.kernel.text import N_
from portal.web.forms import Form
from portal.web.words import lazy


class ConsentForm(Form):
    """A condition that goes with the approval, or nothing."""

    text = TextAreaField(
        lazy(N_("Condition or remark")),
        description=lazy(N_("Both sides read this. You approve exactly the version shown, and no later one.")),
        validators=(Optional(),),
    )
