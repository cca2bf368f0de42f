"""What administrators say of a term of a vocabulary."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from portal.kernel.errors import Invalid
from portal.kernel.inputs import line
from portal.kernel.text import N_, one_line
from portal.listings.inputs.shared import language_tag, settle

_MOST_TRANSLATIONS = 40


@dataclass(frozen=True)
class TermText:
    """How a term reads, and in other languages: one a line, such as `de: Informatik`."""

    label: str
    translations: Any = ""

    def __post_init__(self) -> None:
        settle(self, label=line, translations=_translations)


@dataclass(frozen=True)
class NewTerm(TermText):
    """A term with its code in a vocabulary, perhaps below another of its terms."""

    scheme: str = ""
    code: str = ""
    parent: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        settle(
            self,
            scheme=partial(line, most=40),
            code=_code,
            parent=partial(line, most=120, required=False),
        )


def _translations(field: str, value: Any) -> Mapping[str, str]:
    if isinstance(value, Mapping):
        return value
    found: dict[str, str] = {}
    for row in str(value or "").splitlines():
        language, _, word = row.partition(":")
        if row.strip():
            try:
                found[language_tag(field, language.strip())] = line(field, one_line(word))
            except Invalid as problem:
                raise Invalid(field, N_("Write one translation a line, such as “de: Informatik”.")) from problem
    if len(found) > _MOST_TRANSLATIONS:
        raise Invalid(field, N_("Write at most %(most)s translations."), most=_MOST_TRANSLATIONS)
    return found


def _code(field: str, value: Any) -> str:
    text = line(field, value, most=120)
    if not re.fullmatch(r"[A-Za-z0-9./_:-]+", text, re.ASCII):
        raise Invalid(field, N_("Use letters, digits and . / _ : - only."))
    return text
