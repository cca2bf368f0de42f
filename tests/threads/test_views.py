import re

import pytest

from portal.kernel.policy import Role
from portal.kernel.scopes import Scope
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

    answer = client_of(author).submit(f"/threads/proposal/{proposal.id}", {"text": "Good day", "scope": "all"})

    assert (answer.status_code, answer.location) == (303, f"{proposal.href}#messages")
    assert written(db, author, proposal) == ["Good day"]


def test_author_writes_to_colleagues(client_of, db, case):
    proposal, author, _stranger = case

    client_of(author).submit(f"/threads/proposal/{proposal.id}", {"text": "Inside", "scope": f"side{proposal.organisation_id}"})

    (message,) = messages_for(db, actor_of(db, author), "proposal", proposal.id)
    assert message.scope == Scope(proposal.organisation_id)


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
    sides = ("all", f"side{proposal.host_id}", "side999999", "x", "side-1", "officers1e3", "side" + "9" * 40)

    for text, side in [*((text, "") for text in texts), *(("", side) for side in sides)]:
        answer = client.submit(f"/threads/proposal/{proposal.id}", {"text": text, "scope": side})
        assert answer.status_code == 422, (text[:9], side)
        assert text.strip() in answer.text
        assert 'role="alert"' in answer.text
    assert written(db, author, proposal) == []


def test_other_side_is_no_choice(client_of, db, case):
    proposal, author, _stranger = case

    answer = client_of(author).submit(f"/threads/proposal/{proposal.id}", {"text": "Mine", "scope": f"side{proposal.host_id}"})

    assert answer.status_code == 422
    assert "Choose one of the options." in answer.text
    assert "Mine</textarea>" in answer.text


def test_message_without_a_token_is_refused(client_of, db, case):
    proposal, author, _stranger = case

    answer = client_of(author).post(f"/threads/proposal/{proposal.id}", data={"text": "Forged"})

    assert answer.status_code == 400
    assert written(db, author, proposal) == []


def page(client, proposal, query=""):
    return client.get(f"/threads/proposal/{proposal.id}{query}")


def test_one_answers_quotes_changes_and_follows_on_the_conversations_page(client_of, db, case, count_statements):
    proposal, author, _stranger = case
    own, owner = client_of(author), client_of(proposal.listing.owner)
    here = f"/threads/proposal/{proposal.id}"
    own.submit(here, {"text": "May we visit?", "scope": "all"})

    with count_statements() as statements:
        drawn = page(owner, proposal, "?answer=all-1")
    assert "&gt; Person" in drawn.text or "May we visit?\n\n</textarea>" in drawn.text
    assert len(statements) <= 6
    assert owner.submit(here, {"text": "> May we visit?", "scope": "all"}).status_code == 422
    answer = owner.submit(here, {"text": f"> May we visit?\n\nYes, @{author.name}.", "scope": "all", "here": "yes"})
    assert answer.location == f"{here}#messages"
    assert "You are mentioned" in own.get(proposal.href).text
    assert "1 new message" in own.get(proposal.href).text
    own.submit(f"{here}/seen")
    assert "new message" not in own.get(proposal.href).text

    assert owner.submit(f"{here}/messages/all-2/edit", {"text": "> May we visit?\n\nOn Friday."}).status_code == 303
    assert "edited" in page(own, proposal).text
    assert own.submit(f"{here}/messages/all-1/take-back").status_code == 303
    assert "This message was taken back." in page(owner, proposal).text
    assert own.get(f"{here}/messages/all-2/edit").status_code in (200, 403)
    assert own.submit(f"{here}/messages/all-2/edit", {"text": "Mine"}).status_code == 403
    own.submit(f"{here}/place", {"hear": "mute"})
    assert "only when somebody mentions you" in page(own, proposal).text
    owner.submit(f"{here}/lock")
    assert "was closed on" in page(own, proposal).text
    assert own.submit(here, {"text": "Too late", "scope": "all"}).status_code == 409


def test_names_are_completed_within_the_scope_alone(client_of, db, case):
    proposal, author, stranger = case
    client = client_of(author)

    def names(query):
        return client.get(f"/threads/proposal/{proposal.id}/people?{query}")

    assert proposal.listing.owner.name in names("q=person&scope=all").text
    assert stranger.name not in names("q=&scope=all").text
    assert proposal.listing.owner.name not in names(f"q=&scope=side{proposal.organisation_id}").text
    assert names(f"scope=side{proposal.host_id}").status_code == 404
    assert client_of(stranger).get(f"/threads/proposal/{proposal.id}/people?scope=all").status_code == 404


def test_what_one_side_says_among_itself_changes_no_byte_for_the_other(client_of, db, case):
    proposal, author, _stranger = case
    own, owner = client_of(author), client_of(proposal.listing.owner)
    here, side = f"/threads/proposal/{proposal.id}", f"side{proposal.organisation_id}"
    own.submit(here, {"text": "Before", "scope": "all"})

    def seen():
        pages = (owner.get(proposal.href), page(owner, proposal), owner.get("/activity"), owner.get("/me/notifications"))
        return [re.sub(r'nonce="[^"]*"|name="csrf_token" value="[^"]*"', "", each.text) for each in pages]

    first = seen()
    own.submit(here, {"text": "Inside", "scope": side})
    own.submit(f"{here}/messages/{side}-1/edit", {"text": "Inside, better"})
    own.submit(f"{here}/notes", {"text": "A note"})

    assert seen() == first
    assert "Inside, better" in page(own, proposal).text
    assert "A note" in page(own, proposal).text
    assert owner.get(f"{here}/messages/{side}-1/edit").status_code == 404


def test_a_listings_team_talks_among_itself(client_of, db, case):
    proposal, author, _stranger = case
    listing = proposal.listing
    here = f"/threads/listing/{listing.id}"

    assert client_of(listing.owner).submit(here, {"text": "Shall we close it?", "here": "yes"}).status_code == 303
    assert "Shall we close it?" in client_of(listing.owner).get(here).text
    assert client_of(author).get(here).status_code == 404
    assert client_of(author).submit(here, {"text": "Hello"}).status_code == 404
