"""Forms about mergers."""

from wtforms import BooleanField, StringField, TextAreaField

from portal.kernel.text import N_
from portal.web.forms import Form
from portal.web.words import lazy


class PairForm(Form):
    """Two organisations by the addresses of their pages."""

    class Meta:
        csrf = False  # it only asks

    gone = StringField(lazy(N_("The duplicate")), description=lazy(N_("The address of its page. It will lead to the other one.")))
    kept = StringField(lazy(N_("The organisation that stays")), description=lazy(N_("The address of its page.")))


class MergerForm(Form):
    """Why, and that whoever asks saw who answers for it afterwards."""

    reason = TextAreaField(
        lazy(N_("How do you know that they are one?")), description=lazy(N_("Administrators of both organisations read this."))
    )
    seen = BooleanField(lazy(N_("I compared the two and who answers for what moves")))


class ComparedForm(Form):
    """The second look."""

    seen = BooleanField(lazy(N_("I compared the two, and know that this cannot be undone")))
