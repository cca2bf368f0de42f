"""Uploads as they arrive in life, over a connection: what breaks off, is too large or is no such file leaves nothing behind."""

import socket
import tempfile
from urllib.parse import urlsplit

import pytest
from sqlalchemy import func, select

from portal.accounts.actions import open_session
from portal.files.models import File
from portal.imports.models import ImportRun
from portal.kernel.db import transaction
from portal.kernel.events import Event
from portal.kernel.policy import Role
from portal.listings.states import ListingState
from tests.build import a_listing, a_member, an_organisation
from tests.files.corpus import HTML, PDF

RECORDS = b'{"id": "1", "title": "Quiet pumps"}\n'


@pytest.fixture
def case(app, settings, db, live_server, tmp_path, monkeypatch):
    """An organisation's administrator with a listing of their own, the portal at an address, a folder for temporary files."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    with transaction(db):
        organisation = an_organisation(db)
        keeper = a_member(db, organisation, Role.ADMINISTRATOR, Role.POSTER)
        listing = a_listing(db, keeper, organisation, state=ListingState.PUBLISHED)
    return Case(app, live_server(app), keeper, {"listing": listing, "import": organisation}, (settings.instance, folder))


class Case:
    def __init__(self, app, address, keeper, of, folders):
        self.app, self.address, self.of, self.folders = app, urlsplit(address), of, folders
        client = app.test_client()
        with app.extensions["database"].writing() as session, transaction(session):
            token = open_session(session, keeper)
        with client.session_transaction() as cookie:
            cookie["sid"] = token
        self.token = client.get("/imports/new").text.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]
        name = app.config["SESSION_COOKIE_NAME"]
        self.cookie = f"{name}={client.get_cookie(name).value}"
        self.before = self.left()

    def left(self):
        """All that an upload could leave: rows, facts, and files in the portal's folder and among the temporary ones."""
        with self.app.extensions["database"].reading() as session:
            rows = [session.scalar(select(func.count()).select_from(model)) for model in (File, ImportRun, Event)]
        files = [path for folder in self.folders for path in folder.rglob("*") if path.is_file() and "sqlite3" not in path.name]
        return rows, sorted(files)

    def send(self, what, name, content, *, part=1.0):
        """The status of the answer; None where the connection ends after `part` of the body."""
        fields = {"csrf_token": self.token, "side_id": "", "kind": "own_project", "organisation_id": str(self.of["import"].id)}
        texts = "".join(
            f'--b\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n' for key, value in fields.items()
        )
        file = f'--b\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = texts.encode() + file.encode() + content + b"\r\n--b--\r\n"
        path = "/imports/new" if what == "import" else f"/files/to/listing/{self.of['listing'].id}"
        head = (
            f"POST {path} HTTP/1.1\r\nHost: {self.address.netloc}\r\nCookie: {self.cookie}\r\n"
            f"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        )
        with socket.create_connection((self.address.hostname, self.address.port), timeout=30) as connection:
            connection.sendall(head.encode() + body[: int(len(body) * part)])
            if part < 1:
                return None
            return int(connection.makefile("rb").readline().split()[1])


KINDS = pytest.mark.parametrize(
    ("what", "name", "good"), [("listing", "offer.pdf", PDF), ("import", "list.jsonl", RECORDS)], ids=["listing", "import"]
)


@KINDS
def test_an_upload_that_breaks_off_leaves_nothing_and_can_be_sent_again(case, what, name, good):
    large = good + b" " * 300_000
    for part in (0.0, 0.3, 0.95):
        case.send(what, name, large, part=part)

    assert case.send(what, name, good) == 303  # and the server has dealt with the others by then
    rows, files = case.left()
    assert sum(rows[:2]) == sum(case.before[0][:2]) + 1
    assert len(files) == len(case.before[1]) + 1


@KINDS
@pytest.mark.parametrize("how", ["too large", "another type", "empty"])
def test_an_upload_that_is_refused_leaves_nothing(case, what, name, good, how):
    content = {"too large": good + b" " * 25_000_001, "another type": HTML, "empty": b""}[how]

    assert case.send(what, name, content) in (413, 422)

    assert case.left() == case.before
