"""What arrives from outside, checked once: small functions that `inputs` dataclasses call on each of their fields.

Each returns the clean value or raises `Invalid` for its field with a sentence that says what to do.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit

from portal.kernel.errors import Invalid
from portal.kernel.states import Labelled
from portal.kernel.text import N_, clean, one_line
from portal.kernel.units import parse_amount

Choice = TypeVar("Choice", bound=Labelled)
EARLIEST, LATEST = dt.date(1950, 1, 1), dt.date(2100, 1, 1)
_HOST = re.compile(r"[\w.-]{1,253}|[0-9a-f:.]{2,45}")  # a name in any script, or an IP address
_EMAIL = re.compile(r"[^@\s\x00-\x1f<>\"(),:;\[\]\\]{1,64}@(?:[\w](?:[\w-]{0,61}[\w])?\.)+[\w-]{2,63}")


def gather(*checks: Callable[[], Any]) -> None:
    """Run all checks and raise what they found as one `Invalid`, so that a person sees every problem at once."""
    problems: list[Invalid] = []
    for check in checks:
        try:
            check()
        except Invalid as problem:
            problems.extend(problem.all())
    if problems:
        first, *others = problems
        raise Invalid(first.field, first.why, others=tuple(others))


def line(field: str, value: Any, *, most: int = 200, required: bool = True) -> str:
    """One line of text, at most `most` characters."""
    return _text(field, value, one_line, most, required)


def passage(field: str, value: Any, *, most: int = 20_000, required: bool = True) -> str:
    """Text of several lines, at most `most` characters."""
    return _text(field, value, clean, most, required)


def _text(field: str, value: Any, cleaned: Callable[[str], str], most: int, required: bool) -> str:
    if value is None:
        value = ""
    if not isinstance(value, str):
        raise Invalid(field, N_("Enter text here."))
    if len(value) > most * 4:
        raise Invalid(field, N_("Shorten this to %(most)s characters; it has %(length)s."), most=most, length=len(value))
    text = cleaned(value)
    if required and not text:
        raise Invalid(field, N_("Fill this in."))
    if len(text) > most:
        raise Invalid(field, N_("Shorten this to %(most)s characters; it has %(length)s."), most=most, length=len(text))
    return text


def whole(field: str, value: Any, *, least: int = 0, most: int = 10**9, required: bool = True) -> int | None:
    """A whole number between `least` and `most`; None where nothing was entered and nothing is required."""
    if value in (None, "") and not required:
        return None
    if isinstance(value, str) and re.fullmatch(r"\s*-?[0-9]{1,18}\s*", value, re.ASCII):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise Invalid(field, N_("Enter a whole number from %(least)s to %(most)s."), least=least, most=most)
    return value


def money(field: str, value: Any, currency: str, *, required: bool = True) -> int | None:
    """An amount in minor units of `currency`, given as text (“84,500.50”) or as minor units already."""
    if value in (None, "") and not required:
        return None
    minor = parse_amount(value, currency) if isinstance(value, str) else value
    if isinstance(minor, bool) or not isinstance(minor, int) or not 0 <= minor <= 10**14:
        raise Invalid(field, N_("Enter an amount such as 84,500 or 84,500.50."))
    return minor


def day(field: str, value: Any, *, required: bool = True) -> dt.date | None:
    """A calendar date, given as date or as `2027-01-15`."""
    if value in (None, "") and not required:
        return None
    if isinstance(value, str):
        try:
            value = dt.date.fromisoformat(value.strip())
        except ValueError:
            value = None
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        raise Invalid(field, N_("Enter a date such as 2027-01-15."))
    if not EARLIEST <= value <= LATEST:
        raise Invalid(field, N_("Enter a date between 1950 and 2100."))
    return value


def one_of(field: str, value: Any, kind: type[Choice]) -> Choice:
    """A member of the enum `kind`, given as member or value."""
    for member in kind:
        if member.value == value:
            return member
    raise Invalid(field, N_("Choose one of the options."))


def some_of(field: str, values: Iterable[Any], allowed: Iterable[str], *, most: int = 50) -> tuple[str, ...]:
    """Values out of `allowed`, each once, in the order given."""
    known = set(allowed)
    chosen = tuple(dict.fromkeys(v for v in values if v != ""))
    if len(chosen) > most or any(v not in known for v in chosen):
        raise Invalid(field, N_("Choose from the options shown."))
    return chosen


def web_address(field: str, value: Any, *, required: bool = False) -> str:
    """An http or https address."""
    text = line(field, value, most=2000, required=required)
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        fine = parts.scheme in ("http", "https") and bool(_HOST.fullmatch(host)) and not parts.username and " " not in text
    except ValueError:
        fine = False
    if not fine:
        raise Invalid(field, N_("Enter a web address that begins with https://"))
    return text


def email(field: str, value: Any) -> str:
    """A plausible e-mail address with its domain in lower case; whether it exists is settled by a message to it."""
    text = line(field, value, most=254)
    if not _EMAIL.fullmatch(text) or ".." in text:
        raise Invalid(field, N_("Enter an e-mail address such as name@example.org."))
    local, _, domain = text.rpartition("@")
    return f"{local}@{domain.lower()}"


@dataclass(frozen=True)
class Reason:
    """Why a step that refuses, returns or ends something was taken; read by those it concerns."""

    text: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", passage("text", self.text, most=2000))
