"""Forms about who takes part in a collaboration."""

from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import Optional

from portal.kernel.text import N_
from portal.web.forms import Form
from portal.web.words import lazy

_ROLE = lazy(N_("Role in the work"))


class MemberForm(Form):
    """Somebody of one's own side."""

    email = StringField(
        lazy(N_("Address of their account")),
        description=lazy(N_("Of somebody of your organisation: they see the work, its files and its messages from then on.")),
        validators=(Optional(),),
    )
    name = StringField(lazy(N_("Name")), description=lazy(N_("Only of somebody without an account.")), validators=(Optional(),))
    role = StringField(_ROLE)


class GuestForm(Form):
    """Somebody of a third organisation."""

    email = StringField(lazy(N_("Their address")))
    role = StringField(_ROLE)
    reason = TextAreaField(lazy(N_("Why are they needed?")), description=lazy(N_("Both sides and the guest read this.")))
    last_on = DateField(lazy(N_("Last day")), description=lazy(N_("On the day after they see nothing any more.")))


class LastDayForm(Form):
    """Until when a guest takes part."""

    last_on = DateField(lazy(N_("Last day")), description=lazy(N_("On the day after they see nothing any more.")))


class SuccessionForm(Form):
    """Who shall lead one side from now on."""

    email = StringField(lazy(N_("Address of the successor’s account")), description=lazy(N_("Of somebody of your organisation.")))
    text = TextAreaField(
        lazy(N_("Why, and what should they know?")), description=lazy(N_("The successor and both sides read this."))
    )
