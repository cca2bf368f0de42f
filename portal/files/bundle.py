"""All files of a thing that one reader may read, as one archive that is made while it is sent, with a manifest."""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal.files.queries import Attached
from portal.kernel.spreadsheets import csv_pieces

MANIFEST = "manifest.csv"
_BLOCK = 65_536
_COLUMNS = ("path", "name", "version", "size_bytes", "sha256", "added_by", "added_at", "readers")


class _Pipe:
    """What the archive is written to: it cannot be gone back in, and is emptied after each block."""

    def __init__(self) -> None:
        self._written = bytearray()

    def write(self, block: bytes, /) -> int:
        self._written += block
        return len(block)

    def flush(self) -> None:
        """Nothing is held back."""

    def taken(self) -> bytes:
        block = bytes(self._written)
        self._written.clear()
        return block


@dataclass(frozen=True)
class Packed:
    """A version of a file: where it lies in the archive, who reads it in the manifest's words, and where its bytes are."""

    path: str
    file: Attached
    readers: str
    at: Path


def bundled(files: Sequence[Packed]) -> Iterator[bytes]:
    """The archive in pieces. Nothing is packed tighter: what people upload mostly is already."""
    pipe = _Pipe()
    target: Any = pipe
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        rows = [_row(packed) for packed in files]
        # As old as the newest file in it: the same files make the same archive, whenever it is fetched.
        newest = max(packed.file.at for packed in files)
        manifest = zipfile.ZipInfo(MANIFEST, (*newest.timetuple()[:6],))
        archive.writestr(manifest, b"".join(csv_pieces([_COLUMNS, *rows])))
        yield pipe.taken()
        for packed in files:
            info = zipfile.ZipInfo(packed.path, (*packed.file.at.timetuple()[:6],))
            with archive.open(info, "w") as member, packed.at.open("rb") as source:
                while block := source.read(_BLOCK):
                    member.write(block)
                    yield pipe.taken()
    yield pipe.taken()


def path_in(file: Attached) -> str:
    """Where a version lies in the archive: by who reads it and which version it is, so that no two are in the same place."""
    return f"{file.scope.key}/version-{file.version}/{file.name}"


def _row(packed: Packed) -> tuple[str, ...]:
    file = packed.file
    what = (file.name, str(file.version), str(file.size_bytes), file.sha256)
    return (packed.path, *what, file.uploaded_by_name, file.at.isoformat(), packed.readers)
