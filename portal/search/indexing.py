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
from portal.search.shelves import Shelves
from portal.search.sources import Findable, Indexed

NAME = "search"  # of the subscriber
_BATCH = 200
_log = structlog.get_logger(__name__)


def indexer(shelves: Shelves) -> Subscriber:
    """The subscriber that writes what events touched; a damaged index is rebuilt on the way."""

    def handle(session: Session, events: Sequence[Event]) -> None:
        for shelf in shelves:
            ids = shelf.indexed.touched(session, events)
            if not ids:
                continue
            try:
                _write(shelf.index, shelf.indexed, session, sorted(ids))
            except IndexBroken:
                _log.warning("index_rebuilt", shelf=shelf.name)
                shelf.index.rebuild(_all_documents(shelf.indexed, session))

    return Subscriber(NAME, handle, writes=False)


def rebuild(
    database: Database,
    index: SearchBackend,
    indexed: Indexed,
    progress: Callable[[int], None] | None = None,
    processes: int = 1,
) -> int:
    """Build one index anew beside the old one and swap it in; returns how many documents it holds."""
    with database.reading() as session:
        return index.rebuild(_all_documents(indexed, session), progress, processes)


def rebuild_all(
    database: Database, shelves: Shelves, progress: Callable[[int], None] | None = None, processes: int = 1
) -> dict[str, int]:
    """Build every index anew; returns how many documents each holds. What happened before need not be read from the log."""
    with database.reading() as session:
        known = newest_entry(session)
    done: dict[str, int] = {}
    for shelf in shelves:
        before = sum(done.values())

        def further(number: int, before: int = before) -> None:
            if progress is not None:
                progress(before + number)

        done[shelf.name] = rebuild(database, shelf.index, shelf.indexed, further, processes)
    _skip(database, known)
    return done


def ensure(database: Database, index: SearchBackend, indexed: Indexed) -> bool:
    """Rebuild where there is no sound index – after an upgrade, a lost folder, a damaged file –, unless somebody is at it.

    Returns:
        whether it was rebuilt here.
    """
    if index.health().ok and not _is_outdated(database, index, indexed):
        return False
    try:
        rebuild(database, index, indexed)
    except IndexBusy:
        _log.info("index_rebuilt_elsewhere")
        return False
    return True


def ensure_all(database: Database, shelves: Shelves) -> None:
    """The same for every index; where all had to be made, what happened before need not be read from the log."""
    with database.reading() as session:
        known = newest_entry(session)
    made = [ensure(database, shelf.index, shelf.indexed) for shelf in shelves]
    if all(made):
        _skip(database, known)


def _skip(database: Database, known: int) -> None:
    with database.writing() as session, transaction(session):
        skip_to(session, NAME, known)


def _is_outdated(database: Database, index: SearchBackend, indexed: Indexed) -> bool:
    """What comes with the portal changes with it, and no event tells."""
    return isinstance(indexed, Findable) and indexed.shipped and bool(differences(database, index, indexed))


@dataclass(frozen=True)
class Differences:
    """Ids of what the index lacks, holds as it was before, and should not hold."""

    missing: tuple[int, ...] = ()
    outdated: tuple[int, ...] = ()
    surplus: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.missing or self.outdated or self.surplus)


def differences(database: Database, index: SearchBackend, indexed: Indexed) -> Differences:
    """How the index differs from the database, document by document. Raises `IndexBroken` where there is none."""
    held = index.digests()
    with database.reading() as session:
        wanted = {document.id: entry(document).numbers["digest"] for document in _all_documents(indexed, session)}
    return Differences(
        missing=tuple(sorted(wanted.keys() - held.keys())),
        outdated=tuple(sorted(number for number, digest in wanted.items() if held.get(number, digest) != digest)),
        surplus=tuple(sorted(held.keys() - wanted.keys())),
    )


def how_many(database: Database, indexed: Indexed) -> int:
    """How many documents the index should hold."""
    with database.reading() as session:
        return len(list(indexed.all_ids(session)))


def _write(index: SearchBackend, indexed: Indexed, session: Session, ids: list[int]) -> None:
    documents = indexed.documents(session, ids)
    if documents:
        index.index(documents)
    if gone := set(ids) - {document.id for document in documents}:
        index.delete(sorted(gone))


def _all_documents(indexed: Indexed, session: Session) -> Iterator[Document]:
    batch: list[int] = []
    for number in indexed.all_ids(session):
        batch.append(number)
        if len(batch) == _BATCH:
            yield from indexed.documents(session, batch)
            session.expunge_all()
            batch = []
    if batch:
        yield from indexed.documents(session, batch)
