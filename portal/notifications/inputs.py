"""What a mail may be, and how administrators may word one."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from portal.kernel.errors import Invalid
from portal.kernel.inputs import email, gather, line, passage
from portal.kernel.text import N_, clean, one_line

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
