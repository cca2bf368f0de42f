import pytest

from portal.kernel.policy import Role
from portal.proposals.states import ProposalState
from portal.threads.queries import messages_for
from tests.build import a_member, a_proposal, actor_of, an_organisation


@pytest.fixture
def case(db):
    """A submitted proposal, its author, and somebody it does not concern."""
    proposal = a_proposal(db, state=ProposalState.SUBMITTED)
    stranger = a_member(db, an_organisation(db), Role.ADMINISTRATOR)
    db.commit()
    return proposal, proposal.author, stranger


def written(db, author, proposal):
    return [message.body for message in messages_for(db, actor_of(db, author), "proposal", proposal.id)]


def test_author_writes_and_comes_back_to_the_messages(client_of, db, case):
    proposal, author, _stranger = case

    answer = client_of(author).submit(f"/threads/proposal/{proposal.id}", {"text": "Good day", "side_id": ""})

    assert (answer.status_code, answer.location) == (303, f"{proposal.href}#messages")
    assert written(db, author, proposal) == ["Good day"]


def test_author_writes_to_colleagues(client_of, db, case):
    proposal, author, _stranger = case

    client_of(author).submit(f"/threads/proposal/{proposal.id}", {"text": "Inside", "side_id": str(proposal.organisation_id)})

    (message,) = messages_for(db, actor_of(db, author), "proposal", proposal.id)
    assert message.side_id == proposal.organisation_id


def test_visitor_is_sent_to_sign_in(client_of, db, case):
    proposal, author, _stranger = case

    answer = client_of().submit(f"/threads/proposal/{proposal.id}", {"text": "Good day"})

    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert written(db, author, proposal) == []


def test_hidden_and_missing_threads_look_the_same(client_of, case):
    proposal, _author, stranger = case
    client = client_of(stranger)

    for path in (f"proposal/{proposal.id}", "proposal/999999", "proposal/1000000000000000000000", "nothing/1"):
        assert client.submit(f"/threads/{path}", {"text": "Good day"}).status_code == 404, path


def test_bad_message_comes_back_with_what_was_typed(client_of, db, case):
    proposal, author, _stranger = case
    client = client_of(author)
    texts = ("x" * 100_000, "", "\x00", " \u200b")
    sides = ("", str(proposal.host_id), "999999", "x", "-1", "1e3", "9" * 40)

    for text, side in [*((text, "") for text in texts), *(("", side) for side in sides)]:
        answer = client.submit(f"/threads/proposal/{proposal.id}", {"text": text, "side_id": side})
        assert answer.status_code == 422, (text[:9], side)
        assert text.strip() in answer.text
        assert 'role="alert"' in answer.text
    assert written(db, author, proposal) == []


def test_other_side_is_no_choice(client_of, db, case):
    proposal, author, _stranger = case

    answer = client_of(author).submit(f"/threads/proposal/{proposal.id}", {"text": "Mine", "side_id": str(proposal.host_id)})

    assert answer.status_code == 422
    assert "Choose your own organisation" in answer.text
    assert "Mine</textarea>" in answer.text


def test_message_without_a_token_is_refused(client_of, db, case):
    proposal, author, _stranger = case

    answer = client_of(author).post(f"/threads/proposal/{proposal.id}", data={"text": "Forged"})

    assert answer.status_code == 400
    assert written(db, author, proposal) == []
