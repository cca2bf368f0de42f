"""Segments of a rebuild, written beside one another by several processes, and found again by the next one if this was ended.

A part is a directory of its own, called by what is in it: a rebuild that meets the same documents takes it as it is.
"""

import contextlib
import hashlib
import itertools
import multiprocessing
import os
import shutil
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path

from portal.search.engine.backend import PROGRESS_EVERY, Progress
from portal.search.engine.documents import Document
from portal.search.engine.home import sync
from portal.search.engine.schema import Entry, entry, fingerprint
from portal.search.engine.store import Store

#: Documents of a part where one process writes them all, and where several share the work.
ALONE, SHARED = 20_000, 10_000


def written(folder: Path, documents: Iterable[Document], progress: Progress | None, processes: int) -> Iterator[tuple[Path, int]]:
    """The parts of `documents` in `folder`, each with the number of its documents, in order."""
    folder.mkdir(mode=0o700, exist_ok=True)
    told = progress or (lambda _done: None)
    chunks = _chunks(documents, SHARED if processes > 1 else ALONE)
    yield from _by_many(folder, chunks, told, processes) if processes > 1 else _by_one(folder, chunks, told)


def write(folder: Path, chunk: list[Document], progress: Progress | None = None) -> Path:
    """One part; whoever dies on the way leaves a draft that nobody takes for it."""
    name = hashlib.sha256(repr((fingerprint(), chunk)).encode(errors="surrogatepass")).hexdigest()[:32]
    part, draft = folder / name, folder / f"{name}.{os.getpid()}"
    if part.exists():
        return part
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    store = Store(draft)
    store.create()
    store.change(_entries(chunk, progress), (), merge=False)
    draft.replace(part)
    sync(folder)
    return part


def _by_one(folder: Path, chunks: Iterator[list[Document]], told: Progress) -> Iterator[tuple[Path, int]]:
    done = 0
    for chunk in chunks:
        before = done
        yield write(folder, chunk, lambda number, before=before: told(before + number)), len(chunk)  # type: ignore[misc]
        done += len(chunk)
        told(done)


def _by_many(folder: Path, chunks: Iterator[list[Document]], told: Progress, processes: int) -> Iterator[tuple[Path, int]]:
    """At most two parts for each process are in memory."""
    done, waiting = 0, deque[tuple[Future[Path], int]]()
    # New processes, not copies of this one: it may have threads, and random numbers that name segments.
    pool = ProcessPoolExecutor(processes, multiprocessing.get_context("spawn"), initializer=_end_quietly)
    try:
        for chunk in itertools.chain(chunks, itertools.repeat(None)):
            if chunk is not None:
                waiting.append((pool.submit(write, folder, chunk), len(chunk)))
            if not waiting:
                return
            if chunk is None or len(waiting) >= 2 * processes:
                future, number = waiting.popleft()
                yield future.result(), number
                done += number
                told(done)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _end_quietly() -> None:
    """Ctrl+C reaches all processes of a command; one of them tells of it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _chunks(documents: Iterable[Document], size: int) -> Iterator[list[Document]]:
    stream = iter(documents)
    while chunk := list(itertools.islice(stream, size)):
        yield chunk


def _entries(chunk: list[Document], progress: Progress | None) -> list[Entry]:
    found = []
    for number, document in enumerate(chunk, 1):
        found.append(entry(document))
        if progress and number % PROGRESS_EVERY == 0:
            progress(number)
    return found


def forget(folder: Path) -> None:
    """Remove all parts: they were taken, or nobody will."""
    with contextlib.suppress(FileNotFoundError):
        shutil.rmtree(folder)
