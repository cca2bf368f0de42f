"""The index in files, as others use it."""

import contextlib
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal

from portal.search.engine import likeness, parts, spelling, vector
from portal.search.engine.backend import Health, Progress
from portal.search.engine.classic import Classic
from portal.search.engine.documents import Document
from portal.search.engine.errors import IndexBroken
from portal.search.engine.home import Current, Home, Stamp
from portal.search.engine.journal import Journal
from portal.search.engine.parser import Parsed, parse
from portal.search.engine.query import Completion, Page, Query
from portal.search.engine.schema import Entry, entry, fingerprint
from portal.search.engine.snapshot import Snapshot
from portal.search.engine.store import Store

Executor = Literal["vector", "classic"]

LOCK_SECONDS = 10.0
#: At the end of a rebuild there is much to lose by giving up early.
SWAP_SECONDS = 120.0
#: A change can sweep files away while a reader is opening them; it then looks again.
_LOOKS = 8
_LOOK_AGAIN_SECONDS = 0.01


class WhooshIndex:
    """A search index in a directory. Any number of processes and threads may search; changes wait for one another.

    Every method that reads may raise `IndexBroken`; the answer to it is `rebuild`.

    Args:
        path: the directory; `rebuild` makes it, with mode 700.
        executor: "classic" answers the same, slowly, through the library's own matchers.
    """

    def __init__(self, path: Path, executor: Executor = "vector") -> None:
        self._home = Home(path)
        self._journal = Journal(self._home)
        self._executor = executor
        self._opening = threading.Lock()
        self._held: tuple[Stamp, Snapshot] | None = None
        self._reading: Store | None = None
        self._writing: Store | None = None
        self._classic: Classic | None = None

    @property
    def generation(self) -> int:
        """Of the state that searches answer from now. Raises `IndexBroken` where there is none."""
        return self._fresh().generation

    def search(self, query: Query) -> Page:
        """Answer from the newest generation."""
        snapshot = self._fresh()
        parsed = parse(query.text)
        found = self._answer(snapshot, query, parsed)
        suggestion = None
        if not found.total and parsed.words and query.suggests:
            suggestion = self._suggestion(snapshot, query, parsed)
        return Page(
            *(found.ids, found.total, found.facets, suggestion, parsed.terms, snapshot.generation),
            after=found.after,
            before=found.before,
            tongues=found.tongues,
        )

    def suggest(self, prefix: str, readers: tuple[str, ...], limit: int = 8) -> tuple[Completion, ...]:
        """Visible titles for somebody who is still typing."""
        snapshot = self._fresh()
        return spelling.completions(snapshot, prefix, snapshot.visible(frozenset(readers)), limit)

    def similar(self, number: int, query: Query) -> tuple[int, ...]:
        """Ids of what is most like a document, among what the query allows."""
        return likeness.most_alike(self._fresh(), number, query)

    def index(self, batch: Iterable[Document], gone: Iterable[int] = ()) -> int:
        """Add documents, replacing those with the same id; the last of several with one id counts.

        Args:
            gone: ids to forget in the same step.

        Returns:
            the generation in which they are found.

        Raises:
            IndexBusy: another process is writing. Nothing was changed.
        """
        entries = {document.id: entry(document) for document in batch}
        return self._change(list(entries.values()), tuple(gone))

    def delete(self, ids: Iterable[int]) -> int:
        """Forget documents; unknown ids are no error. Returns the generation without them."""
        return self._change([], tuple(ids))

    def tidy(self, documents: int = 5_000) -> None:
        """Join small segments into one of up to so many documents; a second per thousand, so for idle times."""
        with self._changing() as store:
            store.tidy(documents)
            self._announce()

    def rebuild(self, documents: Iterable[Document], progress: Progress | None = None, processes: int = 1) -> int:
        """Write everything anew beside the old index, then swap. Searches and changes go on meanwhile.

        Args:
            documents: all there is; read lazily.
            progress: told the number of documents done; may raise to stop, and the old index stays.

        Returns:
            the number of documents read.

        Raises:
            IndexBusy: another rebuild is running.
        """
        self._home.create()
        with self._home.locked("rebuild", 0):
            directory = self._home.new_directory()
            try:
                with self._home.locked("write", LOCK_SECONDS):
                    self._journal.begin()
                fresh = Store(directory)
                fresh.create()
                written = list(parts.written(self._home.parts, documents, progress, processes))
                self._adopt(fresh, [part for part, _ in written])
                with self._home.locked("write", SWAP_SECONDS):
                    for added, deleted in self._journal.changes():
                        fresh.change(added, deleted)
                    self._announce(directory.name)
                    self._journal.end()
                    self._home.sweep(directory.name)
                    parts.forget(self._home.parts)
            except BaseException:
                self._journal.end()
                self._home.discard(directory)
                raise
        return sum(number for _, number in written)

    def _adopt(self, fresh: Store, written: list[Path]) -> None:
        try:
            fresh.adopt(written)
        except IndexBroken:
            parts.forget(self._home.parts)  # one that was damaged since would stand in the way of every rebuild to come
            raise

    def health(self) -> Health:
        """What a reader would find now; raises nothing."""
        try:
            snapshot = self._fresh()
        except IndexBroken as error:
            return Health(0, 0, 0, 0, 0, str(error))
        deleted = sum(len(part.deleted) for part in snapshot.parts)
        own = (*self._home.path.glob("*"), *self._home.path.glob("i-*/*"))  # other indexes may lie in folders beside these
        size = sum(path.stat().st_size for path in own if path.is_file())
        return Health(snapshot.count - deleted, len(snapshot.parts), deleted, snapshot.generation, size)

    def digests(self) -> dict[int, int]:
        """Of every document by its id: differs from that of `entry(document)` where the document has changed since."""
        snapshot = self._fresh()
        columns = zip(snapshot.column("id").tolist(), snapshot.column("digest").tolist(), strict=True)
        gone = {part.base + number for part in snapshot.parts for number in part.deleted}
        return {number: digest for place, (number, digest) in enumerate(columns) if place not in gone}

    def check(self) -> Health:
        """Like `health`, after reading every file and comparing sidecars with what they were made from."""
        try:
            with self._changing() as store:
                problems = store.problems()
        except (IndexBroken, OSError) as error:
            problems = [str(error)]
        health = self.health()
        return replace(health, problem="; ".join(problems)) if problems and health.ok else health

    def close(self) -> None:
        """Let go of all files; the next question opens them again."""
        with self._opening:
            self._held = self._reading = None
            self._close_classic()

    def _close_classic(self) -> None:
        if self._classic:
            self._classic.close()
        self._classic = None

    def _answer(self, snapshot: Snapshot, query: Query, parsed: Parsed) -> vector.Answer:
        if self._classic:
            return self._classic.answer(query, parsed)
        if not parsed.asks_nothing or query.among is not None:
            return vector.answer(snapshot, query, parsed)
        return snapshot.browsed(query.form, query.moments, lambda: vector.answer(snapshot, query, parsed))

    def _suggestion(self, snapshot: Snapshot, query: Query, parsed: Parsed) -> str | None:
        """The corrected text, if that would find something."""
        text = spelling.corrected(snapshot, parsed, snapshot.visible(frozenset(query.readers)))
        if text is None:
            return None
        return text if self._answer(snapshot, replace(query, text=text, facets=()), parse(text)).total else None

    def _fresh(self) -> Snapshot:
        """The newest snapshot; costs one `stat` when nothing changed."""
        held = self._held
        if held and held[0] == self._home.stamp():
            return held[1]
        with self._opening:
            held = self._held
            if held and held[0] == self._home.stamp():
                return held[1]
            for _ in range(_LOOKS):
                stamp = self._home.stamp()
                snapshot = self._opened(stamp)
                if snapshot and stamp:
                    self._held = (stamp, snapshot)
                    return snapshot
                time.sleep(_LOOK_AGAIN_SECONDS)
        raise IndexBroken("files of the index are missing")

    def _opened(self, stamp: Stamp | None) -> Snapshot | None:
        """What counts now, or None if it changed while we looked."""
        current = self._checked()
        self._reading = self._store(self._reading, current)
        try:
            opened = self._reading.open()
        except FileNotFoundError:
            return None
        except IndexBroken:
            # Half of a directory that a rebuild has just replaced looks like damage.
            if stamp == self._home.stamp():
                raise
            return None
        if self._executor == "classic":
            self._close_classic()
            self._classic = Classic(self._reading.library)
        return Snapshot([(data, segment.deleted) for segment, data in opened], current.generation)

    def _change(self, entries: list[Entry], deleted: tuple[int, ...]) -> int:
        with self._changing() as store:
            store.change(entries, deleted)
            self._journal.note(entries, deleted)
            return self._announce()

    @contextlib.contextmanager
    def _changing(self) -> Iterator[Store]:
        """The store that counts, for the only one who may change it now."""
        with self._home.locked("write", LOCK_SECONDS):
            self._writing = self._store(self._writing, self._checked())
            try:
                yield self._writing
            except FileNotFoundError as error:
                raise IndexBroken(f"a file of the index is missing: {error}") from error

    def _store(self, held: Store | None, current: Current) -> Store:
        path = self._home.directory(current)
        return held if held and held.path == path else Store(path)

    def _checked(self) -> Current:
        current = self._home.current()
        if current.fingerprint != fingerprint():
            raise IndexBroken("the index was written by another version")
        return current

    def _announce(self, directory: str | None = None) -> int:
        """Tell readers of a change; returns its generation."""
        try:
            before = self._home.current()
        except IndexBroken:
            before = Current("", self._home.lost_generation(), "")
        current = Current(directory or before.directory, before.generation + 1, fingerprint())
        self._home.announce(current, moved=directory is not None)
        return current.generation
