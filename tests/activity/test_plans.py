"""What waits for somebody is asked on every page: it must not read what is other people's."""

from sqlalchemy import text

from portal import wiring
from portal.kernel.policy import Role
from portal.kernel.work import waiting
from tests.build import a_member, actor_of, an_organisation


def test_what_waits_is_found_by_whose_it_is_and_not_by_a_state_that_many_are_in(app, db):
    owner = a_member(db, an_organisation(db), Role.POSTER)
    query = waiting(wiring.SOURCES, actor_of(db, owner))
    connection = db.connection()
    compiled = query.compile(connection, compile_kwargs={"literal_binds": True})

    plan = [row[3] for row in connection.execute(text(f"EXPLAIN QUERY PLAN {str(compiled).replace(':', chr(92) + ':')}"))]

    assert len(plan) > 20
    wrong = [line for line in plan if line.startswith("SCAN") and "anon" not in line]
    assert wrong == []
    by_state = ("ix_listing_state", "ix_listing_renewal", "ix_listing_organisation")
    assert [line for line in plan if any(index in line for index in by_state)] == []
