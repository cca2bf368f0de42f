"""For whom a listing is published, as its owner writes it down."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from portal.kernel.errors import Invalid
from portal.kernel.inputs import email, one_of, passage
from portal.kernel.text import N_, one_line
from portal.listings.inputs.shared import settle
from portal.listings.states import Visibility

MOST_NAMED = 50  # organisations, and as many people


@dataclass(frozen=True)
class Readers:
    """Who can read a listing. Organisations by their names, people by their e-mail addresses, one on a line."""

    visibility: Visibility
    organisations: tuple[str, ...] = ()
    people: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        settle(self, visibility=partial(one_of, kind=Visibility), organisations=_lines, people=_addresses)
        if self.visibility is Visibility.NAMED and not self.organisations and not self.people:
            raise Invalid("organisations", N_("Name at least one organisation or person."))


def _addresses(field: str, value: Any) -> tuple[str, ...]:
    """Addresses in lower case, each once."""
    return tuple(dict.fromkeys(email(field, each).lower() for each in _lines(field, value)))


def _lines(field: str, value: Any) -> tuple[str, ...]:
    text = value if isinstance(value, str) else "\n".join(value) if isinstance(value, tuple) else None
    lines = passage(field, text, most=MOST_NAMED * 260, required=False).split("\n")
    named = tuple(dict.fromkeys(line for each in lines if (line := one_line(each))))
    if len(named) > MOST_NAMED:
        raise Invalid(field, N_("Name at most %(most)s; there are %(given)s."), most=MOST_NAMED, given=len(named))
    return named
