"""What people may send about meetings."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from portal.collaborations.states import MeetingKind
from portal.kernel import inputs
from portal.kernel.errors import Invalid
from portal.kernel.text import N_
from portal.listings.inputs.deadline import opening, time_of_day, zone_name

LEAST_MINUTES, MOST_MINUTES = 5, 24 * 60


@dataclass(frozen=True)
class MeetingEntry:
    """A meeting as it is called.

    Args:
        on, at: what the clocks of `zone` show when it begins.
        place: a room, or a web address.
        invited: numbers of accounts that take part in the collaboration.
        others: who comes without an account, by name.
    """

    kind: MeetingKind
    title: str
    on: dt.date
    at: dt.time | str
    zone: str
    lasts_minutes: int
    place: str
    agenda: str = ""
    invited: Iterable[Any] = ()
    others: str = ""

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: _keep(self, "kind", inputs.one_of("kind", self.kind, MeetingKind)),
            lambda: _keep(self, "title", inputs.line("title", self.title)),
            lambda: _keep(self, "on", inputs.day("on", self.on)),
            lambda: _keep(self, "at", _time("at", self.at)),
            lambda: _keep(self, "zone", zone_name("zone", self.zone)),
            lambda: _keep(self, "lasts_minutes", _minutes("lasts_minutes", self.lasts_minutes)),
            lambda: _keep(self, "place", _place("place", self.place)),
            lambda: _keep(self, "agenda", inputs.passage("agenda", self.agenda, required=False)),
            lambda: _keep(self, "invited", _numbers("invited", self.invited)),
            lambda: _keep(self, "others", inputs.line("others", self.others, most=300, required=False)),
        )

    @property
    def starts_at(self) -> dt.datetime:
        """The moment it begins."""
        return opening(self.on, time_of_day("at", self.at), self.zone)


@dataclass(frozen=True)
class MinutesEntry:
    """What was said at a meeting, and what was decided."""

    minutes: str
    decisions: str = ""

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: _keep(self, "minutes", inputs.passage("minutes", self.minutes)),
            lambda: _keep(self, "decisions", inputs.passage("decisions", self.decisions, required=False)),
        )


@dataclass(frozen=True)
class ActionEntry:
    """Something that was agreed: what, by whom – the number of an account – and until when."""

    title: str
    owner: int
    due_on: dt.date

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: _keep(self, "title", inputs.line("title", self.title, most=300)),
            lambda: _keep(self, "owner", inputs.whole("owner", self.owner, least=1)),
            lambda: _keep(self, "due_on", inputs.day("due_on", self.due_on)),
        )


@dataclass(frozen=True)
class Word:
    """A word about what was done, where there is one to say."""

    text: str = ""

    def __post_init__(self) -> None:
        _keep(self, "text", inputs.passage("text", self.text, most=2000, required=False))


def _time(field: str, value: Any) -> dt.time:
    found = time_of_day(field, value)
    if found is None:
        raise Invalid(field, N_("Enter a time from 00:00 to 23:59, such as 17:00."))
    return found


def _minutes(field: str, value: Any) -> int | None:
    return inputs.whole(field, value, least=LEAST_MINUTES, most=MOST_MINUTES)


def _place(field: str, value: Any) -> str:
    text = inputs.line(field, value, most=500)
    return inputs.web_address(field, text) if "://" in text else text


def _numbers(field: str, values: Iterable[Any]) -> tuple[int, ...]:
    found = [inputs.whole(field, value, least=1) for value in values]
    return tuple(dict.fromkeys(number for number in found if number is not None))


def _keep(thing: Any, name: str, value: Any) -> None:
    object.__setattr__(thing, name, value)
