"""Leaving for a while, and coming back by signing in."""

from portal.kernel.db import transaction
from portal.kernel.policy import Role
from portal.proposals.states import ProposalState
from tests.accounts.steps import PASSWORD, an_account, code_from, is_in, kinds, mails, set_up_factor, sign_in, stored
from tests.build import a_collaboration, a_member, a_proposal, an_organisation


def test_who_closes_their_account_is_out_everywhere_and_back_by_signing_in(app, ada, client_of):
    client, elsewhere = client_of(), client_of()
    sign_in(elsewhere)
    sign_in(client)
    assert 'action="/me/account/close"' in client.get("/me/account").text

    answer = client.submit("/me/account/close")

    assert (answer.status_code, answer.location) == (303, "/")
    assert "Sign in whenever you want it back" in client.get("/").text
    assert [is_in(browser) for browser in (client, elsewhere)] == [False, False]
    assert not stored(app, "ada@example.org").active
    assert sign_in(client, password="not the password").status_code == 422

    assert sign_in(client).location == "/work"
    assert "Welcome back" in client.get("/me/security").text
    assert [mail.subject.partition(" – ")[0] for mail in mails(app, "ada@example.org")] == [
        "Your account is closed",
        "Your account is open again",
    ]
    assert [kind for kind in kinds(app) if kind in ("account.deactivated", "account.restored")] == [
        "account.deactivated",
        "account.restored",
    ]


def test_the_second_factor_is_asked_for_on_the_way_back(app, ada, client_of):
    client = client_of()
    sign_in(client)
    key, _codes = set_up_factor(client)
    client.submit("/me/account/close")

    first = sign_in(client)
    assert first.location.startswith("/sign-in/code")
    assert not stored(app, "ada@example.org").active
    client.submit("/sign-in/code", {"code": code_from(key, 30)})

    assert is_in(client)


def test_a_forgotten_password_can_be_replaced_while_the_account_is_closed(app, ada, client_of):
    client = client_of()
    sign_in(client)
    client.submit("/me/account/close")

    client.submit("/reset", {"email": "ada@example.org"})

    assert "Choose a new password" in mails(app, "ada@example.org")[-1].subject


def test_the_last_administrator_of_the_portal_stays(app, client_of):
    client = client_of(an_account(app, "operator@example.org", PASSWORD, is_admin=True))

    assert "the only administrator of the portal" in client.get("/me/account").text
    assert 'action="/me/account/close"' not in client.get("/me/account").text
    assert client.submit("/me/account/close").status_code == 409
    assert is_in(client)

    an_account(app, "second@example.org", is_admin=True)
    assert client.submit("/me/account/close").location == "/"


def test_the_last_administrator_of_an_organisation_stays_while_it_has_other_members(app, db, client_of):
    with transaction(db):
        organisation = an_organisation(db, "Quill Acoustics")
        keeper = a_member(db, organisation, Role.ADMINISTRATOR)
        alone = a_member(db, an_organisation(db), Role.ADMINISTRATOR)
    assert client_of(alone).submit("/me/account/close").location == "/"
    assert 'action="/me/account/close"' in client_of(keeper).get("/me/account").text

    with transaction(db):
        a_member(db, organisation)
        closed = a_member(db, organisation, Role.ADMINISTRATOR)
        closed.active = False
    page = client_of(keeper).get("/me/account").text
    assert "Quill Acoustics" in page
    assert client_of(keeper).submit("/me/account/close").status_code == 409

    with transaction(db):
        a_member(db, organisation, Role.ADMINISTRATOR)
    assert client_of(keeper).submit("/me/account/close").location == "/"


def test_who_leads_a_running_collaboration_is_told_which(app, db, client_of, count_statements):
    with transaction(db):
        collaboration = a_collaboration(db)
        leads = [collaboration.host_lead, collaboration.partner_lead]
        db.refresh(collaboration)
        title, href = collaboration.title, collaboration.href

    for lead in leads:
        client = client_of(lead)
        with count_statements() as asked:
            page = client.get("/me/account")
        assert f'href="{href}"' in page.text
        assert title in page.text
        assert len(asked) <= 6
        assert client.submit("/me/account/close").status_code == 409


def test_open_listings_and_undecided_proposals_are_named_too(app, db, client_of, count_statements):
    with transaction(db):
        proposal = a_proposal(db, state=ProposalState.SUBMITTED)
        owner, author = proposal.listing.owner, proposal.author
        named = {owner: (proposal.listing.title, proposal.listing.href), author: (proposal.title, proposal.href)}
        draft = a_proposal(db).author

    for person, (title, href) in named.items():
        client = client_of(person)
        with count_statements() as asked:
            page = client.get("/me/account")
        assert f'href="{href}">{title}' in page.text
        assert len(asked) <= 6
        assert client.submit("/me/account/close").status_code == 409
    assert client_of(draft).submit("/me/account/close").location == "/"


def test_visitors_are_sent_to_sign_in(client_of):
    assert client_of().get("/me/account").location == "/sign-in?next=/me/account"
    assert client_of().submit("/me/account/close").location == "/sign-in"
