"""Forms about organisations, their domains and their members."""

from functools import lru_cache
from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.widgets import CheckboxInput, ListWidget

from portal.kernel.policy import Role
from portal.kernel.states import choices
from portal.kernel.text import N_, folded
from portal.organisations.inputs import country_codes
from portal.organisations.models import Membership, Organisation
from portal.organisations.states import ROLE_LABELS, JoinAs, OrganisationKind
from portal.web.filters import country
from portal.web.forms import Form, translated_choices
from portal.web.words import current_locale, gettext, lazy


class FindForm(Form):
    """Look for an organisation by name and kind."""

    class Meta:
        csrf = False  # it only asks

    q = StringField(lazy(N_("Name")))
    kind = SelectField(lazy(N_("Kind")), validate_choice=False)
    after = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = translated_choices(choices(OrganisationKind), blank=N_("All kinds"))


class OrganisationForm(Form):
    """The profile. `name` and `kind` are gone once they were verified."""

    version = HiddenField()
    name = StringField(lazy(N_("Name")), description=lazy(N_("In full, as it stands on its letters.")))
    kind = SelectField(lazy(N_("Kind")), validate_choice=False)
    short_name = StringField(lazy(N_("Short name")), description=lazy(N_("Such as the initials people use.")))
    city = StringField(lazy(N_("City")))
    country_code = SelectField(lazy(N_("Country")), validate_choice=False)
    website = StringField(lazy(N_("Website")), description=lazy(N_("Begins with https://")))
    sector = StringField(lazy(N_("Field or sector")), description=lazy(N_("Such as water supply, or medical imaging.")))
    about = TextAreaField(
        lazy(N_("About")),
        description=lazy(
            N_("Who you are and what you look for. Markdown works: **bold**, - lists, [links](https://example.org).")
        ),
    )
    role_mailbox = StringField(
        lazy(N_("Address of an office")),
        description=lazy(
            N_("An e-mail address that several people read, never a person's own. Everybody who is signed in can see it.")
        ),
    )

    def __init__(self, *args: Any, organisation: Organisation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, obj=organisation, **kwargs)
        if organisation is not None and organisation.is_verified:
            del self.name, self.kind
        else:
            self.kind.choices = translated_choices(choices(OrganisationKind), blank=N_("Choose"))
        self.country_code.choices = [("", gettext(N_("Choose"))), *_countries(current_locale())]


@lru_cache(maxsize=16)
def _countries(_locale: str) -> list[tuple[str, str]]:
    """Code and name of every country by name, in the language in force."""
    return sorted(((code, country(code)) for code in country_codes()), key=lambda pair: folded(pair[1]))


class NewOrganisationForm(OrganisationForm):
    """An organisation that is not here yet. `use_domain` is gone where the founder's address cannot show where they work."""

    ror = StringField(
        lazy(N_("ROR id")), description=lazy(N_("If a research organisation has one, such as https://ror.org/03gq8fr08."))
    )
    use_domain = BooleanField()

    def __init__(self, *args: Any, domain: str | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if domain is None:
            del self.use_domain
        else:
            sentence = N_("Everybody with an address at %(domain)s belongs to it and may join without asking")
            self.use_domain.label.text = gettext(sentence, domain=domain)


class DomainForm(Form):
    """An e-mail domain to add. Only the portal's administrators vouch for one, or for one that looks like another."""

    domain = StringField(lazy(N_("Domain")), description=lazy(N_("The part of the addresses after the @, such as uni.example.")))
    note = TextAreaField(
        lazy(N_("How is it known to be theirs?")), description=lazy(N_("Such as the register or the letter you looked at."))
    )
    despite_likeness = BooleanField(lazy(N_("I compared it with the domain it looks like")))

    def __init__(self, *args: Any, vouching: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not vouching:
            del self.note, self.despite_likeness


class JoinForm(Form):
    """A wish to belong to an organisation."""

    join_as = RadioField(lazy(N_("Join as")), validate_choice=False)
    title = StringField(
        lazy(N_("Your post there")), description=lazy(N_("Such as professor of hydraulics. Shown beside your name."))
    )

    def __init__(self, *args: Any, student: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.join_as.choices = translated_choices(choices(JoinAs)[: 1 if student else None])


class RolesForm(Form):
    """The roles of one member; being a member is not a box to tick."""

    version = HiddenField()
    roles = SelectMultipleField(
        lazy(N_("Roles")), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(), validate_choice=False
    )
    title = StringField(lazy(N_("Post")), description=lazy(N_("Such as head of partnerships. Shown beside the name.")))

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, obj=membership, **kwargs)
        self.roles.choices = [(role.value, gettext(label)) for role, label in ROLE_LABELS.items() if role is not Role.MEMBER]
