"""A real program looks at each file: one that finds a word in it, one that fails, one that hangs, one that is not there."""

import dataclasses
import datetime as dt
import io
import sys
import threading
import zipfile

import pytest

from portal import wiring
from portal.files.models import File
from portal.files.scanning import Scanner
from portal.files.store import Store
from portal.kernel import clock
from portal.kernel.subscribers import drain
from portal.notifications.models import Notification
from tests.build import a_person
from tests.files.corpus import PDF
from tests.files.test_actions import add
from tests.threads.make import a_case

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PROGRAM = """
import pathlib, sys, time
data = pathlib.Path(sys.argv[1]).read_bytes()
if b"HANG" in data: time.sleep(60)
if b"BREAK" in data: sys.exit(2)
if b"EVIL" in data: print(sys.argv[1] + ": Test.Evil FOUND"); sys.exit(1)
"""


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "files", limit_bytes=100_000)


@pytest.fixture
def command(tmp_path):
    program = tmp_path / "a scanner.py"
    program.write_text(PROGRAM)
    return f"{sys.executable} '{program}'"


def looked_at(database, scanner, times=1):
    return [scanner(database, threading.Event()) for _ in range(times)]


def states(database):
    with database.reading() as session:
        return {file.name: (file.state.value, file.finding) for file in session.query(File)}


@on_sqlite
def test_what_is_found_is_held_back_and_its_uploader_and_the_keepers_are_told(database, session, store, command):
    case, keeper = a_case(session), a_person(session, "Operator", admin=True)
    session.commit()
    add(session, store, case.proposal, case.actors["author"], "good.pdf", PDF)
    add(session, store, case.proposal, case.actors["author"], "bad.pdf", PDF + b"EVIL")
    keeper_id, author_id = keeper.id, case.actors["author"].id
    session.rollback()

    assert looked_at(database, Scanner(store, command), 3) == [True, True, False]
    drain(database, wiring.SUBSCRIBERS)

    assert states(database) == {"good.pdf": ("clean", ""), "bad.pdf": ("quarantined", "Test.Evil FOUND")}
    with database.reading() as reading:
        told = {n.account_id for n in reading.query(Notification).filter_by(kind="file.quarantined")}
    assert told == {keeper_id, author_id}


@on_sqlite
@pytest.mark.parametrize(
    ("data", "program", "said"),
    [
        (b"BREAK", None, "ended with 2"),
        (b"HANG", None, "it took too long"),
        (b"", "/no/such/scanner", "FileNotFoundError: No such file or directory"),
    ],
)
def test_a_scanner_that_fails_loses_nothing_and_looks_again_later(database, session, store, command, data, program, said):
    case = a_case(session)
    session.commit()
    file = add(session, store, case.proposal, case.actors["author"], "some.pdf", PDF + data)
    path = store.path(file.stored_as)
    session.rollback()
    scanner = Scanner(store, program or command, seconds=1.0)

    assert looked_at(database, scanner, 2) == [True, False]  # not again at once
    assert states(database) == {"some.pdf": ("waiting", said)}
    path.write_bytes(PDF)  # as if its fault had gone
    with clock.at(clock.now() + dt.timedelta(minutes=5)):
        assert looked_at(database, Scanner(store, command), 2) == [True, False]
    assert states(database) == {"some.pdf": ("clean", "")}


@on_sqlite
def test_without_a_scanner_nothing_is_looked_at(database, session, store):
    case = a_case(session)
    session.commit()
    add(session, store, case.proposal, case.actors["author"])
    session.rollback()

    assert looked_at(database, Scanner(store, "")) == [False]


@pytest.fixture
def settings(settings, command):
    return dataclasses.replace(settings, scan_command=command)


def upload(client, proposal, name, data, **fields):
    return client.submit(f"/files/to/proposal/{proposal.id}", {"file": (io.BytesIO(data), name), "scope": "all", **fields})


def test_only_what_was_found_harmless_is_handed_out(client_of, app, db):
    case, keeper = a_case(db), a_person(db, "Operator", admin=True)
    db.commit()
    author, owner, proposal = client_of(case.people["author"]), client_of(case.people["owner"]), case.proposal
    for name, data in (("a.pdf", PDF), ("a.pdf", PDF + b"second"), ("b.pdf", PDF + b"EVIL")):
        upload(author, proposal, name, data)
    upload(author, proposal, "inside.pdf", PDF, scope=f"side{case.partner}")
    here = f"/files/proposal/{proposal.id}"
    paths = [f"{here}/all/1/a.pdf", f"{here}/all/2/a.pdf", f"{here}/all/1/b.pdf"]

    assert [owner.get(path, buffered=True).status_code for path in paths] == [409, 409, 409]
    assert owner.get(f"/files/all/proposal/{proposal.id}").status_code == 404
    looked_at(app.extensions["database"], Scanner(app.extensions["files"], app.extensions["settings"].scan_command), 4)
    assert [owner.get(path, buffered=True).status_code for path in paths] == [200, 200, 409]
    assert owner.get(f"{here}/side{case.partner}/1/inside.pdf").status_code == 404
    assert "Held back" in owner.get(proposal.href).text

    with app.extensions["database"].reading() as reading:
        page = f"/files/held/{reading.query(File).filter_by(name='b.pdf').one().id}"
    assert [client_of(case.people[who]).get(page).status_code for who in ("author", "owner")] == [200, 404]
    operator = client_of(keeper)
    assert "Test.Evil" in operator.get(page).text
    assert "b.pdf" in operator.get("/files/held").text
    assert operator.submit(f"{page}/check").status_code == 303
    assert owner.get(paths[2]).status_code == 409


def names_in(answer):
    archive = zipfile.ZipFile(io.BytesIO(answer.data))
    assert archive.testzip() is None
    return archive


def test_all_files_come_as_one_archive_with_what_this_reader_may_read(client_of, app, db):
    case = a_case(db)
    db.commit()
    author, owner, proposal = client_of(case.people["author"]), client_of(case.people["owner"]), case.proposal
    for name, data, scope in (("a.pdf", PDF, "all"), ("a.pdf", PDF + b"second", "all"), ("a.pdf", PDF, f"side{case.partner}")):
        upload(author, proposal, name, data, scope=scope)
    looked_at(app.extensions["database"], Scanner(app.extensions["files"], app.extensions["settings"].scan_command), 3)

    theirs = names_in(owner.get(f"/files/all/proposal/{proposal.id}"))
    own = names_in(author.get(f"/files/all/proposal/{proposal.id}"))

    assert sorted(theirs.namelist()) == ["all/version-1/a.pdf", "all/version-2/a.pdf", "manifest.csv"]
    assert set(own.namelist()) - set(theirs.namelist()) == {f"side{case.partner}/version-1/a.pdf"}
    assert theirs.read("all/version-2/a.pdf") == PDF + b"second"
    lines = theirs.read("manifest.csv").decode("utf-8-sig").splitlines()
    assert lines[0].startswith("path,name,version,size_bytes,sha256,added_by,added_at,readers")
    assert len(lines) == 3
    assert "Ingrid Solheim" in lines[1]
    assert client_of(case.people["stranger"]).get(f"/files/all/proposal/{proposal.id}").status_code == 404


def test_a_file_belongs_to_a_message_of_whoever_added_it(client_of, app, db):
    case = a_case(db)
    db.commit()
    author, owner, proposal = client_of(case.people["author"]), client_of(case.people["owner"]), case.proposal
    here, side = f"/threads/proposal/{proposal.id}", f"side{case.partner}"
    author.submit(here, {"text": "See the drawing", "scope": side})

    form = author.get(f"/files/to/proposal/{proposal.id}?with={side}-1")
    assert f'value="{side}-1"' in form.text
    assert upload(author, proposal, "drawing.pdf", PDF, said_with=f"{side}-1").location == f"{here}#messages"
    author.get(here)
    assert author.get(here).text.count("drawing.pdf") == 2  # with the message, and among the files
    assert "drawing.pdf" not in owner.get(here).text
    assert upload(owner, proposal, "x.pdf", PDF, said_with=f"{side}-1").status_code == 422
