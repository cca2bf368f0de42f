"""JSON Lines from anywhere, one record at a time: a bad line becomes a `Problem` and the reading goes on."""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, NoReturn

from portal.kernel.text import N_, Words

Record = dict[str, Any]

MOST_BYTES = 5_000_000  # of one line; what is read at once is never more
MOST_LEVELS = 64  # of nesting; real records have four
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Problem:
    """A line that is no record, and why."""

    why: Words


Line = tuple[int, Record | Problem | None]


def read_records(stream: BinaryIO) -> Iterator[Line]:
    """Number (from 1) and content of every line of `stream`: a record, a `Problem`, or None for a blank line.

    Only `\\n` ends a line: some texts hold other characters that Python's `splitlines` would break at. Memory stays
    bounded whatever the size of the file or of a line.
    """
    number = 0
    while piece := stream.readline(MOST_BYTES + 1):
        number += 1
        if len(piece) > MOST_BYTES and not piece.endswith(b"\n"):
            _skip_line(stream)
            yield number, Problem(Words(N_("The line is longer than %(most)s bytes."), {"most": MOST_BYTES}))
            continue
        if number == 1:
            piece = piece.removeprefix(_BOM)
        yield number, parsed(piece) if piece.strip() else None


def _skip_line(stream: BinaryIO) -> None:
    while (piece := stream.readline(MOST_BYTES)) and not piece.endswith(b"\n"):
        pass


class _NotOurs(ValueError):
    """Valid for Python's reader, but not something we take."""

    def __init__(self, sentence: str, **params: Any) -> None:
        self.why = Words(sentence, params)
        super().__init__(sentence)


def parsed(line: bytes) -> Record | Problem:
    """The record that a line holds, or why it is none."""
    try:
        return _parsed(line)
    except _NotOurs as problem:
        return Problem(problem.why)
    except UnicodeDecodeError as problem:
        return Problem(Words(N_("Byte %(byte)s of the line is not UTF-8."), {"byte": problem.start + 1}))
    except json.JSONDecodeError as problem:
        return Problem(Words(N_("This is not JSON: see character %(column)s."), {"column": problem.colno}))
    except RecursionError:
        return Problem(Words(N_("The record is nested deeper than %(most)s levels."), {"most": MOST_LEVELS}))
    except ValueError:  # Python refuses to turn more than 4,300 digits into a number
        return Problem(Words(N_("A number in the record is too long.")))


def _parsed(line: bytes) -> Record:
    if b"\0" in line:
        raise _NotOurs(N_("The line holds a null byte."))
    text = line.decode()
    found = json.loads(text, object_pairs_hook=_without_repeats, parse_constant=_no_number, parse_float=_finite)
    if not isinstance(found, dict):
        raise _NotOurs(N_("A record is a JSON object, in curly brackets."))
    if text.count("[") + text.count("{") > MOST_LEVELS and _is_deep(found):
        raise _NotOurs(N_("The record is nested deeper than %(most)s levels."), most=MOST_LEVELS)
    return found


def _without_repeats(pairs: list[tuple[str, Any]]) -> Record:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise _NotOurs(N_("“%(key)s” stands twice in the record."), key=twice[:80])
    return found


def _no_number(constant: str) -> NoReturn:
    raise _NotOurs(N_("%(constant)s is not a number."), constant=constant)


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise _NotOurs(N_("A number in the record is too long."))
    return number


def _is_deep(found: Record) -> bool:
    level: list[Any] = [found]
    for _ in range(MOST_LEVELS):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True


def text_in(record: Record, *names: str) -> str:
    """The first of the fields `names` that holds text; empty where none does."""
    return next((value for name in names if isinstance(value := record.get(name), str) and value.strip()), "")


def texts_in(record: Record, name: str) -> list[str]:
    """The texts in a list field; of anything else nothing."""
    value = record.get(name)
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def records_in(record: Record, name: str) -> list[Record]:
    """The objects in a list field; of anything else nothing."""
    value = record.get(name)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
