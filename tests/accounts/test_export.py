"""What the portal hands out to somebody who asks for everything about them."""

import json

import pytest

from portal import wiring
from portal.accounts.actions import issue_ticket, open_session
from portal.accounts.export import OWN, document
from portal.accounts.models import User
from portal.accounts.states import Purpose
from portal.approvals.models import Approval
from portal.kernel.db import Base, transaction
from portal.notifications.actions import queue_mail
from portal.threads.models import Message
from tests.accounts.steps import PASSWORD, kinds, set_up_factor, sign_in, stored
from tests.build import a_collaboration, a_listing, a_member, a_person, a_proposal, an_interest, an_organisation

# Columns that name a person in rows which are somebody else's.
OTHERS = {
    "approval.requester_id": "the row holds what the other side's officer wrote",
    "approval.counterpart_id": "the same",
    "listing.suspended_by_id": "the listing is its owner's, whoever suspended it",
    "listing_reader.account_id": "whom an owner lets read a listing is the owner's",
    "roles_users.user_id": "roles of the library, which nobody has",
    "refresh_tracker.user_id": "tokens of the library, which nobody has",
}


def naming_people():
    """Each column of the database that holds an account's id."""
    for table in Base.metadata.tables.values():
        for column in table.columns:
            if any(key.column.table.name == "account" for key in column.foreign_keys):
                yield f"{table.name}.{column.name}"


def test_each_column_that_names_a_person_is_handed_out_or_said_to_be_somebody_elses():
    handed_out = {f"{kept.name}.{column.key}" for kept in wiring.PERSONAL for column in kept.by}

    missing = set(naming_people()) - handed_out - OTHERS.keys()

    assert missing == set(), "name each of these in wiring.PERSONAL, or above with the reason why not"


@pytest.fixture
def lived(session):
    """Somebody who has done everything, and the secrets of theirs that are kept."""
    collaboration = a_collaboration(session)
    person = collaboration.partner_lead
    organisation = an_organisation(session)
    listing = a_listing(session)
    an_interest(session, listing, person)
    token = issue_ticket(session, person, Purpose.RESET)
    person.password, person.tf_totp_secret, person.mf_recovery_codes = "hash-secret", "totp-secret", ["code-secret"]
    secrets = [token, open_session(session, person, device="Firefox, Linux"), person.fs_uniquifier, "hash-secret", "totp-secret"]
    queue_mail(session, to=person.email, subject="A link", text="link-secret", account_id=person.id)
    message = Message(
        number=1,
        mentioned=[],
        subject_type="collaboration",
        subject_id=collaboration.id,
        author_id=person.id,
        body="I wrote this.",
        at=collaboration.opened_at,
    )
    session.add(message)
    a_member(session, organisation)
    session.flush()
    return person, [*secrets, "code-secret", "link-secret"]


def test_the_document_holds_every_row_of_the_person_and_no_secret(session, lived):
    person, secrets = lived

    text = "".join(document(session, person.id, wiring.PERSONAL))
    told = json.loads(text)

    assert told["account"][0]["email"] == person.email
    assert told["message"][0]["body"] == "I wrote this."
    assert told["account_session"][0]["device"] == "Firefox, Linux"
    assert {"membership", "interest", "proposal", "proposal_version", "collaboration", "event"} <= {
        name for name, rows in told.items() if rows
    }
    assert [secret for secret in secrets if secret in text] == []


def test_the_document_holds_nothing_of_others(session, lived):
    person, _secrets = lived
    others = [account for account in session.query(User) if account.id != person.id]

    text = "".join(document(session, person.id, wiring.PERSONAL))

    assert [account.email for account in others if account.email in text] == []
    assert not json.loads(text)["approval"]


def test_an_officer_gets_the_decisions_they_made(session):
    a_collaboration(session)
    decided = session.query(Approval).first()

    told = json.loads("".join(document(session, decided.decided_by_id, wiring.PERSONAL)))

    assert [row["id"] for row in told["approval"]] == [decided.id]


def test_somebody_who_did_nothing_gets_their_account(session):
    told = json.loads("".join(document(session, a_person(session, "Zoë \u202e “Quote” \\").id, wiring.PERSONAL)))

    assert told["account"][0]["name"] == "Zoë \u202e “Quote” \\"
    assert told["proposal"] == []


def test_it_is_written_piece_by_piece(session):
    person = a_person(session)
    a_proposal(session)

    pieces = document(session, person.id, OWN)

    assert next(pieces).startswith("{")
    assert len(list(pieces)) > 2


def test_the_page_gives_it_as_a_file_and_the_log_says_so(app, ada, client_of):
    client = client_of()
    sign_in(client)
    set_up_factor(client)
    assert 'action="/me/account/data"' in client.get("/me/account").text

    answer = client.submit("/me/account/data")

    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=my-data-20")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json["account"][0]["email"] == "ada@example.org"
    account = stored(app, "ada@example.org")
    assert [kept for kept in (account.password, account.tf_totp_secret, account.fs_uniquifier) if kept in answer.text] == []
    assert kinds(app)[-1] == "account.data_taken"


def test_it_is_asked_for_by_a_form_of_somebody_signed_in_lately(app, ada, client_of, frozen):
    client = client_of(ada)

    assert client.get("/me/account/data").status_code == 405
    assert client.post("/me/account/data").status_code == 400
    assert client_of().submit("/me/account/data").location == "/sign-in"
    with app.extensions["database"].writing() as session, transaction(session):
        assert PASSWORD not in "".join(document(session, ada.id, wiring.PERSONAL))
