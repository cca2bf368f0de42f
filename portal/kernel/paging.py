"""Keyset paging: the next page begins after the last row shown, so nothing is skipped or shown twice while rows come and go."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import tuple_
from sqlalchemy.orm import QueryableAttribute

from portal.kernel.db import AnySelect

Row = TypeVar("Row")
PAGE = 25


@dataclass(frozen=True)
class Slice(Generic[Row]):
    """Some rows, and the cursor that leads to the next ones (None at the end)."""

    rows: Sequence[Row]
    after: str | None = None


def encode(values: Sequence[Any]) -> str:
    """The cursor for a row with these key values (numbers and text only)."""
    return base64.urlsafe_b64encode(json.dumps(list(values)).encode()).decode().rstrip("=")


def decode(cursor: str | None, width: int) -> list[Any] | None:
    """The key values in `cursor`, or None where it is missing or was tampered with: that is page one again."""
    if not cursor or len(cursor) > 400:
        return None
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        return None
    fine = isinstance(values, list) and len(values) == width and all(_is_key(v) for v in values)
    return values if fine else None


def _is_key(value: Any) -> bool:
    return (isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**62) or (
        isinstance(value, str) and "\0" not in value
    )


def newest_first(query: AnySelect, key: QueryableAttribute[int], cursor: str | None, *, limit: int = PAGE) -> AnySelect:
    """`query` by falling `key` (a unique integer), from `cursor` on, with one row more than `limit` to see whether it goes on."""
    if (values := decode(cursor, 1)) is not None and isinstance(values[0], int):
        query = query.where(tuple_(key) < tuple_(values[0]))
    return query.order_by(key.desc()).limit(limit + 1)


def cut(rows: Sequence[Row], key: str, *, limit: int = PAGE) -> Slice[Row]:
    """The first `limit` of `rows`, with the cursor after them if there were more; `key` names the attribute paged by."""
    if len(rows) <= limit:
        return Slice(rows)
    shown = rows[:limit]
    return Slice(shown, encode([getattr(shown[-1], key)]))
