"""Where an index lives: a directory that only its owner may enter.

current.json     which directory inside counts, its generation and shape; replaced in one step, so one `stat` tells a
                 reader whether anything changed
i-<random>/      the library's files and our sidecars
parts/           what a rebuild under way has written so far
journal.jsonl    changes made while a rebuild runs, to be repeated on its result
write.lock, rebuild.lock
"""

import contextlib
import fcntl
import json
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from portal.search.engine.errors import IndexBroken, IndexBusy

#: Between two looks at a lock that somebody else holds.
_PATIENCE_SECONDS = 0.02

Stamp = tuple[int, int]


@dataclass(frozen=True)
class Current:
    """What `current.json` says."""

    directory: str
    generation: int
    fingerprint: str


class Home:
    """The files of one index. Locks die with the process that holds them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._current = path / "current.json"
        self.journal = path / "journal.jsonl"
        self.parts = path / "parts"

    def stamp(self) -> Stamp | None:
        """Differs after every change; None when there is no index."""
        try:
            status = self._current.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_ino

    def current(self) -> Current:
        """What counts now.

        Raises:
            IndexBroken: there is no index, or its head is unreadable.
        """
        try:
            return Current(**json.loads(self._current.read_bytes()))
        except FileNotFoundError as error:
            raise IndexBroken("there is no index yet") from error
        except (OSError, ValueError, TypeError) as error:
            raise IndexBroken(f"the index does not say which files count: {error}") from error

    def announce(self, current: Current, moved: bool) -> None:
        """Let readers see the change. Where nothing `moved`, a crash may undo this without harm."""
        draft = self.path / f"current.json.{os.getpid()}"
        with draft.open("w") as file:
            json.dump(asdict(current), file)
            if moved:
                file.flush()
                os.fsync(file.fileno())
        # The file system's own clock ticks too slowly to tell two quick changes apart.
        now = time.time_ns()
        os.utime(draft, ns=(now, now))
        draft.replace(self._current)
        if moved:
            sync(self.path)

    def directory(self, current: Current) -> Path:
        return self.path / current.directory

    def new_directory(self) -> Path:
        directory = self.path / f"i-{secrets.token_hex(8)}"
        directory.mkdir(mode=0o700)
        return directory

    def create(self) -> None:
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path.chmod(0o700)

    def sweep(self, keep: str) -> None:
        """Remove what earlier rebuilds left. Processes that still read it keep what they have mapped."""
        for directory in self.path.glob("i-*"):
            if directory.name != keep:
                shutil.rmtree(directory, ignore_errors=True)
        for draft in self.path.glob("current.json.*"):
            draft.unlink(missing_ok=True)

    def discard(self, directory: Path) -> None:
        """Remove a directory that was begun and never announced."""
        with contextlib.suppress(IndexBroken):
            if self.current().directory == directory.name:
                return
        shutil.rmtree(directory, ignore_errors=True)

    def lost_generation(self) -> int:
        """Where to go on counting when the last number is unknown: beyond any that was ever used."""
        return int(time.time()) if len(list(self.path.glob("i-*"))) > 1 else 0

    @contextlib.contextmanager
    def locked(self, name: str, seconds: float) -> Iterator[None]:
        """Hold the lock `name` alone among all processes and threads.

        Raises:
            IndexBusy: somebody else held it for `seconds`.
            IndexBroken: there is no directory to hold it in.
        """
        try:
            handle = os.open(self.path / f"{name}.lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise IndexBroken("there is no index yet") from error
        try:
            deadline = time.monotonic() + seconds
            while not _taken(handle):
                if time.monotonic() >= deadline:
                    raise IndexBusy(f"the {name} lock of the search index is held by another process")
                time.sleep(_PATIENCE_SECONDS)
            yield
        finally:
            os.close(handle)


def sync(path: Path) -> None:
    """Have the file or directory on the disk before we go on."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _taken(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
