"""Records that are written together leave what they leave one by one: every row of every table, and the same log."""

import contextlib

import pytest
from sqlalchemy import select

from portal.imports.reading import read_records
from portal.imports.running import Pace, run_import
from portal.imports.terms import Terms
from portal.kernel.db import Base, Database, transaction
from portal.kernel.errors import PortalError
from portal.kernel.events import verify_chain
from portal.kernel.policy import Actor
from portal.wiring import OFFERS
from tests.build import a_person
from tests.imports.test_shipped_records import DATA

KINDS = ("fields", "skills", "companies", "organisations", "university_domains", "projects", "challenges", "internships")
MOST = 45  # records of each kind


def lines(kind):
    with (DATA / f"{kind}.jsonl").open("rb") as stream:
        return [line for line in read_records(stream) if line[0] <= MOST]


def tables_after(path, take):
    """What stands in the portal's tables after `take` had each file, and the same again with changes."""
    database = Database(f"sqlite:///{path}", durable=False)
    Base.metadata.create_all(database.engine)
    with database.writing() as session:
        operator = a_person(session, "Operator", admin=True)
        session.commit()
        terms = Terms(Actor(operator.id, operator.name, is_admin=True))
        for read in (lines, renamed):
            for kind in KINDS:
                take(session, read(kind), OFFERS[kind](terms))
    with database.reading() as session:
        assert verify_chain(session)[1] is None
        found = {table.name: session.execute(select(table)).all() for table in Base.metadata.sorted_tables}
    database.dispose()
    return found


def together(session, found, importer):
    assert run_import(session, found, importer, pace=Pace(40)).read == len(found)


def one_by_one(session, found, importer):
    """As simply as it can be done."""
    seen = set()
    for _, record in found:
        with transaction(session), contextlib.suppress(PortalError), session.begin_nested():
            if (origin := importer.origin_of(record)) not in seen:
                importer.upsert(session, record, origin)
            seen.add(origin)


def renamed(kind):
    """The same records, every third with another name: what an update finds."""
    return [(number, changed(record) if number % 3 == 0 else record) for number, record in lines(kind)]


def changed(record):
    return {name: f"{value} (new)" if name in ("title", "label", "sector") and value else value for name, value in record.items()}


def test_together_as_one_by_one(tmp_path, frozen):
    expected, found = tables_after(tmp_path / "1", one_by_one), tables_after(tmp_path / "2", together)

    assert len(found["event"]) > 500
    for name in found.keys() - {"account"}:
        assert found[name] == expected[name], name


@pytest.mark.parametrize("batch", [2, 3, 50])
def test_organisations_that_name_the_same_body_are_met_in_one_batch(tmp_path, session, batch):
    terms = Terms(Actor(a_person(session, "Operator", admin=True).id, "Operator", is_admin=True))
    session.commit()
    records = [{"symbol": n, "name": name} for n, name in (("A", "Acme Corp"), ("B", "ACME"), ("C", "Ácme Corp."), ("D", "Bolt"))]

    report = run_import(session, list(enumerate(records, 1)), OFFERS["companies"](terms), pace=Pace(batch))

    assert (report.created, report.refused) == (2, 0)
