"""An archive into an empty portal: all of it, or nothing."""

import hashlib
import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Table, bindparam, func, insert, select, text, update
from sqlalchemy.orm import Session

from portal.kernel.errors import Refused
from portal.kernel.events import Event, verify_chain
from portal.kernel.text import N_
from portal.operations.actions.archive import BLOCK, MANIFEST, Contents, Entry, entry_of, reader_of, tables

_ROWS = 500
_STORED_AS = re.compile(r"[0-9a-f]{1,64}", re.ASCII)  # as the store names files; nothing that leads out of the folder
Progress = Callable[[str], None]


def restore_portal(
    session: Session, path: Path, uploads: Path, revision: str, progress: Progress = lambda name: None
) -> Contents:
    """Put the rows of an archive into the caller's transaction, after all of the archive was compared with its manifest.

    The uploads are brought by `staged_files`.

    Raises:
        Refused: the archive is damaged or of another schema than `revision`, or the portal is not empty.
    """
    _require_empty(session, uploads)
    with _opened(path) as (archive, contents):
        if contents.revision != revision:
            versions = {"there": contents.revision, "here": revision}
            raise Refused(
                N_("The archive has schema %(there)s, this version %(here)s. Restore it with its own version."), **versions
            )
        if contents.tables.keys() != {table.name for table in tables()}:
            raise Refused(N_("The archive has other tables than this portal."))
        _compare(archive, contents, progress)
        for table in tables():
            progress(table.name)
            _fill(session, table, archive)
    _require_sound(session, contents)
    return contents


@contextmanager
def staged_files(path: Path, uploads: Path) -> Iterator[Callable[[], None]]:
    """Unpack the uploads of an archive beside their folder; what is yielded puts them in place, and a failure takes them back.

    Raises:
        Refused: the archive is damaged.
    """
    uploads.parent.mkdir(parents=True, exist_ok=True)
    placed = False
    with tempfile.TemporaryDirectory(prefix=f"{uploads.name}.restoring-", dir=uploads.parent) as name:
        folder = Path(name) / "files"
        folder.mkdir(mode=0o700)
        with _opened(path) as (archive, contents):
            for stored_as, entry in contents.files.items():
                _unpack(archive, stored_as, entry, folder)

        def place() -> None:
            nonlocal placed
            folder.rename(uploads)
            placed = True

        try:
            yield place
        except BaseException:
            if placed:
                shutil.rmtree(uploads)
            raise


@contextmanager
def _opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, Contents]]:
    try:
        with zipfile.ZipFile(path) as archive:
            contents = Contents.from_json(archive.read(MANIFEST))
            if not all(_STORED_AS.fullmatch(name) for name in contents.files):
                raise Refused(N_("The archive names a file as the portal names none."))
            yield archive, contents
    except (zipfile.BadZipFile, EOFError, KeyError, zlib.error) as problem:
        raise Refused(N_("The archive is damaged: it cannot be read to its end.")) from problem


def _require_empty(session: Session, uploads: Path) -> None:
    full = [table.name for table in tables() if session.execute(select(table).limit(1)).first() is not None]
    if full or (uploads.is_dir() and any(uploads.iterdir())):
        where = full[0] if full else uploads.name
        raise Refused(N_("This portal is not empty: see “%(where)s”. Restore into a new instance."), where=where)


def _compare(archive: zipfile.ZipFile, contents: Contents, progress: Progress) -> None:
    """Read everything once before anything is written."""
    progress("")
    for name, entry in contents.tables.items():
        with archive.open(f"tables/{name}.jsonl") as lines:
            _require_same(name, entry, lines, by_size=False)
    for name, entry in contents.files.items():
        with archive.open(f"files/{name}") as file:
            _require_same(name, entry, iter(lambda file=file: file.read(BLOCK), b""), by_size=True)  # type: ignore[misc]


def _require_same(name: str, entry: Entry, pieces: Iterable[bytes], *, by_size: bool) -> None:
    digest, amount = hashlib.sha256(), 0
    for piece in pieces:
        digest.update(piece)
        amount += len(piece) if by_size else 1
    if (digest.hexdigest(), amount) != (entry.sha256, entry.amount):
        raise Refused(N_("“%(name)s” is not what the manifest says: the archive is damaged or was changed."), name=name)


def _unpack(archive: zipfile.ZipFile, name: str, entry: Entry, folder: Path) -> None:
    target = folder / name
    target.touch(mode=0o600, exist_ok=False)
    with archive.open(f"files/{name}") as file, target.open("wb") as out:
        shutil.copyfileobj(file, out, BLOCK)
    with target.open("rb") as kept:
        _require_same(name, entry, iter(lambda: kept.read(BLOCK), b""), by_size=True)


def _fill(session: Session, table: Table, archive: zipfile.ZipFile) -> None:
    connection, read = session.connection(), reader_of(table)
    own = [column.name for column in table.columns if column.references(table.c.id)] if "id" in table.c else []
    later: list[dict[str, Any]] = []
    with archive.open(entry_of(table)) as lines:
        rows = map(read, lines)
        while batch := list(islice(rows, _ROWS)):
            later += [{"row": row["id"], **_set_aside(row, own)} for row in batch if any(row[name] for name in own)]
            connection.execute(insert(table), batch)
    if later:  # what names another row of its table, once all of them are there
        connection.execute(update(table).where(table.c.id == bindparam("row")), later)
    if connection.dialect.name == "postgresql":
        _go_on_counting(session, table)


def _set_aside(row: dict[str, Any], names: Sequence[str]) -> dict[str, Any]:
    kept = {name: row[name] for name in names}
    row.update(dict.fromkeys(names))
    return kept


def _go_on_counting(session: Session, table: Table) -> None:
    """New rows get numbers after those that came with the archive."""
    column: Any = table.autoincrement_column
    if column is None or (newest := session.scalar(select(func.max(column)))) is None:
        return
    counter = func.pg_get_serial_sequence(table.name, column.name)
    session.execute(select(func.setval(counter, newest)).where(counter.is_not(None)))


def _require_sound(session: Session, contents: Contents) -> None:
    """The log is whole up to the row that was its newest, and on SQLite every row that another names is there."""
    _, broken = verify_chain(session)
    newest = session.scalar(select(Event.hash).order_by(Event.id.desc()).limit(1)) or ""
    if broken is not None or newest != contents.chain:
        raise Refused(N_("The log of the archive was changed: its chain is broken."))
    if session.connection().dialect.name == "sqlite" and session.execute(text("PRAGMA foreign_key_check")).first():
        raise Refused(N_("Rows of the archive name others that are not in it."))
