"""What resembles a thing, for its own page."""

import time
from collections.abc import Mapping

from portal.kernel.policy import Actor
from portal.search.engine.backend import SearchBackend
from portal.search.engine.errors import IndexBroken
from portal.search.engine.query import Query


def alike(
    index: SearchBackend, actor: Actor, number: int, filters: Mapping[str, tuple[str, ...]], *, most: int
) -> tuple[int, ...]:
    """Ids of what is most like the thing, among what has not closed and `actor` may find; none while there is no index."""
    query = Query(readers=actor.reader_tokens, filters=filters, per_page=most, open_at=int(time.time()))
    try:
        return index.similar(number, query)
    except IndexBroken:
        return ()


def generation_of(index: SearchBackend) -> int | None:
    """The state of an index; None where there is none."""
    try:
        return index.generation
    except IndexBroken:
        return None
