"""Who answers for a listing."""

from typing import Any

from wtforms import RadioField, StringField

from portal.kernel.text import N_
from portal.web.forms import Form
from portal.web.words import lazy


class ColleagueForm(Form):
    """A colleague who is to be a co-owner."""

    email = StringField(
        lazy(N_("E-mail address")),
        description=lazy(N_("Of the account of a colleague who may post for your organisation.")),
    )


class HeirForm(Form):
    """Which co-owner is to be the owner."""

    account_id = RadioField(lazy(N_("The new owner")), validate_choice=False)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account_id.choices = people


class ResponsibleForm(Form):
    """Whom readers see as responsible."""

    name = StringField(lazy(N_("Name")), description=lazy(N_("Of somebody without an account here, and their post.")))
    address = StringField(
        lazy(N_("E-mail address")),
        description=lazy(N_("Of a colleague's account. We ask them, and show their name once they agree.")),
    )
