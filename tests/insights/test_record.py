"""The track record of an organisation: figures only where there are enough, and for its keepers what they may know."""

import datetime as dt

from portal.insights.queries import Replies, replies_of
from portal.kernel import clock
from portal.kernel.policy import Role
from portal.organisations.models import Organisation
from portal.proposals.models import Interest
from portal.proposals.states import InterestState
from tests.build import a_listing, a_member, a_person, a_proposal, an_interest, an_organisation
from tests.fixtures.statements import own_statements


def sent(db, listing, number, *, days=None):
    """That many interests, sent sixty days ago, answered after so many days."""
    for _ in range(number):
        interest = an_interest(db, listing, a_person(db))
        interest.sent_at = clock.now() - dt.timedelta(days=60)
        interest.reply_due_at = interest.sent_at + dt.timedelta(days=14)
        interest.answered_at = None if days is None else interest.sent_at + dt.timedelta(days=days)
    db.flush()


def test_figures_appear_from_enough_answers_on(db):
    listing = a_listing(db)
    sent(db, listing, 7, days=4)
    assert replies_of(db, listing.organisation_id) == Replies(None, None)

    sent(db, listing, 1, days=12)
    assert replies_of(db, listing.organisation_id) == Replies(None, 4)
    sent(db, listing, 4, days=20)  # too late
    sent(db, listing, 20)
    assert replies_of(db, listing.organisation_id) == Replies(25, 4)


def test_what_waits_within_its_promise_counts_against_nobody(db):
    listing = a_listing(db)
    sent(db, listing, 25, days=3)
    for _ in range(10):
        an_interest(db, listing, a_person(db), state=InterestState.SENT)

    assert replies_of(db, listing.organisation_id).share_percent == 100
    assert db.query(Interest).count() == 35


def test_everybody_reads_the_same_record(client_of, db, count_statements):
    proposal = a_proposal(db)
    host = db.get_one(Organisation, proposal.host_id)
    listing = a_listing(db, a_member(db, host, Role.POSTER, name="Owner"), host, title="A draft of Owner")
    keeper, member = a_member(db, host, Role.ADMINISTRATOR), a_member(db, host)
    hidden = an_organisation(db, verified=False)
    db.commit()
    page = f"{host.href}/record"

    assert client_of().get(f"{hidden.href}/record").status_code == 404
    assert f'href="{page}"' in client_of().get(host.href).text
    for account in (None, member, keeper):
        text = client_of(account).get(page).text
        assert "Too few were sent to say" in text
        assert listing.title not in text
    assert own_statements(client_of(keeper), page, count_statements) == 3
