"""Which organisation publishes at once, and why."""

from wtforms import StringField

from portal.kernel.text import N_
from portal.web.forms import ReasonForm
from portal.web.words import lazy


class TrustForm(ReasonForm):
    """A name and the reason."""

    organisation = StringField(lazy(N_("Organisation")), description=lazy(N_("By the name it has in this portal.")))
