"""The owner's decision and the officer's queue over HTTP, and what happens when everybody presses at once."""

import re
import threading
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener

import pytest
from flask import session as cookie_session
from flask_wtf.csrf import generate_csrf
from sqlalchemy import func, select

from portal.accounts.actions import open_session
from portal.approvals.models import Approval
from portal.collaborations.models import Collaboration
from portal.kernel.db import transaction
from portal.kernel.events import Event
from portal.proposals.models import Interest, Proposal, ProposalVersion
from portal.proposals.states import ProposalState

S = ProposalState
AT_ONCE = 20


@pytest.mark.parametrize(
    ("answers", "state", "note"),
    [
        ({"action": "accept", "text": "Welcome."}, S.IN_APPROVAL, "Welcome."),
        ({"action": "accept"}, S.IN_APPROVAL, ""),
        ({"action": "ask_changes", "text": "Dates."}, S.REVISION_REQUESTED, "Dates."),
        ({"action": "decline", "code": "budget", "text": "Too dear."}, S.DECLINED, "Too dear."),
    ],
)
def test_the_owner_decides_on_the_page(answers, state, note, case, client_of):
    proposal = case.proposal(S.IN_REVIEW)
    owner = client_of(case.people["owner"])
    assert "Send decision" in owner.get(proposal.href).text

    sent = owner.submit(f"{proposal.href}/decision", answers | {"version": proposal.version})

    assert (sent.status_code, sent.location) == (303, proposal.href)
    assert case.look(proposal, lambda p: (p.state, p.decision_note)) == (state, note)


@pytest.mark.parametrize(
    "answers",
    [
        {"text": "KEPT"},
        {"action": "submit", "text": "KEPT"},
        {"action": "complete", "text": "KEPT"},
        {"action": "\0", "text": "KEPT"},
        {"action": "decline", "text": "KEPT"},
        {"action": "decline", "code": "gold", "text": "KEPT"},
        {"action": "ask_changes", "text": " ", "code": "fit"},
        {"action": "accept", "text": "KEPT" + "x" * 100_000},
    ],
)
def test_a_decision_that_is_none_is_refused_with_the_text_kept(answers, case, client_of):
    proposal = case.proposal(S.IN_REVIEW)

    page = client_of(case.people["owner"]).submit(f"{proposal.href}/decision", answers | {"version": proposal.version})

    assert page.status_code == 422
    assert "<title>Error:" in page.text
    if "KEPT" in answers["text"]:
        assert "KEPT" in page.text
    assert case.look(proposal, lambda p: p.state) is S.IN_REVIEW


@pytest.mark.parametrize("name", ["author", "partner officer", "host officer", "colleague", "stranger", "visitor"])
def test_nobody_else_decides(name, case, client_of):
    proposal = case.proposal(S.IN_REVIEW)

    sent = client_of(case.people[name]).submit(f"{proposal.href}/decision", {"action": "accept", "version": proposal.version})

    assert sent.status_code == (403 if name in ("author", "partner officer", "host officer") else 404)
    assert case.look(proposal, lambda p: p.state) is S.IN_REVIEW


def test_a_decision_on_a_version_that_is_gone_keeps_its_text(case, client_of):
    proposal = case.proposal()
    case.step(proposal, "take_up", "owner")

    late = client_of(case.people["owner"]).submit(
        f"{proposal.href}/decision", {"action": "decline", "code": "fit", "text": "MY REASON", "version": proposal.version}
    )

    assert late.status_code == 409
    assert "MY REASON" in late.text
    assert case.look(proposal, lambda p: p.state) is S.IN_REVIEW


def test_a_decision_after_it_was_withdrawn_is_refused(case, client_of):
    proposal = case.withdrawn()
    version = case.look(proposal, lambda p: p.version)

    late = client_of(case.people["owner"]).submit(f"{proposal.href}/decision", {"action": "accept", "version": version})

    assert late.status_code == 409
    assert "“Withdrawn”" in late.text
    assert case.look(proposal, lambda p: p.state) is S.WITHDRAWN


def ticked(page):
    return re.findall(r'name="pick" value="([^"]+)"', page.text)


def test_the_officer_approves_several_at_once(case, client_of):
    proposals = [case.proposal(S.IN_APPROVAL) for _ in range(3)]
    officer = client_of(case.people["host officer"])
    picks = ticked(officer.get("/approvals"))
    assert len(picks) == 3

    sent = officer.submit("/approvals", {"pick": picks[:2]})

    assert (sent.status_code, sent.location) == (303, "/approvals")
    assert "2 approved" in officer.get("/approvals").text
    with transaction(case.db):
        states = case.db.scalars(select(Approval._state).where(Approval.organisation_id == case.host.id).order_by(Approval.id))
        assert [str(state) for state in states] == ["approved", "approved", "open"]
    assert {case.look(p, lambda x: x.state) for p in proposals} == {S.IN_APPROVAL}


def test_rows_that_cannot_be_approved_say_why_and_hold_nobody_up(case, client_of):
    good, gone = case.proposal(S.IN_APPROVAL), case.proposal(S.IN_APPROVAL)
    officer = client_of(case.people["host officer"])
    picks = ticked(officer.get("/approvals"))
    case.step(gone, "withdraw", "author")
    foreign = ticked(client_of(case.people["partner officer"]).get("/approvals"))[0]

    page = officer.submit("/approvals", {"pick": [*picks, foreign, "x", "1-", "-", "9" * 40 + "-1", "²-1"]})

    assert page.status_code == 409
    assert f"<b>{good.reference}</b>: approved" in page.text
    assert f"<b>{gone.reference}</b>: Somebody was faster" in page.text
    assert page.text.count("<b>#") == 1
    assert ticked(officer.get("/approvals")) == []


def test_an_empty_choice_approves_nothing(case, client_of):
    case.proposal(S.IN_APPROVAL)
    officer = client_of(case.people["host officer"])

    assert officer.submit("/approvals").status_code == 303
    assert len(ticked(officer.get("/approvals"))) == 1
    assert ticked(client_of(case.people["author"]).get("/approvals")) == []
    assert client_of().get("/approvals").status_code == 303


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_args):
        return None


@pytest.fixture
def at_once(app, live_server):
    """`at_once(account, path, answers)` sends one form from many browsers at the same moment and gives the answers' codes."""
    address = live_server(app, threads=AT_ONCE)

    def send(account, path, answers):
        with app.extensions["database"].writing() as session, transaction(session):
            token = open_session(session, account)
        with app.test_request_context():
            csrf = generate_csrf()
            cookie = {"sid": token, "csrf_token": cookie_session["csrf_token"]}
            value = app.session_interface.get_signing_serializer(app).dumps(cookie)
        body = urlencode({"csrf_token": csrf, **answers}).encode()
        gate, codes = threading.Barrier(AT_ONCE), []

        def press():
            request = Request(address + path, data=body, headers={"Cookie": f"session={value}"})
            opener = build_opener(_NoRedirect, HTTPCookieProcessor(CookieJar()))
            gate.wait()
            try:
                codes.append(opener.open(request, timeout=120).status)
            except HTTPError as answer:
                codes.append(answer.code)

        threads = [threading.Thread(target=press) for _ in range(AT_ONCE)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return sorted(codes)

    return send


def count(case, *what):
    with transaction(case.db):
        return case.db.scalar(select(func.count()).select_from(what[0]).where(*what[1:]))


def happened(case, kind):
    return count(case, Event, Event.kind == kind)


def test_an_interest_sent_from_twenty_windows_is_one(case, at_once):
    listing = case.listing()

    codes = at_once(case.people["author"], f"{listing.href}/interest", {"motivation": "Once.", "declared": "y", "go": "send"})

    assert set(codes) == {303}
    assert (count(case, Interest), happened(case, "interest.begun"), happened(case, "interest.sent")) == (1, 1, 1)


def test_a_proposal_begun_from_twenty_windows_is_one(case, at_once):
    listing = case.listing()

    codes = at_once(case.people["author"], f"{listing.href}/propose", {})

    assert set(codes) == {303}
    assert (count(case, Proposal), happened(case, "proposal.begun")) == (1, 1)


def test_a_proposal_submitted_from_twenty_windows_is_one_version(case, at_once):
    proposal = case.proposal(S.DRAFT)

    codes = at_once(case.people["author"], f"{proposal.href}/steps/submit", {"version": proposal.version})

    assert codes == [303] + [409] * (AT_ONCE - 1)
    assert (count(case, ProposalVersion), happened(case, "proposal.submitted")) == (1, 1)


def test_a_decision_sent_from_twenty_windows_is_one(case, at_once):
    proposal = case.proposal(S.IN_REVIEW)

    codes = at_once(case.people["owner"], f"{proposal.href}/decision", {"action": "accept", "version": proposal.version})

    assert codes.count(303) == 1
    assert set(codes) == {303, 409}
    assert (count(case, Approval), happened(case, "approval.asked"), happened(case, "proposal.decided")) == (2, 2, 1)


def test_an_approval_sent_from_twenty_windows_opens_one_collaboration(case, at_once, client_of):
    proposal = case.proposal(S.IN_APPROVAL)
    with transaction(case.db):
        first, second = [(slot.id, slot.version) for slot in case.slots(proposal)]
    host = client_of(case.people["host officer"])
    assert host.submit(f"/approvals/{first[0]}/steps/approve", {"version": first[1]}).status_code == 303

    codes = at_once(case.people["partner officer"], f"/approvals/{second[0]}/steps/approve", {"version": second[1]})

    assert codes == [303] + [409] * (AT_ONCE - 1)
    assert (happened(case, "approval.given"), happened(case, "proposal.accepted"), count(case, Collaboration)) == (2, 1, 1)
