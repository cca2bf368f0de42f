"""Who can read a listing."""

from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from portal.kernel.text import N_
from portal.listings.states import Visibility
from portal.web.forms import Form
from portal.web.words import lazy


class ReadersForm(Form):
    """A choice, and for the last of it the names."""

    version = HiddenField()
    visibility = RadioField(
        lazy(N_("Who can read it")),
        choices=[SelectChoice(str(member.value), lazy(member.label)) for member in Visibility],
        validate_choice=False,
    )
    organisations = TextAreaField(
        lazy(N_("Organisations")),
        description=lazy(N_("One on a line, by the name they have in this portal. All their members can read the listing.")),
    )
    people = TextAreaField(
        lazy(N_("People")),
        description=lazy(
            N_("One e-mail address on a line. Only the account that has confirmed the address finds the listing, now or later.")
        ),
    )
