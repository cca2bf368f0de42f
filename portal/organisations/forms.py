"""Forms about organisations, their domains and their members."""

from functools import lru_cache
from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.widgets import CheckboxInput, DateInput, ListWidget

from portal.kernel.policy import Role
from portal.kernel.states import choices
from portal.kernel.text import N_, folded
from portal.kernel.units import CURRENCIES, format_amount
from portal.organisations.inputs import MAILBOXES, country_codes, names_as_text, units_as_text
from portal.organisations.models import Membership, Organisation
from portal.organisations.states import ROLE_LABELS, Admission, Check, Contact, JoinAs, OrganisationKind, Posting
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

    names = TextAreaField(
        lazy(N_("Other names")),
        description=lazy(N_("One a line, in other languages or of former days, such as ga: Ollscoil Luimnigh.")),
    )
    units = TextAreaField(
        lazy(N_("Departments and groups")),
        description=lazy(N_("One department a line; below it its groups or labs, each with a dash before it.")),
    )

    def __init__(self, *args: Any, organisation: Organisation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, obj=organisation, **kwargs)
        for field, as_text in ((self.names, names_as_text), (self.units, units_as_text)):
            if not isinstance(field.data, str):  # as it is stored, wherever nothing else was sent
                field.data = as_text(field.data or ())
        if organisation is not None and organisation.is_verified:
            del self.name, self.kind
        else:
            self.kind.choices = translated_choices(choices(OrganisationKind), blank=N_("Choose"))
        self.country_code.choices = [("", gettext(N_("Choose"))), *_countries(current_locale())]


@lru_cache(maxsize=16)
def _countries(_locale: str) -> list[tuple[str, str]]:
    """Code and name of every country by name, in the language in force."""
    return sorted(((code, country(code)) for code in country_codes()), key=lambda pair: folded(pair[1]))


class RegisterForm(Form):
    """Look for an organisation in the public register."""

    class Meta:
        csrf = False  # it only asks

    ror = StringField(lazy(N_("ROR id")), id="lookup-ror", description=lazy(N_("Such as https://ror.org/00a0n9e72.")))


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


class SettingsForm(Form):
    """What an organisation leaves to everybody, and what it decides one by one."""

    admission = RadioField(lazy(N_("People whose address is in one of our domains")), validate_choice=False)
    posting = RadioField(lazy(N_("Who writes listings for us")), validate_choice=False)
    contact = RadioField(lazy(N_("Who sees the address of our office")), validate_choice=False)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, obj=organisation, **kwargs)
        for field, options in ((self.admission, Admission), (self.posting, Posting), (self.contact, Contact)):
            field.choices = translated_choices(choices(options))


class CheckForm(Form):
    """What was verified, by what, and until when that counts."""

    what = SelectField(lazy(N_("What was checked")), validate_choice=False)
    evidence = TextAreaField(
        lazy(N_("By what")), description=lazy(N_("The register, letter or call. Administrators and officers there read this."))
    )
    until = StringField(lazy(N_("Check again on")), widget=DateInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.what.choices = translated_choices(choices(Check))


class ClaimForm(Form):
    """A domain that an organisation says is its own, and where the code goes that shows it."""

    domain = StringField(lazy(N_("Domain")), description=lazy(N_("The part of the addresses after the @, such as uni.example.")))
    mailbox = SelectField(
        lazy(N_("Who reads the code")),
        description=lazy(N_("An address in the domain that only those who run it can have.")),
        validate_choice=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mailbox.choices = [(name, f"{name}@…") for name in MAILBOXES]


class CodeForm(Form):
    """The code that went to a domain."""

    code = StringField(lazy(N_("Code from the mail")), description=lazy(N_("Ten letters and digits. It works for one hour.")))


class DomainForm(Form):
    """An e-mail domain that an administrator of the portal vouches for, perhaps one that looks like another."""

    domain = StringField(lazy(N_("Domain")), description=lazy(N_("The part of the addresses after the @, such as uni.example.")))
    note = TextAreaField(
        lazy(N_("How is it known to be theirs?")), description=lazy(N_("Such as the register or the letter you looked at."))
    )
    despite_likeness = BooleanField(lazy(N_("I compared it with the domain it looks like")))


class JoinForm(Form):
    """A wish to belong to an organisation."""

    join_as = RadioField(lazy(N_("Join as")), validate_choice=False)
    title = StringField(
        lazy(N_("Your post there")), description=lazy(N_("Such as professor of hydraulics. Shown beside your name."))
    )
    introduction = TextAreaField(
        lazy(N_("A sentence by which they know you")),
        description=lazy(N_("Such as your group, or who can vouch for you. Only those who confirm it read this.")),
    )

    def __init__(self, *args: Any, student: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.join_as.choices = translated_choices(choices(JoinAs)[: 1 if student else None])


class InviteForm(Form):
    """Whom to invite, and what they will be."""

    email = StringField(lazy(N_("E-mail address")), description=lazy(N_("Only whoever has this address can accept.")))
    roles = SelectMultipleField(
        lazy(N_("Roles")), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(), validate_choice=False
    )
    title = StringField(lazy(N_("Post")), description=lazy(N_("Such as head of partnerships. Shown beside the name.")))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.roles.choices = [(role.value, gettext(label)) for role, label in ROLE_LABELS.items() if role is not Role.MEMBER]


class RolesForm(Form):
    """The roles of one member; being a member is not a box to tick."""

    version = HiddenField()
    roles = SelectMultipleField(
        lazy(N_("Roles")), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(), validate_choice=False
    )
    title = StringField(lazy(N_("Post")), description=lazy(N_("Such as head of partnerships. Shown beside the name.")))
    limit_minor = StringField(
        lazy(N_("Signs up to")),
        description=lazy(N_("For signatories. Leave it empty if this person may sign for any amount.")),
    )
    limit_currency = SelectField(lazy(N_("Currency")), validate_choice=False)

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, obj=membership, **kwargs)
        self.limit_currency.choices = [(code, code) for code in CURRENCIES]
        if not self.is_submitted() and membership.limit_minor is not None:
            self.limit_minor.data = format_amount(membership.limit_minor, membership.limit_currency)
        self.roles.choices = [(role.value, gettext(label)) for role, label in ROLE_LABELS.items() if role is not Role.MEMBER]


class AffiliationForm(Form):
    """What a person says of their own place in an organisation."""

    version = HiddenField()
    title = StringField(lazy(N_("Your post there")), description=lazy(N_("Such as professor of hydraulics.")))
    began_on = StringField(lazy(N_("Since")), description=lazy(N_("The day you began there.")), widget=DateInput())
    ends_on = StringField(
        lazy(N_("Until")),
        description=lazy(N_("If it is known already. Nothing ends by itself on that day.")),
        widget=DateInput(),
    )
    is_main = BooleanField(lazy(N_("Name this organisation first on my page")))

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, obj=membership, **kwargs)
