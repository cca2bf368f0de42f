"""Erasing one's account: nothing says any more who it was, and what others have part in stays readable."""

import json

import pytest
from sqlalchemy import select

from portal import wiring
from portal.accounts.actions import ask_for_address, open_session
from portal.accounts.closing import deactivate_account, erase_account, restore_account
from portal.accounts.export import document
from portal.accounts.models import User
from portal.collaborations.models import Collaboration
from portal.kernel.db import Base, transaction
from portal.kernel.errors import Missing, Refused
from portal.kernel.policy import Role
from portal.listings.models import ListingReader
from portal.notifications.actions import choose_mails, queue_mail
from portal.people.actions import edit_profile
from portal.people.inputs import ProfileText
from portal.people.models import Profile
from portal.proposals.states import ProposalState
from portal.threads.models import Message
from tests.accounts.steps import PASSWORD, an_account, is_in, kinds, sign_in, stored
from tests.build import (
    ADMIN,
    a_collaboration,
    a_listing,
    a_member,
    a_proposal,
    actor_of,
    an_interest,
    an_organisation,
    facts,
)

NAME, TRACE = "Grace Quillfeather", "quillfeather"


@pytest.fixture
def gone(session):
    """Somebody who did everything and was erased; with what is left."""
    collaboration = a_collaboration(session)
    person = collaboration.partner_lead
    person.name, person.email = NAME, f"{TRACE}@example.org"
    actor = actor_of(session, person)
    text = ProfileText(headline="Quillfeather, professor", about="I am Quillfeather", orcid="0000-0002-1825-0097", listed=True)
    session.flush()
    edit_profile(session, session.get_one(Profile, person.id), text, actor=actor)
    draft = a_proposal(session, a_listing(session), person, title="A draft of Quillfeather")
    an_interest(session, a_listing(session), person)
    about = {"subject_type": "collaboration", "subject_id": collaboration.id}
    session.add(Message(**about, number=1, mentioned=[], author_id=person.id, body="Shared.", at=draft.created_at))
    open_session(session, person, device="Quillfeather’s browser")
    ask_for_address(session, person, f"{TRACE}@elsewhere.example")
    queue_mail(session, to=person.email, subject="To you", text="Dear Quillfeather", account_id=person.id)
    queue_mail(session, to=person.email, subject="To this address", text="Dear Quillfeather")
    open_to = a_listing(session)
    session.add(ListingReader(listing_id=open_to.id, email=person.email, account_id=person.id))
    session.add(ListingReader(listing_id=draft.listing_id, email=person.email))
    choose_mails(session, person.id, wanted=False)
    person.password, person.tf_totp_secret, person.time_zone = "quillfeather-hash", "quillfeather-secret", "Pacific/Apia"
    session.flush()
    assert sum(TRACE in row.casefold() for row in everything(session)) > 8
    erase_account(session, person, [], actor=actor)
    session.flush()
    return person, collaboration, draft


def everything(session):
    """All that the database holds, as text."""
    for table in Base.metadata.tables.values():
        for row in session.connection().exec_driver_sql(f'SELECT * FROM "{table.name}"'):
            yield f"{table.name}: {tuple(row)}"


def test_nothing_in_the_database_says_who_it_was(session, gone):
    found = [row for row in everything(session) if TRACE in row.casefold() or "Pacific/Apia" in row or "-1825-" in row]

    assert found == []


def test_what_others_have_part_in_is_a_former_members(session, gone):
    person, collaboration, draft = gone

    assert session.scalars(select(User.name).where(User.id == collaboration.partner_lead_id)).one() == "Former member"
    assert session.scalars(select(Message.body)).one() == "Shared."
    assert session.get_one(Collaboration, collaboration.id).title == collaboration.title
    assert (draft.title, draft.draft) == ("–", {})
    assert facts(session, person)[-1] == "account.erased"
    assert "membership.ended" in facts(session)
    told = json.loads("".join(document(session, person.id, wiring.PERSONAL)))
    assert [name for name in ("profile", "membership", "account_session", "delivery", "preference") if told[name]] == []


def test_an_erased_account_stays_erased(session, gone):
    for decide in (restore_account, deactivate_account):
        with pytest.raises(Missing):
            decide(session, gone[0], actor=ADMIN)


def test_nobody_is_erased_while_something_hangs_on_them(session):
    proposal = a_proposal(session, state=ProposalState.SUBMITTED)

    with pytest.raises(Refused):
        erase_account(session, proposal.author, ["something"], actor=actor_of(session, proposal.author))

    assert proposal.author.active


def test_the_only_member_of_an_organisation_can_go(session):
    person = a_member(session, an_organisation(session), Role.ADMINISTRATOR)

    erase_account(session, person, [], actor=actor_of(session, person))

    assert person.name == "Former member"


def test_the_page_asks_for_the_password_and_then_it_is_done(app, ada, client_of):
    client, elsewhere = client_of(), client_of()
    sign_in(elsewhere)
    sign_in(client)
    page = client.get("/me/account/erase")
    assert 'action="/me/account/erase"' in page.text

    wrong = client.submit("/me/account/erase", {"password": "not it"})
    assert (wrong.status_code, 'id="password-error"' in wrong.text) == (422, True)
    assert is_in(client)
    answer = client.submit("/me/account/erase", {"password": PASSWORD})

    assert (answer.status_code, answer.location) == (303, "/")
    assert "Farewell" in client.get("/").text
    assert [is_in(browser) for browser in (client, elsewhere)] == [False, False]
    assert sign_in(client).status_code == 422
    assert stored(app, "ada@example.org") is None
    assert "account.erased" in kinds(app)
    operator = client_of(an_account(app, "operator@example.org", is_admin=True))
    assert "Former member" not in operator.get("/admin/accounts").text
    assert operator.submit(f"/admin/accounts/{ada.id}/restore").status_code == 404
    assert "Former member" in operator.get("/audit").text


def test_the_address_is_free_for_a_new_account(app, ada, client_of):
    client = client_of()
    sign_in(client)
    client.submit("/me/account/erase", {"password": PASSWORD})

    again = an_account(app, "ada@example.org", PASSWORD)

    assert again.id != ada.id
    assert sign_in(client_of()).location == "/work"


def test_what_hangs_on_one_is_named_and_nothing_is_erased(app, client_of):
    client = client_of(an_account(app, "operator@example.org", PASSWORD, is_admin=True))

    page = client.get("/me/account/erase")

    assert "the only administrator of the portal" in page.text
    assert 'action="/me/account/erase"' not in page.text
    assert client.submit("/me/account/erase", {"password": PASSWORD}).status_code == 409
    assert stored(app, "operator@example.org").active


def test_an_account_without_a_password_is_shown_the_way_to_one(app, client_of):
    client = client_of(an_account(app, "demo@example.org"))

    assert 'href="/reset"' in client.get("/me/account/erase").text
    assert client.submit("/me/account/erase", {"password": ""}).status_code == 422


def test_names_stand_on_pages_as_a_former_members(app, db, client_of):
    with transaction(db):
        collaboration = a_collaboration(db)
        host = collaboration.host_lead
        partner = collaboration.partner_lead
        erase_account(db, partner, [], actor=actor_of(db, partner))
        pages = [collaboration.href, f"/proposals/{collaboration.proposal_reference}", "/activity"]
    client = client_of(host)

    for page in pages:
        answer = client.get(page)
        assert (answer.status_code, "Former member" in answer.text) == (200, True), page
