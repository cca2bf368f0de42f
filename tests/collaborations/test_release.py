"""A collaboration stands on the pages of both organisations once an officer of each side released it, and only then."""

import pytest

from portal.kernel.policy import Role
from portal.organisations.models import Organisation
from tests.build import a_collaboration, a_member, a_person, join
from tests.fixtures.statements import own_statements


@pytest.fixture
def sides(db):
    collaboration = a_collaboration(db)
    pair = [db.get_one(Organisation, number) for number in (collaboration.host_id, collaboration.organisation_id)]
    officers = [a_member(db, side, Role.OFFICER) for side in pair]
    db.commit()
    return collaboration, pair, officers


def test_each_side_releases_for_itself_and_takes_it_back(client_of, sides):
    collaboration, pair, officers = sides
    at, clients = collaboration.href, [client_of(officer) for officer in officers]

    assert clients[0].submit(f"{at}/release").status_code == 303
    assert not known(client_of(), collaboration, pair)
    assert clients[1].submit(f"{at}/release").status_code == 303
    assert known(client_of(), collaboration, pair)
    assert pair[1].name in client_of().get(f"{pair[0].href}/record").text
    assert clients[1].submit(f"{at}/hide").status_code == 303
    assert not known(client_of(), collaboration, pair)


def test_nobody_releases_for_a_side_that_is_not_theirs(client_of, db, sides):
    collaboration, pair, officers = sides
    both, lead = a_person(db), collaboration.host_lead
    for side in pair:
        join(db, both, side, Role.OFFICER)
    stranger = a_person(db)
    db.commit()
    at = collaboration.href

    assert client_of(both).submit(f"{at}/release").status_code == 409
    assert client_of(lead).submit(f"{at}/release").status_code == 403
    assert client_of(stranger).submit(f"{at}/release").status_code == 404
    assert not known(client_of(), collaboration, pair)


def known(client, collaboration, pair):
    found = {collaboration.title in client.get(f"{side.href}/record").text for side in pair}
    assert len(found) == 1
    return found.pop()


def test_the_record_asks_the_same_of_the_database_whatever_is_released(client_of, db, sides, count_statements):
    _, pair, officers = sides
    path, clients = f"{pair[0].href}/record", (client_of(), client_of(officers[0]))
    before = [own_statements(client, path, count_statements) for client in clients]
    for _ in range(2):
        other = a_collaboration(db)
        other.host_id, other.host_released_at, other.partner_released_at = pair[0].id, other.opened_at, other.opened_at
    db.commit()

    assert [own_statements(client, path, count_statements) for client in clients] == before
    assert max(before) <= 4
