"""One JSON array of records, read piece by piece: memory depends on the longest record, not on the file."""

import io
import json
from collections.abc import Iterator
from typing import BinaryIO, cast

from portal.imports.reading import MOST_BYTES, Line, Problem, parsed
from portal.kernel.text import N_, Words

_PIECE = 65_536
_BETWEEN = " \t\r\n,"


def read_array(stream: io.BufferedIOBase) -> Iterator[Line]:
    """Line and content of every element. What follows an element that is no JSON cannot be told apart and is not read."""
    text = io.TextIOWrapper(cast(BinaryIO, stream), "utf-8-sig", errors="surrogateescape")
    rest, line, opened = "", 1, False
    while True:
        begun = rest.lstrip(_BETWEEN)
        line += rest[: len(rest) - len(begun)].count("\n")
        rest = begun
        if not opened and rest.startswith("["):
            rest, opened = rest[1:], True
            continue
        if rest.startswith("]"):
            return
        end = _end_of(rest) if opened else None
        if end is None:
            piece = text.read(max(_PIECE, len(rest))) if len(rest) <= MOST_BYTES else ""
            if not piece:
                yield from [(line, Problem(Words(N_("From here on this is no JSON, or a record is too long."))))] if rest else []
                return
            rest += piece
            continue
        yield line, parsed(rest[:end].encode(errors="surrogateescape"))
        line += rest[:end].count("\n")
        rest = rest[end:]


def _end_of(text: str) -> int | None:
    """Where the first value ends; None where it is not all there."""
    try:
        _, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return None
    return end if end < len(text) else None  # a number may go on in the next piece
