"""What an administrator says in an announcement, and when it holds."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from portal.announcements.states import Audience, Tone
from portal.kernel import inputs
from portal.kernel.errors import Invalid
from portal.kernel.text import N_
from portal.listings.inputs.deadline import deadline, opening

MOST_TEXT, MOST_LABEL, MOST_ADDRESS = 300, 60, 500
_MOMENT = re.compile(r"\s*(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::\d\d)?\s*", re.ASCII)
_INSIDE = re.compile(r"/(?![/\\])[^\s\\\x00-\x1f\x7f-\x9f]*")  # nothing a browser could read as another host


@dataclass(frozen=True)
class Message:
    """One announcement as it was written. `starts` and `ends` are what the clocks of `zone` show; no start means at once."""

    text: str
    tone: Any = Tone.NEWS
    audience: Any = Audience.EVERYBODY
    link_label: str = ""
    link_href: str = ""
    starts: str = ""
    ends: str = ""
    dismissible: bool = True
    zone: str = "UTC"

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: self._keep("text", inputs.line("text", self.text, most=MOST_TEXT)),
            lambda: self._keep("tone", inputs.one_of("tone", self.tone, Tone)),
            lambda: self._keep("audience", inputs.one_of("audience", self.audience, Audience)),
            self._check_link,
            self._check_times,
        )

    @property
    def starts_at(self) -> dt.datetime | None:
        """The moment it begins, None for now."""
        return opening(*_shown("starts", self.starts), self.zone) if self.starts else None

    @property
    def ends_at(self) -> dt.datetime:
        """The first moment at which it is gone."""
        return deadline(*_shown("ends", self.ends), self.zone)

    def _check_link(self) -> None:
        label = inputs.line("link_label", self.link_label, most=MOST_LABEL, required=False)
        href = inputs.line("link_href", self.link_href, most=MOST_ADDRESS, required=False)
        if label and not href:
            raise Invalid("link_href", N_("Say where the link leads, or leave both empty."))
        if href and not label:
            raise Invalid("link_label", N_("Say what the link is called, or leave both empty."))
        if href and not _INSIDE.fullmatch(href):
            inputs.web_address("link_href", href)
            if not href.startswith("https://"):
                raise Invalid(
                    "link_href", N_("Enter an address that begins with https://, or one of this portal that begins with /")
                )
        self._keep("link_label", label)
        self._keep("link_href", href)

    def _check_times(self) -> None:
        inputs.gather(
            lambda: _shown("starts", self.starts) if self.starts else None,
            lambda: _shown("ends", self.ends),
        )
        if self.starts_at is not None and self.ends_at <= self.starts_at:
            raise Invalid("ends", N_("Let it end after it begins."))

    def _keep(self, name: str, value: Any) -> None:
        object.__setattr__(self, name, value)


def _shown(field: str, value: Any) -> tuple[dt.date, dt.time]:
    found = _MOMENT.fullmatch(value) if isinstance(value, str) else None
    try:
        if found is None:
            raise ValueError
        day, time = dt.date.fromisoformat(found[1]), dt.time.fromisoformat(found[2])
    except ValueError:
        raise Invalid(field, N_("Enter a day and a time such as 2027-01-15 22:00.")) from None
    inputs.day(field, day)
    return day, time
