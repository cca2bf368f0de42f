"""Another e-mail address for the same account."""

import re

import pytest

from portal.kernel import clock
from tests.accounts.steps import PASSWORD, REGISTRATION, an_account, is_in, kinds, link_in, mails, sign_in, stored

NEW = "ada@elsewhere.example"


def ask(client, email=NEW, password=PASSWORD):
    return client.submit("/me/email", {"email": email, "password": password})


def subjects(app, to):
    return [mail.subject.partition(" – ")[0] for mail in mails(app, to)]


def without_accidents(page):
    return re.sub(r'value="[^"]*"|nonce="[^"]*"', "", page.text)


def test_the_new_address_is_in_force_once_it_is_confirmed_and_both_are_told(app, ada, client_of):
    client, elsewhere = client_of(ada), client_of(ada)

    asked = ask(client, " ADA@Elsewhere.example ")
    assert (asked.status_code, asked.location) == (303, "/me/email/sent")
    assert client.get(asked.location).status_code == 200
    assert stored(app, "ada@example.org").id == ada.id

    link = link_in(mails(app, NEW)[0])
    page = client.get(link)
    assert "ada@example.org" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert stored(app, NEW) is None  # reading changes nothing
    answer = client.submit(link)

    assert (answer.status_code, answer.location) == (303, "/me/security")
    assert NEW in client.get("/me/security").text
    assert not is_in(elsewhere)
    assert [sign_in(client_of(), email).status_code for email in ("ada@example.org", NEW)] == [422, 303]
    assert [mail.subject.partition(" – ")[0] for mail in mails(app, "ada@example.org")] == [
        "Your account shall get another address",
        "Another address opens your account now",
    ]
    assert [mail.subject.partition(" – ")[0] for mail in mails(app, NEW)] == [
        "Confirm your new address",
        "Your new address is in force",
    ]
    assert "account.address_changed" in kinds(app)


def test_without_the_password_nothing_is_asked(app, ada, client_of):
    client = client_of(ada)

    answers = [ask(client, password=wrong) for wrong in ("", "not it", "x" * 100_000, "\x00")]

    assert [answer.status_code for answer in answers] == [422] * 4
    assert all('id="password-error"' in answer.text and f'value="{NEW}"' in answer.text for answer in answers)
    assert mails(app) == []


@pytest.mark.parametrize(
    "email", ["", "ada", "ada@", "a b@example.org", "ada@example.org", "ADA@example.org", "\x00@x.example", "x" * 100_000]
)
def test_what_is_no_new_address_is_refused_beside_the_field(app, ada, client_of, email):
    answer = ask(client_of(ada), email)

    assert (answer.status_code, 'id="email-error"' in answer.text) == (422, True)
    assert mails(app) == []


def test_whether_the_address_is_taken_shows_in_its_mailbox_only(app, ada, client_of):
    an_account(app, "taken@example.org", PASSWORD)
    client_of().submit("/register", REGISTRATION)  # grace@example.org, not confirmed
    before = len(mails(app))

    answers = [ask(client_of(ada), email) for email in ("taken@example.org", "grace@example.org", "nobody@example.org")]

    assert len({(answer.status_code, answer.location, without_accidents(answer)) for answer in answers}) == 1
    sent = mails(app)[before:]
    assert [mail.to_address for mail in sent] == [
        "ada@example.org",
        "taken@example.org",
        "ada@example.org",
        "grace@example.org",
        "ada@example.org",
        "nobody@example.org",
    ]
    assert "has an account already" in sent[1].subject
    assert "/email/" not in sent[1].text


def test_an_address_that_somebody_else_only_typed_in_can_be_taken(app, ada, client_of):
    client_of().submit("/register", REGISTRATION)
    client = client_of(ada)
    ask(client, "grace@example.org")

    client.submit(link_in(mails(app, "grace@example.org")[-1]))

    assert stored(app, "grace@example.org").id == ada.id


def test_an_address_that_was_taken_meanwhile_changes_nothing(app, ada, client_of):
    client = client_of(ada)
    ask(client)
    an_account(app, NEW)

    answer = client.submit(link_in(mails(app, NEW)[0]))

    assert answer.status_code == 410
    assert stored(app, "ada@example.org").id == ada.id


def test_the_link_is_for_the_account_that_asked_only(app, ada, client_of):
    ask(client_of(ada))
    link = link_in(mails(app, NEW)[0])
    stranger = client_of(an_account(app, "stranger@example.org"))

    assert client_of().get(link).location.startswith("/sign-in?next=/email/")
    assert client_of().submit(link).location == "/sign-in"
    assert [stranger.get(link).status_code, stranger.submit(link).status_code] == [410, 410]
    assert stored(app, "ada@example.org").id == ada.id


def test_the_link_works_once_for_one_hour_and_the_newest_only(app, ada, client_of, frozen):
    client = client_of(ada)
    ask(client, "first@example.org")
    ask(client, "second@example.org")
    first, second = (link_in(mails(app, f"{which}@example.org")[0]) for which in ("first", "second"))

    with clock.at(frozen + clock.dt.timedelta(minutes=60)):
        assert client.submit(second).status_code == 410
    answers = [client.submit(link).status_code for link in (first, second, second)]

    assert answers == [410, 303, 410]


def test_a_new_password_makes_the_request_void(app, ada, client_of):
    client = client_of(ada)
    ask(client)
    client.submit("/me/password", {"current": PASSWORD, "password": "nine loud magpies"})

    assert client.submit(link_in(mails(app, NEW)[0])).status_code == 410


def test_what_was_sent_to_the_old_address_opens_nothing_any_more(app, ada, client_of):
    client_of().submit("/reset", {"email": "ada@example.org"})
    reset = link_in(mails(app, "ada@example.org")[0])
    client = client_of(ada)
    ask(client)
    client.submit(link_in(mails(app, NEW)[0]))

    assert client_of().get(reset).status_code == 410


def test_an_account_without_a_password_is_shown_the_way_to_one(app, client_of):
    client = client_of(an_account(app, "demo@example.org"))

    assert 'href="/reset"' in client.get("/me/email").text
    assert ask(client).status_code == 422


def test_unknown_links_are_worth_nothing(ada, client_of):
    client = client_of(ada)

    for token in ("x", "x" * 3000, "%00", "é"):
        assert [client.get(f"/email/{token}").status_code, client.submit(f"/email/{token}").status_code] == [410, 410]
