"""What people say about themselves, and whom they look for."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from portal.kernel import inputs
from portal.kernel.errors import Invalid
from portal.kernel.text import N_, folded

MOST_TERMS, LONGEST_TERM = 30, 60
LEAST_LETTERS = 3  # fewer would list half the directory
_ORCID = re.compile(r"(?:https?://orcid\.org/)?([0-9]{4})-?([0-9]{4})-?([0-9]{4})-?([0-9]{3}[0-9X])")


@dataclass(frozen=True)
class ProfileText:
    """Everything on a person's page besides name and affiliations."""

    headline: str = ""
    about: str = ""
    orcid: str = ""
    expertise: Sequence[str] | str = ()  # terms, or text with one term a line
    open_to: str = ""
    listed: bool = False
    contactable: bool = False

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: _keep(self, "headline", inputs.line("headline", self.headline, required=False)),
            lambda: _keep(self, "about", inputs.passage("about", self.about, most=10_000, required=False)),
            lambda: _keep(self, "orcid", orcid("orcid", self.orcid)),
            lambda: _keep(self, "expertise", terms("expertise", self.expertise)),
            lambda: _keep(self, "open_to", inputs.line("open_to", self.open_to, most=300, required=False)),
        )


@dataclass(frozen=True)
class Lookup:
    """A name to look for in the directory; none yet where it is empty."""

    q: str = ""

    def __post_init__(self) -> None:
        _keep(self, "q", inputs.line("q", self.q, most=100, required=False))
        if self.q and len(folded(self.q).replace(" ", "")) < LEAST_LETTERS:
            raise Invalid("q", N_("Enter at least %(least)s letters of the name."), least=LEAST_LETTERS)


def orcid(field: str, value: Any) -> str:
    """An ORCID iD as `0000-0002-1825-0097`, given so, without dashes or as its address; empty where nothing was given.

    Source: ISO 7064 MOD 11-2 over the first fifteen digits gives the last character, X for 10.
    """
    text = inputs.line(field, value, most=60, required=False)
    if not text:
        return ""
    found = _ORCID.fullmatch(text.strip().rstrip("/").upper().replace("HTTPS://ORCID.ORG", "https://orcid.org"))
    if found is None:
        raise Invalid(field, N_("Enter an ORCID iD such as 0000-0002-1825-0097."))
    total = 0
    for digit in "".join(found.groups())[:15]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    if ("X" if check == 10 else str(check)) != found[4][-1]:
        raise Invalid(field, N_("This iD has a mistyped digit: its last character does not fit the rest."))
    return "-".join(found.groups())


def terms(field: str, value: Any) -> tuple[str, ...]:
    """Terms of expertise, each once; text is read with one term a line or with commas between."""
    if isinstance(value, str):
        value = inputs.passage(field, value, most=MOST_TERMS * (LONGEST_TERM + 2), required=False).replace(",", "\n").split("\n")
    if value is None:
        return ()
    if not isinstance(value, Iterable):
        raise Invalid(field, N_("Enter text here."))
    found: dict[str, str] = {}
    for each in value:
        term = inputs.line(field, each, most=LONGEST_TERM, required=False)
        if term:
            found.setdefault(term.casefold(), term)
    if len(found) > MOST_TERMS:
        raise Invalid(
            field, N_("Keep to the %(most)s terms that matter most; there are %(count)s."), most=MOST_TERMS, count=len(found)
        )
    return tuple(found.values())


def _keep(made: object, name: str, value: Any) -> None:
    object.__setattr__(made, name, value)
