"""What listings of every kind say."""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from portal.kernel.errors import Invalid
from portal.kernel.inputs import day, gather, line, one_of, passage, web_address, whole
from portal.kernel.text import N_, one_line
from portal.kernel.units import CURRENCIES
from portal.listings.inputs.deadline import deadline, opening, time_of_day, zone_name
from portal.listings.states import Intake, Visibility

MOST_SKILLS, MOST_FIELDS, SKILL_LENGTH = 20, 12, 60
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}", re.ASCII)
_CODE = re.compile(r"[A-Za-z0-9./_:-]{1,120}", re.ASCII)
_BETWEEN_SKILLS = re.compile(r"[\n,;]")


@dataclass(frozen=True)
class ListingCore:
    """The shared part. Only the title must be there: what else a listing needs, its workflow asks before it is sent.

    `fields` are codes of the field vocabulary; `skills` may be given as one text with a skill a line or commas between.
    """

    title: str
    summary: str = ""
    description: str = ""  # Markdown
    language: str = "en"
    visibility: Visibility = Visibility.PUBLIC
    intake: Intake = Intake.INTEREST
    fields: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    place: str = ""
    remote: bool = False
    currency: str = "EUR"
    capacity: int | None = None
    opens_on: dt.date | None = None
    opens_time: dt.time | None = None
    announces: bool = False
    closes_on: dt.date | None = None
    closes_time: dt.time | None = None
    time_zone: str = "Europe/Brussels"
    questions_until: dt.date | None = None

    def __post_init__(self) -> None:
        settle(
            self,
            title=line,
            summary=partial(passage, most=600, required=False),
            description=partial(passage, most=40_000, required=False),
            language=language_tag,
            visibility=partial(one_of, kind=Visibility),
            intake=partial(one_of, kind=Intake),
            fields=field_codes,
            skills=skill_list,
            place=partial(line, required=False),
            remote=yes_or_no,
            currency=currency_code,
            capacity=partial(whole, least=1, most=10_000, required=False),
            opens_on=partial(day, required=False),
            opens_time=time_of_day,
            announces=yes_or_no,
            closes_on=partial(day, required=False),
            closes_time=time_of_day,
            time_zone=zone_name,
            questions_until=partial(day, required=False),
        )
        for which in ("opens", "closes"):
            if getattr(self, f"{which}_time") is not None and getattr(self, f"{which}_on") is None:
                raise Invalid(f"{which}_on", N_("Enter the day as well, or leave the time empty."))
        if self.announces and self.opens_on is None:
            raise Invalid("announces", N_("Enter the day on which it opens, or do not announce it."))
        if self.opens_at is not None and self.closes_at is not None and self.opens_at >= self.closes_at:
            raise Invalid("opens_on", N_("Choose a moment before the last one: it must open before it closes."))

    @property
    def opens_at(self) -> dt.datetime | None:
        """When it opens at the earliest, in UTC; None where it opens as soon as it is approved."""
        return opening(self.opens_on, self.opens_time, self.time_zone) if self.opens_on else None

    @property
    def closes_at(self) -> dt.datetime | None:
        """The deadline in UTC; None where the listing stays open."""
        return deadline(self.closes_on, self.closes_time, self.time_zone) if self.closes_on else None


def settle(thing: Any, **checks: Callable[[str, Any], Any]) -> None:
    """Put in place of each field what its check makes of it. All problems are raised as one `Invalid`."""

    def put(name: str, check: Callable[[str, Any], Any]) -> None:
        object.__setattr__(thing, name, check(name, getattr(thing, name)))

    gather(*(partial(put, name, check) for name, check in checks.items()))


def yes_or_no(field: str, value: Any) -> bool:
    """True or false and nothing that merely looks like it."""
    if not isinstance(value, bool):
        raise Invalid(field, N_("Answer with yes or no."))
    return value


def language_tag(field: str, value: Any) -> str:
    """A language tag such as `en` or `pt-BR`. Source: BCP 47, its common forms."""
    if not isinstance(value, str) or not _LANGUAGE.fullmatch(value) or len(value) > 16:
        raise Invalid(field, N_("Choose one of the languages."))
    return value


def currency_code(field: str, value: Any) -> str:
    """One of the currencies offered."""
    if not isinstance(value, str) or value not in CURRENCIES:
        raise Invalid(field, N_("Choose one of the options."))
    return value


def field_codes(field: str, value: Any) -> tuple[str, ...]:
    """Codes of the field vocabulary, each once. Whether they exist is asked of the vocabulary itself."""
    codes = _each_once(field, value)
    if len(codes) > MOST_FIELDS or not all(_CODE.fullmatch(code) for code in codes):
        raise Invalid(field, N_("Choose at most %(most)s of the fields shown."), most=MOST_FIELDS)
    return codes


def skill_list(field: str, value: Any) -> tuple[str, ...]:
    """Skills as they are shown: one line each, no two alike but for capitals."""
    if isinstance(value, str):
        line(field, value, most=MOST_SKILLS * SKILL_LENGTH * 2, required=False)
        value = _BETWEEN_SKILLS.split(value)
    skills = _each_once(field, value)
    if len(skills) > MOST_SKILLS:
        raise Invalid(field, N_("Name at most %(most)s skills; there are %(given)s."), most=MOST_SKILLS, given=len(skills))
    if any(len(skill) > SKILL_LENGTH for skill in skills):
        raise Invalid(
            field, N_("Keep each skill to %(most)s characters, and write each on a line of its own."), most=SKILL_LENGTH
        )
    return skills


def source_address(value: Any) -> str:
    """The page a listing was taken from."""
    return web_address("source_url", value)


def _each_once(field: str, value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, Iterable) or isinstance(value, str | bytes):
        raise Invalid(field, N_("Enter a list."))
    kept: dict[str, str] = {}
    for raw in value:
        if not isinstance(raw, str):
            raise Invalid(field, N_("Enter a list of texts."))
        if text := one_line(raw):
            kept.setdefault(text.casefold(), text)
    return tuple(kept.values())
