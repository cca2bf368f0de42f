"""Two databases, many hands: what is done at the same moment happens once, and nothing falls between two stools."""

import threading
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from portal.accounts.models import User
from portal.approvals.models import Approval
from portal.approvals.workflow import APPROVAL_FLOW, Consent
from portal.kernel.db import transaction
from portal.kernel.errors import PortalError
from portal.kernel.events import Event, verify_chain
from portal.kernel.inputs import Reason
from portal.kernel.policy import Role
from portal.listings.models import Listing
from portal.organisations.models import Organisation
from portal.proposals.actions import begin_proposal, save_content, send_interest
from portal.proposals.inputs import Confirming, InterestText
from portal.proposals.models import Confirmation, Interest, Proposal, ProposalVersion
from portal.proposals.queries import CONFIRMATION_CORE, proposal_numbered
from portal.proposals.queries.proposals import BRIEF
from portal.proposals.states import ConfirmationState, ProposalState
from portal.proposals.workflow import CONFIRMATION_FLOW, PROPOSAL_FLOW
from tests.build import a_listing, a_member, a_proposal, actor_of, an_organisation, content
from tests.proposals.make import a_co_author, a_partner

HANDS = 8


def together(database, *deeds):
    """Do all `deeds` (of a session) at the same moment, each in a transaction of its own; returns what each gave or raised."""
    gate, results = threading.Barrier(len(deeds)), []

    def do(deed):
        with database.writing() as session:
            gate.wait()
            try:
                with transaction(session):
                    results.append(deed(session))
            except PortalError as refused:
                results.append(type(refused).__name__)

    threads = [threading.Thread(target=do, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def happened(database, kind):
    with database.reading() as session:
        assert verify_chain(session)[1] is None
        return session.scalar(select(func.count()).select_from(Event).where(Event.kind == kind))


@pytest.fixture
def made(database):
    """Ids of a listing, of somebody who answers it, and of the officers of both sides."""
    with database.writing() as session, transaction(session):
        listing = a_listing(session)
        university = an_organisation(session)
        author = a_member(session, university)
        host = a_member(session, session.get_one(Organisation, listing.organisation_id), Role.OFFICER)
        partner = a_member(session, university, Role.OFFICER)
        return {"listing": listing.id, "author": author.id, "host": host.id, "partner": partner.id}


def actor(session, number):
    return actor_of(session, session.get_one(User, number))


def test_an_interest_and_a_proposal_begin_once(database, made):
    def interest(session):
        listing = session.get_one(Listing, made["listing"])
        return send_interest(session, listing, InterestText("Once.", declared=True), actor=actor(session, made["author"])).id

    def proposal(session):
        return begin_proposal(session, session.get_one(Listing, made["listing"]), actor=actor(session, made["author"])).id

    assert set(together(database, *[interest] * HANDS)) == {1}
    assert set(together(database, *[proposal] * HANDS)) == {1}
    assert [happened(database, kind) for kind in ("interest.begun", "interest.sent", "proposal.begun")] == [1, 1, 1]
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Interest)) == 1
        assert session.scalar(select(func.count()).select_from(Proposal)) == 1


def loaded(session, number=1):
    return session.scalars(select(Proposal).where(Proposal.id == number).options(*BRIEF)).one()


def test_of_many_who_save_from_the_same_page_one_does(database, made):
    with database.writing() as session, transaction(session):
        version = a_proposal(session, session.get_one(Listing, made["listing"]), session.get_one(User, made["author"])).version

    def save(number):
        def deed(session):
            text = content(team=f"Team {number}")
            return save_content(session, loaded(session), text, actor=actor(session, made["author"]), version=version)

        return deed

    results = together(database, *[save(number) for number in range(HANDS)])

    assert sorted(map(str, results)) == ["None"] + ["Stale"] * (HANDS - 1)
    assert happened(database, "proposal.edited") == 1


def test_of_many_who_submit_one_version_comes(database, made):
    with database.writing() as session, transaction(session):
        a_proposal(session, session.get_one(Listing, made["listing"]), session.get_one(User, made["author"]))

    def submit(session):
        return PROPOSAL_FLOW.perform(session, loaded(session), "submit", actor=actor(session, made["author"]))

    results = together(database, *[submit] * HANDS)

    assert results.count(None) == 1
    assert set(map(str, results)) <= {"None", "Stale", "Refused"}
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(ProposalVersion)) == 1


def fill(made, side, action, given):
    def deed(session):
        slot = session.scalars(select(Approval).where(Approval.side == side)).one()
        officer = actor(session, made["host" if side == "host" else "partner"])
        return APPROVAL_FLOW.perform(session, slot, action, actor=officer, given=given)

    return deed


@pytest.fixture
def waiting(database, made):
    with database.writing() as session, transaction(session):
        listing, author = session.get_one(Listing, made["listing"]), session.get_one(User, made["author"])
        a_proposal(session, listing, author, state=ProposalState.IN_APPROVAL)
    return made


def state(database):
    with database.reading() as session:
        return session.scalars(select(Proposal._state)).one()


def test_two_officers_who_approve_at_the_same_moment_complete_it_once(database, waiting):
    results = together(database, fill(waiting, "host", "approve", Consent()), fill(waiting, "partner", "approve", Consent()))

    assert results == [None, None]
    assert state(database) is ProposalState.ACCEPTED
    assert [happened(database, kind) for kind in ("proposal.accepted", "collaboration.opened")] == [1, 1]


def test_a_yes_and_a_no_at_the_same_moment_send_it_back(database, waiting):
    together(database, fill(waiting, "host", "approve", Consent()), fill(waiting, "partner", "return", Reason("No.")))

    assert state(database) is ProposalState.REVISION_REQUESTED
    assert [happened(database, kind) for kind in ("proposal.returned", "proposal.accepted")] == [1, 0]


def test_a_withdrawal_and_the_last_approval_at_the_same_moment_leave_one_truth(database, waiting):
    together(database, fill(waiting, "host", "approve", Consent()))

    def withdraw(session):
        return PROPOSAL_FLOW.perform(session, loaded(session), "withdraw", actor=actor(session, waiting["author"]))

    results = together(database, withdraw, fill(waiting, "partner", "approve", Consent()))

    assert results.count(None) == 1
    accepted = state(database) is ProposalState.ACCEPTED
    assert happened(database, "collaboration.opened") == (1 if accepted else 0)


def test_two_editors_never_lose_text_and_nobody_confirms_what_moved_on(database):
    """Two people write and a partner confirms, each on a connection of their own: the loser is told, and nothing is half so."""
    with database.writing() as session, transaction(session):
        proposal = a_proposal(session)
        house = an_organisation(session)
        other, lead = a_member(session, house), a_member(session, an_organisation(session))
        a_co_author(session, proposal, other)
        partner = a_partner(session, proposal, lead)
        number, asked = proposal.id, partner.id
        people = {"author": proposal.author_id, "other": other.id, "lead": lead.id}

    def write(who, title):
        def deed(session):
            found = session.scalars(select(Proposal).where(Proposal.id == number).options(*BRIEF)).one()
            text = replace(found.written, title=title)
            save_content(session, found, text, actor=actor(session, people[who]), version=seen)
            return title

        return deed

    def confirm(session):
        found = session.scalars(select(Confirmation).where(Confirmation.id == asked).options(*CONFIRMATION_CORE)).one()
        CONFIRMATION_FLOW.perform(session, found, "confirm", actor=actor(session, people["lead"]), given=Confirming(read))
        return "confirmed"

    for round_number in range(4):
        with database.reading() as session:
            now = proposal_numbered(session, number)
            seen, read = now.version, now.digest
        deeds = (write("author", f"A{round_number}"), write("other", f"B{round_number}"), confirm)
        results = together(database, *deeds)

        with database.reading() as session:
            now = proposal_numbered(session, number)
            (said,) = now.partners
            won = [result for result in results if result in (f"A{round_number}", f"B{round_number}")]
            assert [now.draft["title"]] == won
            assert "Stale" in results
            assert said.state is not ConfirmationState.CONFIRMED or said.digest == now.digest
    assert happened(database, "proposal.edited") == 4
