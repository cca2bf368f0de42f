"""What people send about their own account. Passwords stay exactly as typed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from portal.accounts.ages import ADULT, YOUNGEST, is_under, may_be_under
from portal.accounts.states import Kind
from portal.accounts.strength import require_strong
from portal.kernel import clock, inputs
from portal.kernel.errors import Invalid
from portal.kernel.text import N_


@dataclass(frozen=True)
class Newcomer:
    """Somebody who wants an account, and needs no password for it. Students say when they were born, minors whose they are."""

    kind: Kind
    name: str
    email: str
    born_in: int | None = field(default=None, kw_only=True)
    guardian: str = field(default="", kw_only=True)  # an address

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: _keep(self, "kind", inputs.one_of("kind", self.kind, Kind)),
            lambda: _keep(self, "name", inputs.line("name", self.name, most=120)),
            lambda: _keep(self, "email", address("email", self.email)),
            self._check_age,
        )

    def _check_age(self) -> None:
        if self.kind != Kind.STUDENT:  # nobody else is asked
            _keep(self, "born_in", None)
            _keep(self, "guardian", "")
            return
        this_year = clock.today().year
        born_in = inputs.whole("born_in", self.born_in, least=this_year - 100, most=this_year)
        _keep(self, "born_in", born_in)
        if born_in is None or not may_be_under(ADULT, born_in):
            _keep(self, "guardian", "")
            return
        if is_under(YOUNGEST, born_in):
            raise Invalid("born_in", N_("Accounts are for people from %(age)s years on."), age=YOUNGEST)
        _keep(self, "guardian", address("guardian", self.guardian))
        if self.guardian == self.email:
            raise Invalid("guardian", N_("Enter the address of your parent or guardian, not your own."))


@dataclass(frozen=True)
class Registration(Newcomer):
    """Somebody who wants an account; `portal_name` is a word their password must not be made of."""

    password: str = field(repr=False)
    portal_name: str = ""

    def __post_init__(self) -> None:
        about = (self.name, self.email, self.portal_name)
        inputs.gather(super().__post_init__, lambda: _check_password(self.password, about))


@dataclass(frozen=True)
class Address:
    """Somebody who may have an account here."""

    email: str

    def __post_init__(self) -> None:
        _keep(self, "email", address("email", self.email))


@dataclass(frozen=True)
class Sought:
    """Part of a name or address to look for among accounts; all of them, where it is empty."""

    q: str = ""

    def __post_init__(self) -> None:
        _keep(self, "q", inputs.line("q", self.q, most=100, required=False))


@dataclass(frozen=True)
class NewAddress:
    """The address to be reached at from now on; `present` is the one in force."""

    email: str
    present: str

    def __post_init__(self) -> None:
        _keep(self, "email", address("email", self.email))
        if self.email == self.present:
            raise Invalid("email", N_("This is the address of your account already."))


@dataclass(frozen=True)
class NewToken:
    """A token that a program shall have, for so many days."""

    name: str
    days: int

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: _keep(self, "name", inputs.line("name", self.name, most=64)),
            lambda: _keep(self, "days", inputs.whole("days", self.days, least=1, most=365)),
        )


@dataclass(frozen=True)
class PasskeyName:
    """What its owner calls a passkey."""

    name: str

    def __post_init__(self) -> None:
        _keep(self, "name", inputs.line("name", self.name, most=64))


@dataclass(frozen=True)
class NewPassword:
    """The password to use from now on; `about` are the texts whose words it must not be made of."""

    password: str = field(repr=False)
    about: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_password(self.password, self.about)


def address(name: str, value: Any) -> str:
    """An e-mail address as accounts keep it: in lower case throughout, so that one mailbox is one account."""
    return inputs.email(name, value).lower()


def _check_password(value: Any, about: Iterable[Any]) -> None:
    require_strong("password", value, [text for text in about if isinstance(text, str)])


def _keep(made: object, name: str, value: Any) -> None:
    object.__setattr__(made, name, value)
