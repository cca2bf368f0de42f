"""What is older than promised is counted, with its oldest, and stays."""

import datetime as dt

import pytest
from sqlalchemy import select

from portal.accounts.actions import open_session
from portal.accounts.models import AccountSession
from portal.collaborations.states import CollaborationState
from portal.collaborations.workflow import COLLABORATION_FLOW
from portal.kernel import clock
from portal.kernel.db import transaction
from portal.kernel.policy import Role
from portal.listings.states import Kind
from portal.notifications.actions import queue_mail
from portal.operations.queries import kept_too_long
from portal.proposals.states import InterestState, ProposalState
from portal.threads.models import Message
from tests.build import (
    a_collaboration,
    a_listing,
    a_member,
    a_person,
    a_proposal,
    actor_of,
    an_interest,
    an_organisation,
    finish_parts,
    walk,
)

NOW = dt.datetime(2026, 8, 31, 12, tzinfo=dt.UTC)


def counted(session, at):
    with clock.at(at):
        return {kept.what: kept.rows for kept in kept_too_long(session) if kept.rows}


@pytest.fixture
def history(session):
    """Things that happened on one day, which are promised not to be kept for ever."""
    with clock.at(NOW):
        own = an_organisation(session)
        author = a_member(session, own)
        a_member(session, own, Role.OFFICER)
        a_proposal(session, a_listing(session), author, state=ProposalState.DRAFT)
        a_proposal(session, a_listing(session), author, state=ProposalState.DECLINED)
        an_interest(session, a_listing(session), author, state=InterestState.DECLINED)
        an_interest(session, a_listing(session, kind=Kind.INTERNSHIP), author, state=InterestState.INVITED)
        open_session(session, author, device="Firefox", network="203.0.113.0/24")
        session.scalars(select(AccountSession)).one().ended_at = NOW
        queue_mail(session, to="ada@example.org", subject="Hello", text="Hello").sent_at = NOW
        _ended_collaboration(session, author)
        session.flush()
    return session


def _ended_collaboration(session, author):
    host = an_organisation(session)
    a_member(session, host, Role.OFFICER)
    listing = a_listing(session, a_member(session, host, Role.POSTER), host)
    collaboration = a_collaboration(session, listing, author)
    leads = [actor_of(session, lead) for lead in (collaboration.host_lead, collaboration.partner_lead)]
    finish_parts(session, collaboration)
    walk(session, COLLABORATION_FLOW, collaboration, CollaborationState.CLOSED, by=leads[0], partner=leads[1], officer=leads[0])
    on = {"subject_type": "collaboration", "subject_id": collaboration.id}
    session.add(Message(number=1, mentioned=[], author_id=author.id, body="Hello", at=NOW, **on))


def test_each_promise_counts_from_its_own_day_and_to_the_day(history):
    assert counted(history, NOW + dt.timedelta(days=29)) == {}
    assert counted(history, NOW + dt.timedelta(days=31)) == {"Devices and networks of sessions that ended": 1}

    half_a_year = dt.datetime(2027, 2, 28, 12, tzinfo=dt.UTC)  # the day before 31 August has no 31st of its own
    assert "Applications for internships" not in counted(history, half_a_year)
    assert counted(history, half_a_year + dt.timedelta(days=4))["Applications for internships"] == 1

    two_years = counted(history, dt.datetime(2028, 9, 1, tzinfo=dt.UTC))
    assert {what: rows for what, rows in two_years.items() if what != "Notifications"} == {
        "Devices and networks of sessions that ended": 1,
        "Applications for internships": 1,
        "Mails that went out": 1,
        "Proposals that were never sent": 1,
        "Proposals that were declined": 1,
        "Expressions of interest that were declined": 1,
        "Messages of collaborations": 1,
    }


def test_the_oldest_is_named_and_nothing_is_removed(history):
    later = dt.datetime(2029, 1, 1, tzinfo=dt.UTC)
    first = counted(history, later)

    with clock.at(later):
        (drafts,) = (kept for kept in kept_too_long(history) if kept.what == "Proposals that were never sent")

    assert drafts.oldest_at == NOW
    assert counted(history, later) == first


def test_the_page_is_for_administrators_of_the_portal(app, db, client_of, count_statements):
    with transaction(db):
        admin, person = a_person(db, admin=True), a_person(db)

    client = client_of(admin)

    with count_statements() as asked:
        page = client.get("/admin/retention")

    assert "Applications for internships" in page.get_data(as_text=True)
    assert len(asked) == 3  # who is asking, the frame, and all promises at once
    assert client_of(person).get("/admin/retention").status_code == 404
