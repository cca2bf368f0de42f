"""What people type about their account. Passwords are never shown again, everything else is."""

from typing import Self

from wtforms import EmailField, HiddenField, PasswordField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from portal.accounts.states import Kind
from portal.kernel.errors import Invalid
from portal.kernel.states import choices
from portal.kernel.text import N_
from portal.web.forms import Form, show_problems
from portal.web.words import lazy

_PLAIN = {"spellcheck": "false", "autocapitalize": "none"}
_CURRENT = _PLAIN | {"autocomplete": "current-password"}
_NEW = _PLAIN | {"autocomplete": "new-password"}
_CODE = _PLAIN | {"autocomplete": "one-time-code", "inputmode": "text"}
LASTING = ((30, N_("One month")), (90, N_("Three months")), (180, N_("Half a year")), (365, N_("One year")))
LENGTH = lazy(N_("At least 12 characters. A sentence works well."))


class SignInForm(Form):
    """Name and key in one go, refused in one sentence that does not say which of them was wrong."""

    email = EmailField(lazy(N_("E-mail")), render_kw=_PLAIN | {"autocomplete": "username"})
    password = PasswordField(lazy(N_("Password")), render_kw=_CURRENT)

    def refuse(self) -> None:
        """The same for an unknown address, a wrong password, a closed account and one that waits for its confirmation."""
        sentence = N_(
            "This address and password do not open an account. "
            "If you have just registered, follow the link in our message to you first."
        )
        show_problems(self, Invalid("email", sentence))


class NewcomerForm(Form):
    """A new account of somebody whose address another service told."""

    kind = RadioField(
        lazy(N_("I am a")),
        choices=[SelectChoice(value, lazy(label)) for value, label in choices(Kind)],
        validate_choice=False,  # the input knows them
    )
    name = StringField(lazy(N_("Full name")), render_kw={"autocomplete": "name"})
    born_in = StringField(
        lazy(N_("Year of birth")),
        description=lazy(N_("Asked of students only, and shown to nobody.")),
        render_kw={"inputmode": "numeric", "autocomplete": "bday-year"},
    )
    guardian = EmailField(
        lazy(N_("E-mail of a parent or guardian")),
        description=lazy(N_("If you are under 18. Under 16 they have to agree; we write to them.")),
        render_kw=_PLAIN | {"autocomplete": "off"},
    )


class RegisterForm(NewcomerForm):
    """A new account."""

    email = EmailField(
        lazy(N_("Work or university e-mail")),
        description=lazy(N_("It tells us your organisation. We send one message to confirm it.")),
        render_kw=_PLAIN | {"autocomplete": "email"},
    )
    password = PasswordField(lazy(N_("Password")), description=LENGTH, render_kw=_NEW)


class AddressForm(Form):
    """Whose password is forgotten."""

    email = EmailField(lazy(N_("E-mail")), render_kw=_PLAIN | {"autocomplete": "username"})


class NewPasswordForm(Form):
    """The password to use from now on."""

    password = PasswordField(lazy(N_("New password")), description=LENGTH, render_kw=_NEW)


class ChangePasswordForm(Form):
    """The same, for somebody who knows the old one."""

    current = PasswordField(lazy(N_("Present password")), render_kw=_CURRENT)
    password = PasswordField(lazy(N_("New password")), description=LENGTH, render_kw=_NEW)


class PasswordForm(Form):
    """The password once more: to confirm an address, or before something weighty."""

    password = PasswordField(lazy(N_("Password")), render_kw=_CURRENT)

    def refuse(self) -> None:
        """It was another one."""
        show_problems(self, Invalid("password", N_("This is not the password of your account.")))


class NewAddressForm(PasswordForm):
    """Where the account shall be reached, from somebody who knows its password."""

    email = EmailField(lazy(N_("New e-mail address")), render_kw=_PLAIN | {"autocomplete": "email"})


class SoughtForm(Form):
    """Whose account an administrator looks for."""

    class Meta:
        csrf = False  # it only asks

    q = StringField(lazy(N_("Name or address")), description=lazy(N_("Any part of it; empty shows all, the newest first.")))


class CodeForm(Form):
    """The second step."""

    code = StringField(
        lazy(N_("Code")),
        description=lazy(N_("Six digits from your authenticator app, or one of your recovery codes.")),
        render_kw=_CODE,
    )

    def refuse(self) -> Self:
        """Wrong, or right but used."""
        self.code.data = ""
        show_problems(self, Invalid("code", N_("This code does not fit, or was used already. Wait for the next one.")))
        return self


class SetUpForm(CodeForm):
    """The first code of a new authenticator; `set_up` carries its secret."""

    code = StringField(lazy(N_("Code")), description=lazy(N_("Six digits that the app shows now.")), render_kw=_CODE)
    set_up = HiddenField()


class PasskeyForm(Form):
    """What a device answered, put here by a script."""

    passkey = HiddenField()


class PasskeyNameForm(Form):
    """What its owner calls a passkey."""

    name = StringField(lazy(N_("Name")), description=lazy(N_("Of the device it stays on, such as “My laptop”.")))


class NewPasskeyForm(PasskeyNameForm):
    """A new one, with the device's answer."""

    passkey = HiddenField()

    def refuse(self) -> Self:
        """No answer, or none to the question that was asked."""
        sentence = N_("Your device has not made a passkey. Press the button once more, and follow what it says.")
        show_problems(self, Invalid("name", sentence))
        return self


class NewTokenForm(Form):
    """What a program is called that shall read, and for how long."""

    name = StringField(lazy(N_("Name")), description=lazy(N_("Of the program or the place it runs at.")))
    days = SelectField(
        lazy(N_("Works for")),
        choices=[SelectChoice(str(days), lazy(label)) for days, label in LASTING],
        validate_choice=False,  # the input knows how long is allowed
    )


class VerifyForm(PasswordForm):
    """It is still the same person; `code` or `passkey` is asked of those who have a second factor."""

    passkey = HiddenField()

    code = StringField(
        lazy(N_("Code")),
        description=lazy(N_("Six digits from your authenticator app, or one of your recovery codes.")),
        render_kw=_CODE,
    )

    def refuse(self) -> None:
        """The password, the code or both were wrong."""
        self.code.data = ""
        show_problems(
            self,
            Invalid(
                "password", N_("This does not fit. Enter your password and, if you have one, a fresh code; or use a passkey.")
            ),
        )
