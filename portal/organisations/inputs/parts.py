"""What an organisation is called besides its name, and what it consists of: lists that people write as lines of text."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from babel import Locale

from portal.kernel import inputs
from portal.kernel.errors import Invalid
from portal.kernel.text import N_

MOST_NAMES, MOST_UNITS = 10, 80
LONGEST_UNIT = 120
_IN_LANGUAGE = re.compile(r"([a-z]{2,3})\s*:\s*(.+)")
_PART = re.compile(r"(?:\s*[-–*•]\s*|\s+)(.*)")  # a dash or a space before it: it belongs to the unit above


def names(field: str, value: Any) -> list[dict[str, str]]:
    """Further names, one a line, each with its language before it where that is known: `ga: Ollscoil Luimnigh`.

    Raises:
        Invalid: there are too many, one is too long, or a language is none.
    """
    found: dict[str, dict[str, str]] = {}
    for line in _lines(field, value, MOST_NAMES * 220):
        spoken = _IN_LANGUAGE.fullmatch(line.strip())
        language, name = (spoken[1], spoken[2]) if spoken else ("", line)
        if language and language not in Locale("en").languages:
            raise Invalid(field, N_("“%(code)s” is no language. Write two letters, such as ga: or pt:"), code=language)
        name = inputs.line(field, name)
        found.setdefault(name, {"name": name, "language": language})
    if len(found) > MOST_NAMES:
        raise Invalid(field, N_("Keep to %(most)s names."), most=MOST_NAMES)
    return list(found.values())


def units(field: str, value: Any) -> list[dict[str, Any]]:
    """Departments, one a line, and under each its groups, with a dash before them: a tree of two levels.

    Raises:
        Invalid: there are too many, one is too long, or the first is a part of nothing.
    """
    found: list[dict[str, Any]] = []
    count = 0
    for line in _lines(field, value, MOST_UNITS * (LONGEST_UNIT + 4)):
        part = _PART.fullmatch(line)
        name = inputs.line(field, part[1] if part else line, most=LONGEST_UNIT, required=False)
        if not name:
            continue
        count += 1
        if part is None:
            found.append({"name": name, "parts": []})
        elif found:
            found[-1]["parts"].append(name)
        else:
            raise Invalid(field, N_("Begin with a department, without a dash."))
    if count > MOST_UNITS:
        raise Invalid(field, N_("Keep to %(most)s units."), most=MOST_UNITS)
    return found


def names_as_text(known: Iterable[Mapping[str, str]]) -> str:
    """What `names` reads back."""
    return "\n".join(f"{each['language']}: {each['name']}" if each["language"] else each["name"] for each in known)


def units_as_text(known: Iterable[Mapping[str, Any]]) -> str:
    """What `units` reads back."""
    return "\n".join(line for each in known for line in (each["name"], *(f"- {part}" for part in each["parts"])))


def _lines(field: str, value: Any, most: int) -> Sequence[str]:
    if value is None or value == ():
        return ()
    if not isinstance(value, str):
        raise Invalid(field, N_("Enter text here."))
    text = inputs.passage(field, value, most=most, required=False)
    return [line for line in text.split("\n") if line.strip()]
