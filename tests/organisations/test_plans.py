"""What imports ask for every record must cost the same in a register of any size."""

import pytest
from sqlalchemy import text

from portal.organisations.queries import companies_called, namesake, slugs_like, with_ror


@pytest.mark.parametrize(
    "ask",
    [
        lambda session: namesake(session, "Tidewell Water", ""),
        lambda session: with_ror(session, "03gq8fr08"),
        lambda session: companies_called(session, "tidewell"),
        lambda session: slugs_like(session, "tidewell"),
    ],
    ids=["namesake", "with_ror", "companies_called", "slugs_like"],
)
def test_the_register_is_asked_by_an_index(app, db, count_statements, ask):
    with count_statements() as asked:
        ask(db)

    [statement] = [each for each in asked if each.startswith("SELECT")]
    rows = db.connection().execute(text(f"EXPLAIN QUERY PLAN {_filled(statement)}"))
    assert [row[3] for row in rows if row[3].startswith("SCAN")] == []


def _filled(statement):
    return statement.replace("?", "'x'")
