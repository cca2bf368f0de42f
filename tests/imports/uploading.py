"""A browser that brings in files, and the worker that goes through them."""

import io
import threading

from sqlalchemy import select

from portal import wiring
from portal.imports.background import Runner
from portal.imports.models import ImportRefusal, ImportRun
from portal.kernel.db import transaction
from portal.kernel.policy import Role
from tests.build import a_member, an_organisation

CSV = "Nummer;title;summary;budget;closes on\n7;Quiet pumps;Less noise;84,500;2027-03-31\n8;Loud pumps;More noise;;2027-04-30\n"


def a_keeper(db, organisation=None):
    """An administrator of an organisation, committed."""
    with transaction(db):
        organisation = organisation or an_organisation(db)
        return a_member(db, organisation, Role.ADMINISTRATOR), organisation


def upload(client, content, organisation, *, kind="own_challenge", name="list.csv"):
    content = content.encode() if isinstance(content, str) else content
    data = {"file": (io.BytesIO(content), name), "organisation_id": str(getattr(organisation, "id", "")), "kind": kind}
    return client.submit("/imports/new", data, content_type="multipart/form-data")


def work(app, stop=None):
    """Let the worker go through everything that waits."""
    runner = Runner(wiring.UPLOADS, app.extensions["uploads"], wiring.actor_for)
    while runner(app.extensions["database"], stop or threading.Event()):
        pass


def run_of(app, number=None):
    """The file as the database has it."""
    with app.extensions["database"].reading() as session:
        query = select(ImportRun).order_by(ImportRun.id.desc())
        return session.scalars(query.where(ImportRun.id == number) if number else query).first()


def refusals(app):
    with app.extensions["database"].reading() as session:
        found = session.scalars(select(ImportRefusal).order_by(ImportRefusal.id))
        return [(each.line, each.source_id, each.field, str(each.why)) for each in found]
