"""Who sees and moves proposals and interests, asked page by page as every role in every state."""

import re

import pytest

from portal.proposals.states import InterestState, ProposalState
from tests.proposals.conftest import OUTSIDERS, SUMMARY

S = ProposalState
AUTHOR_SIDE, HOST_SIDE = ("author", "partner officer"), ("owner", "host officer")
MERIT = {"accept", "accept_conditionally", "ask_changes", "reserve", "redirect", "decline"}
SCREENING = {"take_up", "incomplete", "ineligible"}
ACTIONS = ("submit", *sorted(MERIT | SCREENING), "object", "withdraw")
_WITHDRAW = {"author": {"withdraw"}, "partner officer": {"withdraw"}}
_DECIDE = {"owner": MERIT}
# state → role → the steps that are offered; everything else is refused.
MAY = {
    S.DRAFT: {"author": {"submit", "withdraw"}, "partner officer": {"withdraw"}},
    S.SUBMITTED: _WITHDRAW | {"owner": SCREENING},
    S.IN_REVIEW: _WITHDRAW | _DECIDE,
    S.REVISION_REQUESTED: {"author": {"submit", "withdraw"}, "partner officer": {"withdraw"}},
    S.CONDITIONAL: {"author": {"withdraw", "object"}, "partner officer": {"withdraw"}, "owner": {"decline"}},
    S.RESERVED: _WITHDRAW | {"owner": MERIT - {"reserve"}},
    S.IN_APPROVAL: _WITHDRAW,
    S.REDIRECTED: {},
    S.LAPSED: {},
    S.ACCEPTED: {},
    S.DECLINED: {},
    S.EXPIRED: {},
}
UNSENT = (S.DRAFT, S.EXPIRED)
BLOCKED = {(S.REVISION_REQUESTED, "submit")}  # nothing was changed yet
INPUT = {"text": "Because.", "code": "fit", "conditions": "One.", "rank": "1", "until": "2099-01-01", "to": "office"}


def told(response):
    """What the page says, without the number of the request and the minute."""
    main = response.text.partition("<main")[2].partition("</main>")[0]
    return re.sub(r"<code>[0-9a-f]+</code>.*?</p>", "", main)


@pytest.mark.parametrize("state", MAY)
def test_pages_and_steps_are_open_to_exactly_those_of_the_matrix(state, case, client_of):
    proposal = case.proposal(state)
    for name, account in case.people.items():
        client = client_of(account)
        reads = name in AUTHOR_SIDE or (name in HOST_SIDE and state not in UNSENT)
        page = client.get(proposal.href)
        assert (name, page.status_code) == (name, 200 if reads else 404)
        assert (name, SUMMARY in page.text) == (name, reads)
        for action in ACTIONS:
            offered = action in MAY[state].get(name, ())
            expected = 404 if not offered else 409 if (state, action) in BLOCKED else 200
            asked = client.get(f"{proposal.href}/steps/{action}")
            assert (name, action, asked.status_code) == (name, action, expected)
            if not offered:
                sent = client.submit(f"{proposal.href}/steps/{action}", INPUT)
                assert (name, action, sent.status_code in (403, 409) if reads else sent.status_code == 404) == (
                    name,
                    action,
                    True,
                )
    assert case.look(proposal, lambda p: p.state) is state


@pytest.mark.parametrize("name", OUTSIDERS)
def test_hidden_and_missing_proposals_are_told_apart_by_nothing(name, case, client_of):
    proposal = case.proposal()
    client = client_of(case.people[name])
    for path in ("", "/edit/summary", "/versions/1", "/compare?from=1&to=1", "/steps/withdraw"):
        hidden, missing = client.get(proposal.href + path), client.get("/proposals/PR-9999" + path)
        assert hidden.status_code == missing.status_code == 404
        assert told(hidden) == told(missing)


def test_only_the_author_edits(case, client_of):
    proposal = case.proposal(S.DRAFT)
    for name, account in case.people.items():
        client = client_of(account)
        expected = 200 if name == "author" else 404
        assert (name, client.get(f"{proposal.href}/edit/summary").status_code) == (name, expected)
        sent = client.submit(f"{proposal.href}/edit/summary", {"title": "Mine now", "version": proposal.version})
        assert (name, sent.status_code) == (name, 303 if name == "author" else 404)


def test_what_was_submitted_cannot_be_edited(case, client_of):
    proposal = case.proposal(S.SUBMITTED)
    client = client_of(case.people["author"])

    assert client.get(f"{proposal.href}/edit/summary").status_code == 409
    sent = client.submit(f"{proposal.href}/edit/summary", {"title": "Later", "version": proposal.version})

    assert sent.status_code == 409
    assert case.look(proposal, lambda p: p.draft["title"]) == "Edge-side early warning"


def test_the_host_reads_the_version_and_never_the_draft(case, client_of):
    proposal = case.proposal(S.REVISION_REQUESTED)
    author = client_of(case.people["author"])
    new = {"title": "SECRET title", "summary": "SECRET summary", "version": proposal.version}
    assert author.submit(f"{proposal.href}/edit/summary", new).status_code == 303

    assert "SECRET summary" in author.get(proposal.href).text
    for name in HOST_SIDE:
        client = client_of(case.people[name])
        for path in (proposal.href, "/proposals?view=received", "/proposals?view=organisation", f"{proposal.href}/versions/1"):
            assert "SECRET" not in client.get(path).text
        assert SUMMARY in client.get(proposal.href).text


def test_withdrawing_takes_the_text_back_from_the_host(case, client_of):
    proposal = case.withdrawn()
    for name in HOST_SIDE:
        client = client_of(case.people[name])
        page = client.get(proposal.href)
        assert page.status_code == 200
        assert "Withdrawn" in page.text
        assert SUMMARY not in page.text
        assert "Researcher" not in page.text
        assert client.get(f"{proposal.href}/versions/1").status_code == 404
        assert client.get(f"{proposal.href}/compare?from=1&to=1").status_code == 404
        assert client.submit(f"/threads/proposal/{proposal.id}", {"text": "Why?"}).status_code in (403, 404)
    for name in AUTHOR_SIDE:
        assert SUMMARY in client_of(case.people[name]).get(proposal.href).text


def test_a_draft_given_up_was_never_known_to_the_host(case, client_of):
    proposal = case.proposal(S.WITHDRAWN)
    for name in HOST_SIDE:
        assert client_of(case.people[name]).get(proposal.href).status_code == 404


@pytest.mark.parametrize("state", list(InterestState))
def test_interests_are_open_to_author_owner_and_officers(state, case, client_of):
    interest = case.interest(state)
    for name, account in case.people.items():
        reads = name == "author" or (interest.sent and name in (*HOST_SIDE, "partner officer"))
        page = client_of(account).get(interest.href)
        assert (name, page.status_code) == (name, 200 if reads or name == "partner officer" else 404)
        assert (name, "It fits our work." in page.text) == (name, reads)


def test_a_withdrawn_interest_is_closed_to_the_host(case, client_of):
    interest = case.interest()
    author = client_of(case.people["author"])
    assert author.submit(f"{interest.href}/steps/withdraw", {"version": interest.version}).status_code == 303

    for name in HOST_SIDE:
        page = client_of(case.people[name]).get(interest.href)
        assert page.status_code == 200
        assert "It fits our work." not in page.text
    assert "It fits our work." in author.get(interest.href).text
