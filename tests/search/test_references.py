"""A reference typed into the box leads to what it names; to those who may not read that it is a text like any other."""

import re

import pytest

from portal.kernel.policy import Role
from portal.listings.states import Visibility
from portal.proposals.models import Proposal
from portal.search.indexing import ensure_all
from tests.build import a_collaboration, a_listing, a_member, a_person, an_organisation

_NONCE = re.compile(r'nonce="[^"]*"')


@pytest.fixture
def work(app, db):
    listing = a_listing(db)
    university = an_organisation(db)
    author = a_member(db, university)
    for side in (university, listing.organisation):
        a_member(db, side, Role.OFFICER)
    work = a_collaboration(db, listing, author)
    proposal = db.query(Proposal).filter_by(id=work.proposal_id).one()
    db.commit()
    ensure_all(app.extensions["database"], app.extensions["shelves"])
    return work, proposal, listing, author


def asked(client, reference):
    return client.get("/search", query_string={"q": reference})


def test_it_leads_those_who_may_read_it_and_nobody_else(work, db, client_of):
    common, proposal, _listing, author = work
    other = a_person(db)
    mine = a_listing(db, visibility=Visibility.ORGANISATION)
    db.commit()
    for thing, reader in ((common, author), (proposal, author), (mine, mine.owner)):
        for typed in (thing.reference, thing.reference.lower().replace("-", " ")):
            answer = asked(client_of(reader), typed)
            assert (answer.status_code, answer.location) == (303, thing.href)
        for client in (client_of(other), client_of()):
            page = asked(client, thing.reference)
            assert page.status_code == 200
            assert thing.title not in page.text


def test_what_was_never_there_looks_the_same(work, db, client_of):
    hidden = a_listing(db, visibility=Visibility.ORGANISATION)
    stranger = a_member(db, an_organisation(db))
    db.commit()
    client = client_of(stranger)
    there, never = (_NONCE.sub("", asked(client, reference).text) for reference in (hidden.reference, "CH-9999"))
    assert there.replace(hidden.reference, "CH-9999").replace(hidden.reference.lower(), "ch-9999") == never


def test_letters_of_another_kind_name_nothing(work, client_of):
    listing = work[2]
    wrong = listing.reference.replace(listing.reference[:2], "IN")
    assert asked(client_of(listing.owner), wrong).status_code == 200
    assert asked(client_of(listing.owner), "XX-0001").status_code == 200
    assert asked(client_of(listing.owner), "PR-99999999999").status_code == 200
