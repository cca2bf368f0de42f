"""The page on which an owner shares a listing, and the one on which somebody agrees to be named."""

import pytest

from portal.kernel.policy import Role
from portal.listings.states import ListingState
from portal.organisations.models import Organisation
from tests.build import a_listing, a_member, an_organisation


@pytest.fixture
def shared(db):
    host = an_organisation(db)
    owner, colleague = (a_member(db, host, Role.POSTER, name=name) for name in ("Olga Owner", "Cora Colleague"))
    listing = a_listing(db, owner, host, state=ListingState.DRAFT)
    db.commit()
    return listing, owner, colleague


def test_an_owner_shares_names_and_hands_over(client_of, shared, db):
    listing, owner, colleague = shared
    mine, theirs = client_of(owner), client_of(colleague)
    at = f"{listing.href}/owners"
    assert theirs.get(at).status_code == 404

    assert mine.submit(at, {"email": "nobody@example.org"}).status_code == 422
    assert mine.submit(at, {"email": colleague.email}).status_code == 303
    assert theirs.get(listing.href).status_code == 200
    assert "Cora Colleague" in mine.get(at).text
    assert theirs.submit(at, {"email": owner.email}).status_code == 403
    assert mine.submit(f"{at}/responsible", {"name": "Sam", "address": "sam@example.org"}).status_code == 422
    assert mine.submit(f"{at}/responsible", {"address": colleague.email}).status_code == 303
    assert "Responsible: Cora Colleague" not in mine.get(listing.href).text
    assert listing.title in theirs.get("/listings/responsible").text
    assert theirs.submit(f"/listings/responsible/{listing.id}/agree").status_code == 303
    assert "Responsible: Cora Colleague" in mine.get(listing.href).text
    assert mine.submit(f"/listings/responsible/{listing.id}/decline").status_code == 404
    assert mine.submit(f"{at}/hand-over", {"account_id": str(owner.id)}).status_code == 422
    assert mine.submit(f"{at}/hand-over", {"account_id": str(colleague.id)}).status_code == 303
    assert theirs.submit(f"{at}/{owner.id}/remove").status_code == 303
    assert mine.get(listing.href).status_code == 404


def test_its_pages_ask_the_same_of_the_database_for_one_row_and_for_three(client_of, shared, db, count_statements):
    listing, owner, _ = shared
    more = [a_member(db, db.get_one(Organisation, listing.organisation_id), Role.POSTER).email for _ in range(3)]
    db.commit()
    client, at = client_of(owner), f"{listing.href}/owners"
    paths = (at, listing.href, "/listings/responsible")

    client.submit(at, {"email": more[0]})
    one = [asked(client, path, count_statements) for path in paths]
    for email in more[1:]:
        client.submit(at, {"email": email})
    three = [asked(client, path, count_statements) for path in paths]

    assert one == three
    assert max(three) <= 6


def asked(client, path, count_statements):
    with count_statements() as seen:
        assert client.get(path).status_code == 200
    return len(seen)
