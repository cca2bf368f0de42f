"""Long tables are read along an index, a page at a time: neither sorted nor read through, whatever the number of rows."""

import pytest
from sqlalchemy import event

from portal import wiring
from portal.activity import work
from portal.activity.work import Desk
from portal.admin import queries
from portal.admin.queries import queues
from portal.kernel.db import transaction
from portal.listings.states import ListingState
from portal.notifications.queries import unread_count
from tests import build


@pytest.fixture
def operator(db):
    with transaction(db):
        return build.a_person(db, "Operator", admin=True)


@pytest.fixture
def plans(app):
    """What SQLite says of each statement that is made."""
    found = []
    engine = app.extensions["database"].engine

    def explain(connection, cursor, statement, parameters, *_rest):
        if statement.startswith("SELECT"):
            rows = cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            found.append((statement, [row[3] for row in rows]))

    event.listen(engine, "before_cursor_execute", explain)
    yield found
    event.remove(engine, "before_cursor_execute", explain)


@pytest.mark.parametrize(
    ("path", "table", "index"),
    [
        ("/admin", "FROM listing_reader", "ix_listing_in_review"),
        ("/admin", "FROM membership JOIN account", "ix_membership_requested"),
        ("/admin/accounts", "FROM account \nWHERE", "SCAN account"),  # by its own key, the newest first
        ("/people", "FROM profile", "ix_profile_directory"),
        ("/people?q=nobody", "FROM profile", "ix_profile_directory"),
        ("/organisations", "FROM organisation", "ix_organisation_name_key"),
        ("/organisations?kind=university", "FROM organisation", "ix_organisation_kind"),
        ("/admin/security", "FROM event LEFT", "SEARCH event USING INTEGER PRIMARY KEY"),
        ("/audit", "FROM event LEFT", "SCAN event"),  # by its own key, too
        ("/audit?kind=listing.renewed", "FROM event LEFT", "ix_event_kind"),
        ("/audit?thing=listing&number=5", "FROM event LEFT", "ix_event_subject"),
        ("/audit?person=nobody", "FROM event LEFT", "SEARCH event USING INTEGER PRIMARY KEY"),
    ],
)
def test_a_long_table_is_read_along_an_index(client_of, operator, plans, path, table, index):
    client = client_of(operator)
    client.get("/me/security")
    plans.clear()

    assert client.get(path).status_code == 200

    plan = next(plan for statement, plan in plans if table in statement and "UNION ALL SELECT membership" not in statement)
    assert [line for line in plan if index in line], plan
    assert "USE TEMP B-TREE FOR ORDER BY" not in plan[:-1], plan  # what is left of a page may be put in order at the end


@pytest.mark.parametrize(("waiting", "shown"), [(2, "<dd>2</dd>"), (4, "<dd>over 2</dd>")])
def test_what_waits_is_counted_no_further_than_it_matters(db, client_of, operator, monkeypatch, waiting, shown):
    with transaction(db):
        for _ in range(waiting):
            build.a_listing(db, state=ListingState.IN_REVIEW)
    monkeypatch.setattr(queues, "COUNTED", 2)
    monkeypatch.setattr(queries, "COUNTED", 2)

    assert shown in client_of(operator).get("/admin").text


def test_a_badge_stops_at_a_hundred(session, monkeypatch):
    operator = build.a_person(session, "Operator", admin=True)
    for _ in range(3):
        build.a_listing(session, state=ListingState.IN_REVIEW)
    monkeypatch.setattr(work, "MOST", 2)

    assert Desk(wiring.SOURCES, unread_count).badges(session, build.actor_of(session, operator)).waiting == 2
