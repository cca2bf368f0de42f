"""What an organisation says of itself, and what a register says of it."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from babel import Locale

from portal.kernel import clock, inputs
from portal.kernel.errors import Invalid
from portal.kernel.text import N_
from portal.organisations.inputs.parts import names, units
from portal.organisations.states import Admission, Check, Contact, OrganisationKind, Posting

# Groups of countries, islands without a code of their own and placeholders that the list of names holds besides countries.
_NO_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
_ROR = re.compile(r"(?:https?://)?(?:ror\.org/)?(0[a-z0-9]{6}[0-9]{2})")
_ROR_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32


@dataclass(frozen=True)
class OrganisationProfile:
    """The facts and the text on an organisation's page."""

    name: str
    kind: OrganisationKind
    short_name: str = ""
    city: str = ""
    country_code: str = ""
    website: str = ""
    sector: str = ""
    about: str = ""
    role_mailbox: str = ""  # an office's address, shown to people with an account
    names: Any = ()  # text with further names, see `inputs.parts`
    units: Any = ()  # text with departments and groups

    def __post_init__(self) -> None:
        inputs.gather(*self._checks())

    def _checks(self) -> tuple[Any, ...]:
        return (
            lambda: _keep(self, "name", inputs.line("name", self.name)),
            lambda: _require_letters(self.name),
            lambda: _keep(self, "kind", inputs.one_of("kind", self.kind, OrganisationKind)),
            lambda: _keep(self, "short_name", inputs.line("short_name", self.short_name, most=60, required=False)),
            lambda: _keep(self, "city", inputs.line("city", self.city, most=120, required=False)),
            lambda: _keep(self, "country_code", country("country_code", self.country_code)),
            lambda: _keep(self, "website", _short_address("website", self.website)),
            lambda: _keep(self, "sector", inputs.line("sector", self.sector, most=120, required=False)),
            lambda: _keep(self, "about", inputs.passage("about", self.about, most=10_000, required=False)),
            lambda: _keep(self, "role_mailbox", inputs.email("role_mailbox", self.role_mailbox) if self.role_mailbox else ""),
            lambda: _keep(self, "names", names("names", self.names)),
            lambda: _keep(self, "units", units("units", self.units)),
        )


@dataclass(frozen=True)
class NewOrganisation(OrganisationProfile):
    """An organisation that is not here yet. `use_domain`: whoever has an address in the founder's domain belongs to it."""

    ror: str = ""
    use_domain: bool = False

    def _checks(self) -> tuple[Any, ...]:
        return (*super()._checks(), lambda: _keep(self, "ror", ror("ror", self.ror)))


@dataclass(frozen=True)
class OrganisationRecord(OrganisationProfile):
    """What a public register says: ROR's, or a list of companies. `domains` as the register writes them."""

    ror: str = ""
    domains: Sequence[str] = ()

    def _checks(self) -> tuple[Any, ...]:
        return (*super()._checks(), lambda: _keep(self, "ror", ror("ror", self.ror)))


@dataclass(frozen=True)
class OrganisationSettings:
    """What an organisation leaves to everybody, and what it decides one by one."""

    admission: Admission
    posting: Posting
    contact: Contact

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: _keep(self, "admission", inputs.one_of("admission", self.admission, Admission)),
            lambda: _keep(self, "posting", inputs.one_of("posting", self.posting, Posting)),
            lambda: _keep(self, "contact", inputs.one_of("contact", self.contact, Contact)),
        )


@dataclass(frozen=True)
class RegisterLookup:
    """The ROR id of an organisation to look for in the register; none yet where it is empty."""

    ror: str = ""

    def __post_init__(self) -> None:
        _keep(self, "ror", ror("ror", self.ror))


@dataclass(frozen=True)
class Checked:
    """Something that was verified of an organisation, by what, and until when that counts."""

    what: Check
    evidence: str = ""
    until: dt.date | str | None = None

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: _keep(self, "what", inputs.one_of("what", self.what, Check)),
            lambda: _keep(self, "evidence", inputs.passage("evidence", self.evidence, most=1000)),
            lambda: _keep(self, "until", inputs.day("until", self.until, required=False)),
        )
        if isinstance(self.until, dt.date) and self.until <= clock.now().date():
            raise Invalid("until", N_("This day is past already."))


@dataclass(frozen=True)
class Finding:
    """What to look for in the directory: words of the name, one kind, and the place reached."""

    q: str = ""
    kind: OrganisationKind | None = None
    after: str = ""

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: _keep(self, "q", inputs.line("q", self.q, most=100, required=False)),
            lambda: _keep(self, "kind", inputs.one_of("kind", self.kind, OrganisationKind) if self.kind else None),
        )


def ror(field: str, value: Any) -> str:
    """The nine characters of a ROR id, given alone or as its address; empty where nothing was given.

    Source: ROR's identifier pattern; the last two digits are 98 − (n × 100 mod 97) over the base-32 value of the six before.
    """
    text = inputs.line(field, value, most=40, required=False).lower()
    if not text:
        return ""
    found = _ROR.fullmatch(text)
    if not found or not set(found[1][1:7]) <= set(_ROR_DIGITS):
        raise Invalid(field, N_("Enter a ROR id such as https://ror.org/03gq8fr08."))
    number = 0
    for digit in found[1][1:7]:
        number = number * 32 + _ROR_DIGITS.index(digit)
    if 98 - number * 100 % 97 != int(found[1][7:]):
        raise Invalid(field, N_("This ROR id has a mistyped character: its last two digits do not fit the rest."))
    return found[1]


def country(field: str, value: Any) -> str:
    """The two letters of a country, or empty."""
    if value in (None, ""):
        return ""
    if not isinstance(value, str) or value not in country_codes():
        raise Invalid(field, N_("Choose one of the options."))
    return value


@cache
def country_codes() -> frozenset[str]:
    """Two-letter codes of the countries and territories of ISO 3166-1, and Kosovo's."""
    return frozenset(code for code in map(str, Locale("en").territories) if len(code) == 2 and code.isalpha()) - _NO_COUNTRIES


def _require_letters(name: Any) -> None:
    if isinstance(name, str) and name.strip() and not any(character.isalpha() for character in name):
        raise Invalid("name", N_("Enter the name as people read it, with letters."))


def _short_address(field: str, value: Any) -> str:
    address = inputs.web_address(field, value)
    if len(address) > 500:
        raise Invalid(field, N_("Shorten this to %(most)s characters; it has %(length)s."), most=500, length=len(address))
    return address


def _keep(made: object, name: str, value: Any) -> None:
    object.__setattr__(made, name, value)
