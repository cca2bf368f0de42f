"""An archive makes an empty portal the one it was taken from – and of anything that is not whole, nothing."""

import datetime as dt
import io
import json
import zipfile

import pytest
from sqlalchemy import JSON, Enum, func, insert, select
from sqlalchemy.types import TypeDecorator
from werkzeug.datastructures import FileStorage

from portal import wiring
from portal.accounts.models import User
from portal.files.actions import add_file
from portal.files.inputs import Upload
from portal.files.store import Store
from portal.kernel import clock
from portal.kernel.db import Base, Database, transaction
from portal.kernel.errors import Refused
from portal.kernel.events import verify_chain
from portal.listings.models.rows import RowsColumn
from portal.operations.actions import export_portal, restore_portal, staged_files
from portal.organisations.models import Organisation
from portal.proposals.states import ProposalState
from tests import build
from tests.architecture.world import a_world

REVISION = "0007"


@pytest.fixture(scope="module")
def origin(tmp_path_factory):
    """A portal that holds each kind of thing in each state, and what stands in its tables."""
    folder = tmp_path_factory.mktemp("origin")
    database = Database(f"sqlite:///{folder / 'portal.sqlite3'}", durable=False)
    Base.metadata.create_all(database.engine)
    (folder / "files").mkdir()
    wiring.connect()
    with database.writing() as session, a_world(session) as world, transaction(session):
        an_upload(session, world, Store(folder / "files", limit_bytes=1000))
        for table in Base.metadata.sorted_tables:
            if session.execute(select(table).limit(1)).first() is None:
                session.execute(insert(table), a_row(session, table))
    yield folder, database
    database.dispose()


def an_upload(session, world, store):
    proposal = next(each for each in world.things["proposal"] if each.state is ProposalState.DRAFT)
    with store.keeping(io.BytesIO(b"A plan in words.")) as kept:
        author = build.actor_of(session, session.get_one(User, proposal.author_id))
        add_file(session, "proposal", proposal.id, Upload(FileStorage(filename="plan.txt")), kept, actor=author)


def a_row(session, table):
    """Something in every column, so that each kind of column is carried."""
    return {column.name: a_value(session, column) for column in table.columns if column is not table.autoincrement_column}


def a_value(session, column):
    if column.foreign_keys:
        return session.scalar(select(next(iter(column.foreign_keys)).column).limit(1))
    kind = column.type
    if isinstance(kind, Enum):
        return list(kind.enum_class)[0]
    if isinstance(kind, RowsColumn):
        return ()
    if isinstance(kind, JSON) or type(kind).__name__ == "AsaList":
        return ["a", "b"]
    kind = kind.impl if isinstance(kind, TypeDecorator) else kind
    samples = {str: "ä", int: 3, bool: True, bytes: b"\0\xff", dt.date: dt.date(2024, 2, 29), dt.datetime: clock.now()}
    return samples[kind.python_type]


@pytest.fixture
def archive(origin, tmp_path):
    folder, database = origin
    path = tmp_path / "portal.zip"
    with database.reading() as session:
        export_portal(session, path, folder / "files", REVISION)
    return path


@pytest.fixture
def uploads(tmp_path):
    return tmp_path / "here" / "files"


def restored(database, archive, uploads, **how):
    with database.writing() as session, staged_files(archive, uploads) as place, transaction(session):
        restore_portal(session, archive, uploads, how.pop("revision", REVISION), **how)
        place()


def rows(database):
    with database.reading() as session:
        return {
            table.name: session.execute(select(table).order_by(*table.primary_key.columns)).all()
            for table in Base.metadata.sorted_tables
        }


def is_empty(database, uploads):
    return not any(rows(database).values()) and not uploads.exists() and list(uploads.parent.glob("*")) in ([], [uploads])


def test_the_portal_is_the_same_afterwards(origin, archive, database, uploads):
    restored(database, archive, uploads)

    expected, found = rows(origin[1]), rows(database)
    assert len([name for name, content in expected.items() if content]) > 20
    for name, content in expected.items():
        assert found[name] == content, name
    assert {path.name: path.read_bytes() for path in uploads.iterdir()} == {
        path.name: path.read_bytes() for path in (origin[0] / "files").iterdir()
    }
    with database.reading() as session:
        assert verify_chain(session) == (len(expected["event"]), None)


def test_it_goes_on_from_there(archive, database, uploads):
    restored(database, archive, uploads)

    with database.writing() as session, transaction(session):
        newest = session.scalar(select(func.max(Organisation.id)))
        assert build.an_organisation(session).id > newest
        assert verify_chain(session)[1] is None


def test_a_portal_that_holds_anything_is_left_as_it_is(archive, database, uploads):
    with database.writing() as session, transaction(session):
        build.a_person(session)
    before = rows(database)

    with pytest.raises(Refused, match="not empty: see “account”"):
        restored(database, archive, uploads)
    assert rows(database) == before
    assert not uploads.exists()


def test_files_that_lie_there_count_as_well(archive, database, uploads):
    uploads.mkdir(parents=True)
    (uploads / "00").touch()

    with pytest.raises(Refused, match="see “files”"):
        restored(database, archive, uploads)
    assert [path.name for path in uploads.iterdir()] == ["00"]


@pytest.mark.parametrize("stop_at", ["account", "listing", "outcome"])
def test_an_interruption_leaves_nothing(archive, database, uploads, stop_at):
    def stop(name):
        if name == stop_at:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        restored(database, archive, uploads, progress=stop)
    assert is_empty(database, uploads)

    restored(database, archive, uploads)


def changed(archive, entry, change):
    """The archive with one entry changed."""
    old = archive.rename(archive.with_suffix(".old"))
    with zipfile.ZipFile(old) as source, zipfile.ZipFile(archive, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, change(content) if name == entry else content)


def manifest(**values):
    return lambda content: json.dumps(json.loads(content) | values).encode()


@pytest.mark.parametrize(
    ("entry", "change", "why"),
    [
        ("tables/listing.jsonl", lambda content: content.replace(b"Listing", b"Lasting", 1), "“listing” is not what"),
        ("tables/listing.jsonl", lambda content: content.partition(b"\n")[2], "“listing” is not what"),
        ("manifest.json", lambda content: b"{}", "no archive"),
        ("manifest.json", lambda content: b"[", "no archive"),
        ("manifest.json", manifest(format=2), "later version"),
        ("manifest.json", manifest(chain="0"), "chain is broken"),
        ("manifest.json", manifest(tables={}), "other tables"),
        ("manifest.json", manifest(files={"../../etc/x": {"amount": 0, "sha256": ""}}), "names none"),
        ("manifest.json", manifest(files={"00": {"amount": 0, "sha256": ""}}), "damaged"),
    ],
)
def test_what_was_changed_is_refused_whole(archive, database, uploads, entry, change, why):
    changed(archive, entry, change)

    with pytest.raises(Refused, match=why):
        restored(database, archive, uploads)
    assert is_empty(database, uploads)


@pytest.mark.parametrize("keep", [0, 10, 5000, -30])
def test_half_an_archive_is_refused(archive, database, uploads, keep):
    archive.write_bytes(archive.read_bytes()[:keep])

    with pytest.raises(Refused, match="damaged"):
        restored(database, archive, uploads)
    assert is_empty(database, uploads)


def test_another_schema_is_refused_with_both(archive, database, uploads):
    with pytest.raises(Refused, match="schema 0007, this version 0008"):
        restored(database, archive, uploads, revision="0008")


def test_a_lost_upload_is_told_and_the_rest_goes_on(origin, tmp_path, database, uploads):
    with origin[1].reading() as session:
        contents = export_portal(session, tmp_path / "portal.zip", tmp_path / "nowhere", REVISION)
    assert len(contents.missing) == 7  # one that was uploaded, and six rows whose bytes never were

    restored(database, tmp_path / "portal.zip", uploads)

    assert list(uploads.iterdir()) == []


def test_an_archive_is_its_owners_and_replaces_nothing(origin, archive):
    assert archive.stat().st_mode & 0o777 == 0o600
    before = archive.read_bytes()

    with pytest.raises(Refused, match="already"), origin[1].reading() as session:
        export_portal(session, archive, origin[0] / "files", REVISION)
    assert archive.read_bytes() == before


def test_an_interrupted_export_leaves_no_half(origin, tmp_path):
    def stop(name):
        if name == "event":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), origin[1].reading() as session:
        export_portal(session, tmp_path / "portal.zip", origin[0] / "files", REVISION, stop)
    assert list(tmp_path.iterdir()) == []
