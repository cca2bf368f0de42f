"""Where the bytes lie: one folder, random names, nothing of which tells what a file is called or whose it is."""

import hashlib
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from portal.kernel.errors import Invalid, Missing
from portal.kernel.text import N_

_BLOCK = 65_536
_HALF = ".part"


@dataclass(frozen=True)
class Kept:
    """Bytes that lie in the store."""

    stored_as: str
    path: Path
    sha256: str
    size_bytes: int


class Store:
    """The folder of all uploads. `limit_bytes` is the largest single file."""

    def __init__(self, folder: Path, *, limit_bytes: int) -> None:
        self.folder = folder
        self.limit_bytes = limit_bytes

    @contextmanager
    def keeping(self, stream: IO[bytes]) -> Iterator[Kept]:
        """Write `stream` to disk block by block. What the block inside refuses, or fails to commit, is removed again.

        Raises:
            Invalid: there are no bytes, or too many.
        """
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = secrets.token_hex(16)
        path = self.folder / name
        try:
            yield Kept(name, path, *self._write(stream, path))
        except BaseException:
            self.discard(name)
            raise

    def path(self, stored_as: str) -> Path:
        """Where these bytes lie.

        Raises:
            Missing: they are gone.
        """
        path = self.folder / stored_as
        if not path.is_file():
            raise Missing
        return path

    def discard(self, stored_as: str) -> None:
        """Remove these bytes, whole or half-written; nothing happens where there are none."""
        for name in (stored_as, stored_as + _HALF):
            (self.folder / name).unlink(missing_ok=True)

    def older_than(self, seconds: float) -> list[str]:
        """The names of what has lain here for longer than that, half-written files too."""
        if not self.folder.is_dir():
            return []
        before = time.time() - seconds
        return [entry.name for entry in os.scandir(self.folder) if entry.is_file() and entry.stat().st_mtime < before]

    def _write(self, stream: IO[bytes], path: Path) -> tuple[str, int]:
        """The fingerprint and the size. Only a file that is complete and on disk gets its final name."""
        digest, size = hashlib.sha256(), 0
        half = path.with_name(path.name + _HALF)
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            while block := stream.read(_BLOCK):
                size += len(block)
                if size > self.limit_bytes:
                    raise Invalid("file", N_("Choose a file of at most %(most)s MB."), most=self.limit_bytes // 1_000_000)
                digest.update(block)
                file.write(block)
            file.flush()
            os.fsync(file.fileno())
        if not size:
            raise Invalid("file", N_("This file is empty. Choose another."))
        half.rename(path)
        return digest.hexdigest(), size
