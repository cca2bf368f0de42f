"""What those who look after an organisation see of it: each what they may, whose turn it is, and what was promised."""

import datetime as dt

import pytest

from portal.insights.queries import answers_of
from portal.kernel import clock
from portal.kernel.policy import Role
from portal.listings.states import ListingState, Visibility
from portal.organisations.actions import invite
from portal.organisations.inputs import Inviting
from portal.organisations.models import Organisation
from portal.proposals.states import InterestState, ProposalState
from tests.build import a_collaboration, a_listing, a_member, a_proposal, actor_of, an_interest, an_organisation
from tests.fixtures.statements import own_statements


@pytest.fixture
def house(session):
    """A company, a university, and one of everything between them; the company's side is `host`."""
    host, partner = an_organisation(session, "Host"), an_organisation(session, "Partner")
    owner, author = a_member(session, host, Role.POSTER), a_member(session, partner)
    for side in (host, partner):
        a_member(session, side, Role.OFFICER)
    for state in (ProposalState.SUBMITTED, ProposalState.REVISION_REQUESTED, ProposalState.IN_APPROVAL, ProposalState.DECLINED):
        a_proposal(session, a_listing(session, owner, host), author, state=state, title=f"Plan {state}")
    a_collaboration(session, a_listing(session, owner, host), author)
    for state in (InterestState.SENT, InterestState.LAPSED, InterestState.INVITED):
        an_interest(session, a_listing(session, owner, host, title="Asked"), a_member(session, partner), state=state)
    session.flush()
    return host, partner


def counted(session, side):
    return {part.value: count for part, count, _lines in answers_of(session, side.id, titles=True).parts}


def test_each_side_counts_what_is_its_turn_and_what_is_the_others(session, house):
    host, partner = house

    assert counted(session, host) == {"interest_ours": 2, "proposal_ours": 2, "proposal_theirs": 1, "collaboration": 1}
    assert counted(session, partner) == {"sent_ours": 2, "interest_theirs": 1, "sent_theirs": 1, "collaboration": 1}
    assert counted(session, an_organisation(session)) == {}


def test_titles_are_read_by_those_who_may_and_the_longest_waiting_stand_first(session, house):
    host, _partner = house
    a_proposal(
        session, a_listing(session, None, host), a_member(session, an_organisation(session)), state=ProposalState.SUBMITTED
    )
    lines = {part.value: lines for part, _count, lines in answers_of(session, host.id, titles=True).parts}

    assert [line.title for line in lines["proposal_theirs"]] == [f"Plan {ProposalState.REVISION_REQUESTED}"]
    waiting = [line.since for line in lines["proposal_ours"]]
    assert waiting == sorted(waiting)
    assert all(lines == [] for _part, _count, lines in answers_of(session, host.id, titles=False).parts)


def test_a_promise_is_kept_on_its_last_day_late_the_day_after_and_nobodys_before(session):
    listing = a_listing(session)
    for answered_after in (9, 10, 11, None):
        interest = an_interest(session, listing, a_member(session, an_organisation(session)))
        interest.reply_due_at = clock.now() - dt.timedelta(days=20)
        if answered_after is not None:
            interest.answered_at = interest.reply_due_at + dt.timedelta(days=answered_after - 10)
    an_interest(session, listing, a_member(session, an_organisation(session)))
    session.flush()

    promises = answers_of(session, listing.organisation_id, titles=False).promises

    assert (promises.kept, promises.late) == (2, 2)


def test_administrators_and_officers_see_of_it_what_each_may(client_of, db, count_statements):
    host = an_organisation(db, "Host")
    owner = a_member(db, host, Role.POSTER, name="Owner")
    keeper, officer = a_member(db, host, Role.ADMINISTRATOR, name="Kim Keeper"), a_member(db, host, Role.OFFICER)
    proposal = a_proposal(db, a_listing(db, owner, host), a_member(db, an_organisation(db)), state=ProposalState.SUBMITTED)
    proposal.title = "A secret plan"
    draft = a_listing(db, owner, host, state=ListingState.DRAFT, title="A draft of Owner")
    a_listing(db, owner, host, visibility=Visibility.NAMED, title="For a few")
    invite(db, host, Inviting("nora@example.org"), actor=actor_of(db, keeper))
    outsiders = (None, a_member(db, host), a_member(db, an_organisation(db)), a_member(db, an_organisation(db), Role.OFFICER))
    db.commit()
    page = f"{host.href}/console"

    assert [client_of(each).get(page).status_code for each in outsiders] == [303, 403, 403, 403]
    seen = {name: client_of(account).get(page).text for name, account in (("keeper", keeper), ("officer", officer))}
    for text in seen.values():
        assert "Proposals to decide or approve" in text and "A draft of Owner" in text and "For a few" in text
        assert "Kim Keeper" in text and "Draft: 1" in text
    assert ("A secret plan" in seen["officer"], "A secret plan" in seen["keeper"]) == (True, False)
    assert ("nora@example.org" in seen["officer"], "nora@example.org" in seen["keeper"]) == (False, True)
    assert (f'href="{draft.href}"' in seen["officer"], f'href="{draft.href}"' in seen["keeper"]) == (True, False)
    assert f'href="{page}"' in client_of(keeper).get(host.href).text and f'href="{page}"' not in client_of().get(host.href).text

    before = own_statements(client_of(officer), page, count_statements)
    with count_statements():
        for _ in range(2):
            a_proposal(db, a_listing(db, owner, db.get_one(Organisation, host.id)), state=ProposalState.SUBMITTED)
        db.commit()
    assert own_statements(client_of(officer), page, count_statements) == before <= 4
