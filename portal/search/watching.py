"""Looking again for those who saved a search: what was published since, as far as they may read it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import parse_qsl

import structlog
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from portal.kernel import clock
from portal.kernel.events import record
from portal.kernel.policy import SYSTEM_ACTOR, Actor
from portal.search.engine.backend import SearchBackend
from portal.search.engine.errors import IndexBroken
from portal.search.events import SearchMatched
from portal.search.forms import Asked
from portal.search.models import SavedSearch
from portal.search.queries import due
from portal.search.sources import Searched

AT_ONCE = 20  # per run: the writer's place is held meanwhile
COUNTED = 50  # new listings that are counted at most
# The index follows the log: what was published a moment ago may not be in it yet, and is left to the next look.
UNSURE = dt.timedelta(minutes=5)
_log = structlog.get_logger(__name__)


class Watcher:
    """A timed move: for each saved search that is due, records that there is something new, if there is."""

    def __init__(self, index: SearchBackend, searched: Searched, actor_for: Callable[[Session, int], Actor | None]) -> None:
        self._index = index
        self._searched = searched
        self._actor_for = actor_for

    def __call__(self, session: Session) -> int:
        """How many searches were looked at."""
        until = clock.now() - UNSURE
        searches = due(session, clock.now(), most=AT_ONCE)
        for done, saved in enumerate(searches):
            try:
                count = self._new_for(session, saved, until)
            except IndexBroken:
                _log.warning("saved_searches_wait_for_the_index")
                return done
            saved.looked_at = until
            if count:
                record(session, SearchMatched(count), actor=SYSTEM_ACTOR, subject=saved)
        return len(searches)

    def _new_for(self, session: Session, saved: SavedSearch, until: dt.datetime) -> int:
        actor = self._actor_for(session, saved.account_id)
        if actor is None:
            return 0
        asked = Asked.from_args(MultiDict(parse_qsl(saved.address)))
        owned = self._searched.owned(session, actor, asked.filters.get("own", ()))
        query = replace(asked.query(actor, owned, sort="newest"), facets=(), per_page=COUNTED)
        findings = self._searched.findings(session, actor, self._index.search(query).ids)
        return sum(saved.looked_at < finding.published_at <= until for finding in findings)
