"""What people say about themselves, and whom they look for."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from babel import Locale

from portal.kernel import inputs
from portal.kernel.errors import Invalid
from portal.kernel.states import member_of
from portal.kernel.text import N_, folded
from portal.people.states import ContactBy, Duty, Level, StudyLevel

MOST_TERMS, LONGEST_TERM = 30, 60
MOST_FIELDS = 10
LEAST_LETTERS = 3  # fewer would list half the directory
_ORCID = re.compile(r"(?:https?://orcid\.org/)?([0-9]{4})-?([0-9]{4})-?([0-9]{4})-?([0-9]{3}[0-9X])")


@dataclass(frozen=True)
class ProfileText:
    """Everything on a person's page besides name and affiliations."""

    headline: str = ""
    about: str = ""
    orcid: str = ""
    fields: Sequence[str] = ()  # codes of the field vocabulary
    expertise: Sequence[str] | str = ()  # terms, or text with one term a line, perhaps with a level: “hydraulics: expert”
    skills: Sequence[str] | str = ()
    methods: Sequence[str] | str = ()
    languages: Sequence[str] | str = ()  # codes
    open_to: str = ""
    availability: str = ""
    contact_by: ContactBy = ContactBy.OFFICE
    listed: bool = False
    contactable: bool = False
    group: str = ""
    seeks: str = ""
    duties: Sequence[str] = ()  # values of Duty
    study: str = ""
    study_level: StudyLevel | None = None
    finishes_on: dt.date | None = None
    levels: Mapping[str, str] = field(default_factory=dict, init=False)  # of the terms of expertise that have one

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: _keep(self, "headline", inputs.line("headline", self.headline, required=False)),
            lambda: _keep(self, "about", inputs.passage("about", self.about, most=10_000, required=False)),
            lambda: _keep(self, "orcid", orcid("orcid", self.orcid)),
            lambda: _keep(self, "fields", field_codes("fields", self.fields)),
            lambda: _keep(self, "levels", levels("expertise", self.expertise)),
            lambda: _keep(self, "expertise", terms("expertise", self.expertise)),
            lambda: _keep(self, "skills", terms("skills", self.skills)),
            lambda: _keep(self, "methods", terms("methods", self.methods)),
            lambda: _keep(self, "languages", languages("languages", self.languages)),
            lambda: _keep(self, "availability", inputs.line("availability", self.availability, required=False)),
            lambda: _keep(self, "contact_by", inputs.one_of("contact_by", self.contact_by, ContactBy)),
            lambda: _keep(self, "open_to", inputs.line("open_to", self.open_to, most=300, required=False)),
            lambda: _keep(self, "group", inputs.line("group", self.group, required=False)),
            lambda: _keep(self, "seeks", inputs.passage("seeks", self.seeks, most=500, required=False)),
            lambda: _keep(self, "duties", inputs.some_of("duties", self.duties or (), [str(duty.value) for duty in Duty])),
            lambda: _keep(self, "study", inputs.line("study", self.study, required=False)),
            lambda: _keep(self, "study_level", study_level("study_level", self.study_level)),
            lambda: _keep(self, "finishes_on", inputs.day("finishes_on", self.finishes_on, required=False)),
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
        value = inputs.passage(field, value, most=MOST_TERMS * (LONGEST_TERM + 14), required=False).replace(",", "\n").split("\n")
    if value is None:
        return ()
    if not isinstance(value, Iterable):
        raise Invalid(field, N_("Enter text here."))
    found: dict[str, str] = {}
    for each in value:
        term = _term_and_level(inputs.line(field, each, most=LONGEST_TERM + 12, required=False))[0]
        term = inputs.line(field, term, most=LONGEST_TERM, required=False)
        if term:
            found.setdefault(term.casefold(), term)
    if len(found) > MOST_TERMS:
        raise Invalid(
            field, N_("Keep to the %(most)s terms that matter most; there are %(count)s."), most=MOST_TERMS, count=len(found)
        )
    return tuple(found.values())


def field_codes(field: str, value: Any) -> tuple[str, ...]:
    """Codes of the field vocabulary, each once. Whether they exist is asked of the vocabulary itself."""
    codes = tuple(dict.fromkeys(inputs.line(field, each, most=20) for each in value or ()))
    if len(codes) > MOST_FIELDS:
        raise Invalid(field, N_("Choose at most %(most)s of the fields shown."), most=MOST_FIELDS)
    return codes


def study_level(field: str, value: Any) -> StudyLevel | None:
    """A degree, or none where nothing was said."""
    return inputs.one_of(field, value, StudyLevel) if value not in (None, "") else None


def levels(field: str, value: Any) -> dict[str, str]:
    """The level beside each term that has one, by the term; terms given as a list have none."""
    if not isinstance(value, str):
        return {}
    pairs = (_term_and_level(inputs.line(field, line, required=False)) for line in re.split("[\n,]", value[:20_000]))
    return {term: str(level.value) for term, level in pairs if level is not None}


def with_levels(known: Iterable[str], beside: Mapping[str, str]) -> str:
    """Terms and their levels as text that reads back the same."""
    return "\n".join(f"{term}: {beside[term]}" if term in beside else term for term in known)


def languages(field: str, value: Any) -> tuple[str, ...]:
    """Codes of languages, each once, given as a list or as text with spaces or commas between.

    Raises:
        Invalid: one is none.
    """
    words = re.split(r"[\s,]+", inputs.passage(field, value, most=200, required=False)) if isinstance(value, str) else value
    found = tuple(dict.fromkeys(str(word).lower() for word in words or () if word))
    if strange := next((code for code in found if code not in Locale("en").languages), None):
        raise Invalid(field, N_("“%(code)s” is no language. Write codes such as en de fr."), code=strange[:20])
    if len(found) > MOST_TERMS:
        raise Invalid(field, N_("Keep to %(most)s languages."), most=MOST_TERMS)
    return found


def _term_and_level(text: str) -> tuple[str, Level | None]:
    term, _, word = text.rpartition(":")
    level = member_of(Level, word.strip().lower()) if term.strip() else None
    return (term.strip(), level) if level else (text, None)


def _keep(made: object, name: str, value: Any) -> None:
    object.__setattr__(made, name, value)
