"""The only place that asks what time it is, so that tests and demo history can set it."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

UTC = dt.UTC
_fixed: ContextVar[dt.datetime | None] = ContextVar("fixed_time", default=None)


def now() -> dt.datetime:
    """The present moment, aware, in UTC."""
    return _fixed.get() or dt.datetime.now(UTC)


def today() -> dt.date:
    """The present date in UTC. Deadlines use the zone of their listing instead."""
    return now().date()


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    """Let it be `moment` (aware) inside the block, in this thread only."""
    token = _fixed.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _fixed.reset(token)
