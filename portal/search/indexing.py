"""Keeping the index equal to the database: a subscriber of the log, and the full rebuild."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import structlog
from sqlalchemy.orm import Session

from portal.kernel.db import Database, transaction
from portal.kernel.events import Event, newest_entry
from portal.kernel.subscribers import Subscriber, skip_to
from portal.search.engine.backend import SearchBackend
from portal.search.engine.documents import Document
from portal.search.engine.errors import IndexBroken, IndexBusy
from portal.search.engine.schema import entry
from portal.search.sources import Searched

NAME = "search"  # of the subscriber
_BATCH = 200
_log = structlog.get_logger(__name__)


def indexer(index: SearchBackend, searched: Searched) -> Subscriber:
    """The subscriber that writes what events touched; a damaged index is rebuilt on the way."""

    def handle(session: Session, events: Sequence[Event]) -> None:
        ids = searched.touched(session, events)
        if not ids:
            return
        try:
            _write(index, searched, session, sorted(ids))
        except IndexBroken:
            _log.warning("index_rebuilt")
            index.rebuild(_all_documents(searched, session))

    return Subscriber(NAME, handle, writes=False)


def rebuild(
    database: Database,
    index: SearchBackend,
    searched: Searched,
    progress: Callable[[int], None] | None = None,
    processes: int = 1,
) -> int:
    """Build the index anew beside the old one and swap it in; returns how many documents it holds."""
    with database.reading() as session:
        known = newest_entry(session)
        done = index.rebuild(_all_documents(searched, session), progress, processes)
    with database.writing() as session, transaction(session):
        skip_to(session, NAME, known)
    return done


def ensure(database: Database, index: SearchBackend, searched: Searched) -> None:
    """Rebuild where there is no sound index – after an upgrade, a lost folder, a damaged file –, unless somebody is at it."""
    if index.health().ok:
        return
    try:
        rebuild(database, index, searched)
    except IndexBusy:
        _log.info("index_rebuilt_elsewhere")


@dataclass(frozen=True)
class Differences:
    """Ids of what the index lacks, holds as it was before, and should not hold."""

    missing: tuple[int, ...] = ()
    outdated: tuple[int, ...] = ()
    surplus: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.missing or self.outdated or self.surplus)


def differences(database: Database, index: SearchBackend, searched: Searched) -> Differences:
    """How the index differs from the database, document by document. Raises `IndexBroken` where there is none."""
    held = index.digests()
    with database.reading() as session:
        wanted = {document.id: entry(document).numbers["digest"] for document in _all_documents(searched, session)}
    return Differences(
        missing=tuple(sorted(wanted.keys() - held.keys())),
        outdated=tuple(sorted(number for number, digest in wanted.items() if held.get(number, digest) != digest)),
        surplus=tuple(sorted(held.keys() - wanted.keys())),
    )


def how_many(database: Database, searched: Searched) -> int:
    """How many documents the index should hold."""
    with database.reading() as session:
        return len(list(searched.all_ids(session)))


def _write(index: SearchBackend, searched: Searched, session: Session, ids: list[int]) -> None:
    documents = searched.documents(session, ids)
    if documents:
        index.index(documents)
    if gone := set(ids) - {document.id for document in documents}:
        index.delete(sorted(gone))


def _all_documents(searched: Searched, session: Session) -> Iterator[Document]:
    batch: list[int] = []
    for number in searched.all_ids(session):
        batch.append(number)
        if len(batch) == _BATCH:
            yield from searched.documents(session, batch)
            session.expunge_all()
            batch = []
    if batch:
        yield from searched.documents(session, batch)
