"""All of a portal into one archive, read at one moment."""

import hashlib
import os
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from portal.files.models import File
from portal.kernel import clock
from portal.kernel.errors import Refused
from portal.kernel.events import Event
from portal.kernel.text import N_
from portal.operations.actions.archive import BLOCK, MANIFEST, Contents, Entry, entry_of, tables, written

_ROWS = 1000
Progress = Callable[[str], None]


def export_portal(session: Session, path: Path, uploads: Path, revision: str, progress: Progress = lambda name: None) -> Contents:
    """Write every row and every upload to the new file `path`, readable by its owner only; half of it is never left there.

    Args:
        uploads: the folder that files lie in.
        revision: the schema's, so that the archive is restored by the version that knows it.
        progress: told the name of each table, and once `files`.

    Raises:
        Refused: there is a file of this name.
    """
    if path.exists():
        raise Refused(N_("“%(path)s” is there already. Choose another name."), path=str(path))
    half = path.with_name(f"{path.name}.part")
    if session.connection().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    try:
        with os.fdopen(os.open(half, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                contents = _fill(session, archive, uploads, revision, progress)
            file.flush()
            os.fsync(file.fileno())
        half.rename(path)
    except BaseException:
        half.unlink(missing_ok=True)
        raise
    return contents


def _fill(session: Session, archive: zipfile.ZipFile, uploads: Path, revision: str, progress: Progress) -> Contents:
    contents = Contents(revision, clock.now().isoformat())
    for table in tables():
        progress(table.name)
        contents.tables[table.name] = _put(archive, entry_of(table), _lines(session, table))
    progress("files")
    for name in session.scalars(select(File.stored_as).order_by(File.id)):
        if (uploads / name).is_file():
            contents.files[name] = _put(archive, f"files/{name}", _blocks(uploads / name), by_size=True)
        else:
            contents.missing.append(name)
    contents.chain = session.scalar(select(Event.hash).order_by(Event.id.desc()).limit(1)) or ""
    archive.writestr(MANIFEST, contents.to_json())
    return contents


def _put(archive: zipfile.ZipFile, name: str, pieces: Iterable[bytes], *, by_size: bool = False) -> Entry:
    digest, amount = hashlib.sha256(), 0
    with archive.open(name, "w", force_zip64=True) as entry:
        for piece in pieces:
            digest.update(piece)
            entry.write(piece)
            amount += len(piece) if by_size else 1
    return Entry(amount, digest.hexdigest())


def _lines(session: Session, table: Table) -> Iterable[bytes]:
    query = select(table).order_by(*table.primary_key.columns)
    with session.connection().execute(query.execution_options(yield_per=_ROWS)) as rows:
        yield from (written(dict(row)) for row in rows.mappings())


def _blocks(path: Path) -> Iterable[bytes]:
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block
