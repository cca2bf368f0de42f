"""What a mail may be, and how administrators may word one."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from portal.kernel.errors import Invalid
from portal.kernel.inputs import email, gather, line, one_of, passage, whole
from portal.kernel.notices import TURN
from portal.kernel.text import N_, clean, one_line
from portal.kernel.zones import known_zones
from portal.notifications.states import Channel

_FIELD = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_OURS = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True)
class Mail:
    """One mail to one person. Nothing in it can break out of a header: the subject is one line, the address plausible."""

    to: str
    subject: str
    text: str
    html: str = ""
    stop_href: str = ""  # where a mail program can stop such mails by itself

    def __post_init__(self) -> None:
        object.__setattr__(self, "to", email("to", self.to))
        object.__setattr__(self, "subject", one_line(self.subject)[:300])
        object.__setattr__(self, "text", clean(self.text))


@dataclass(frozen=True)
class Worded:
    """A mail's subject and first words, with fields in double braces such as `{{title}}`. Nothing else in them means anything."""

    subject: str
    lead: str
    known: Collection[str] = ()

    def __post_init__(self) -> None:
        def put(field: str, value: str) -> None:
            object.__setattr__(self, field, _with_known(field, value, self.known))

        gather(
            lambda: put("subject", line("subject", self.subject)),
            lambda: put("lead", passage("lead", self.lead, most=2000)),
        )


@dataclass(frozen=True)
class Choices:
    """How to be told of each topic, and the hours of the day, 0 to 23 in `time_zone`, between which no mail goes out."""

    channels: Mapping[str, Channel]
    quiet_from: int | None = None
    quiet_until: int | None = None
    time_zone: str = "UTC"

    def __post_init__(self) -> None:
        def put(name: str, value: Any) -> None:
            object.__setattr__(self, name, value)

        gather(
            lambda: put("channels", {topic: one_of(topic, channel, Channel) for topic, channel in self.channels.items()}),
            lambda: put("quiet_from", whole("quiet_from", self.quiet_from, most=23, required=False)),
            lambda: put("quiet_until", whole("quiet_until", self.quiet_until, most=23, required=False)),
            lambda: put("time_zone", one_line(str(self.time_zone))),
        )
        if self.time_zone not in known_zones():
            raise Invalid("time_zone", N_("Choose one of the options."))
        if (self.quiet_from is None) is not (self.quiet_until is None):
            raise Invalid("quiet_until" if self.quiet_until is None else "quiet_from", N_("Say both hours, or neither."))
        if self.channels.get(TURN) is Channel.OFF:
            raise Invalid(TURN, N_("Others wait for you: at the least it is listed here."))


def in_braces(sentence: str) -> str:
    """A sentence of ours as administrators write it: `%(title)s` becomes `{{title}}`."""
    return _OURS.sub(r"{{\1}}", sentence).replace("%%", "%")


def with_params(text: str) -> str:
    """What `in_braces` was: a sentence that takes its values by name."""
    return _FIELD.sub(r"%(\1)s", text.replace("%", "%%"))


def _with_known(name: str, text: str, known: Collection[str]) -> str:
    unknown = [named for named in _FIELD.findall(text) if named not in known]
    if unknown:
        told = {"named": unknown[0][:60], "fields": ", ".join(sorted(known))}
        raise Invalid(name, N_("This mail has no field “%(named)s”. It has: %(fields)s."), **told)
    rest = _FIELD.sub("", text)
    if "{{" in rest or "}}" in rest:
        raise Invalid(name, N_("Write each field in two braces on either side, such as {{title}}."))
    return text
