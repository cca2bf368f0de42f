"""The steps of a slot over HTTP: bound to one version, never by one's own hand, exactly once."""

import pytest

from portal.approvals.models import Approval
from portal.approvals.states import ApprovalState
from portal.kernel.db import transaction
from portal.proposals.states import ProposalState
from tests.proposals.conftest import case

__all__ = ["case"]


@pytest.fixture
def waiting(case):
    """A proposal in approval, and its two slots as pairs of address and version."""
    proposal = case.proposal(ProposalState.IN_APPROVAL)
    with transaction(case.db):
        slots = [(f"/approvals/{slot.id}/steps", slot.version, slot.id) for slot in case.slots(proposal)]
    return proposal, slots


def state_of(case, number):
    with transaction(case.db):
        slot = case.db.get(Approval, number, populate_existing=True)
        return slot.state, slot.note


@pytest.mark.parametrize(
    "name", ["visitor", "stranger", "administrator", "author", "owner", "colleague", "host member", "partner officer"]
)
def test_the_hosts_slot_is_hidden_from_all_but_the_hosts_officer(name, case, waiting, client_of):
    _proposal, [(address, version, number), _] = waiting
    client = client_of(case.people[name])

    assert client.get(f"{address}/approve").status_code == 404
    assert client.submit(f"{address}/approve", {"version": version}).status_code == 404
    assert client.submit(f"{address}/return", {"version": version, "text": "No."}).status_code == 404
    assert state_of(case, number)[0] is ApprovalState.OPEN


def test_both_officers_approve_and_the_collaboration_opens(case, waiting, client_of):
    proposal, [(host, host_version, _), (partner, partner_version, number)] = waiting
    first, second = client_of(case.people["host officer"]), client_of(case.people["partner officer"])

    assert "Approve" in first.get(f"{host}/approve").text
    answer = first.submit(f"{host}/approve", {"version": host_version})
    assert (answer.status_code, answer.location) == (303, f"{proposal.href}#approvals")
    assert second.submit(f"{partner}/approve", {"version": partner_version, "text": "If reported monthly."}).status_code == 303

    assert state_of(case, number) == (ApprovalState.APPROVED, "If reported monthly.")
    assert case.look(proposal, lambda p: p.state) is ProposalState.ACCEPTED
    for name in ("author", "owner", "partner officer"):
        assert "If reported monthly." in client_of(case.people[name]).get(proposal.href).text


def test_sending_back_needs_a_reason_that_the_author_reads(case, waiting, client_of):
    proposal, [(host, version, number), _] = waiting
    officer = client_of(case.people["host officer"])

    empty = officer.submit(f"{host}/return", {"version": version, "text": " "})
    assert (empty.status_code, "Fill this in." in empty.text) == (422, True)
    assert officer.submit(f"{host}/return", {"version": version, "text": "Overheads are wrong."}).status_code == 303

    assert state_of(case, number)[0] is ApprovalState.RETURNED
    assert case.look(proposal, lambda p: p.state) is ProposalState.REVISION_REQUESTED
    assert "Overheads are wrong." in client_of(case.people["author"]).get(proposal.href).text


def test_an_approval_of_a_version_that_was_withdrawn_or_changed_is_refused_with_the_text_kept(case, waiting, client_of):
    proposal, [(host, version, number), _] = waiting
    officer = client_of(case.people["host officer"])
    case.step(proposal, "withdraw", "author")

    late = officer.submit(f"{host}/approve", {"version": version, "text": "My condition."})

    assert late.status_code == 409
    assert "My condition." in late.text
    assert state_of(case, number)[0] is ApprovalState.VOID


def test_approving_twice_is_one_approval(case, waiting, client_of):
    _proposal, [(host, version, number), _] = waiting
    officer = client_of(case.people["host officer"])

    assert officer.submit(f"{host}/approve", {"version": version}).status_code == 303
    assert officer.submit(f"{host}/approve", {"version": version}).status_code == 409
    assert officer.submit(f"{host}/approve").status_code in (403, 409)
    assert state_of(case, number)[0] is ApprovalState.APPROVED


@pytest.mark.parametrize("number", ["0", "99999999", "9" * 30])
def test_slots_that_do_not_exist_are_missing(number, case, client_of):
    client = client_of(case.people["host officer"])
    assert client.get(f"/approvals/{number}/steps/approve").status_code == 404
    assert client.submit(f"/approvals/{number}/steps/approve").status_code == 404


@pytest.mark.parametrize("action", ["void", "nothing", "%00", "approve%2F"])
def test_steps_that_are_nobodys_are_refused(action, case, waiting, client_of):
    _proposal, [(host, version, number), _] = waiting
    assert client_of(case.people["host officer"]).submit(f"{host}/{action}", {"version": version}).status_code in (403, 404)
    assert state_of(case, number)[0] is ApprovalState.OPEN
