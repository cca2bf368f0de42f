"""In, out, and what does not lead in."""

import re

from portal.accounts.actions import register
from portal.accounts.closing import deactivate_account
from portal.accounts.inputs import Registration
from portal.accounts.queries import account_by_email
from portal.kernel.db import transaction
from portal.kernel.policy import SYSTEM_ACTOR
from tests.accounts.steps import (
    PASSWORD,
    REGISTRATION,
    an_account,
    carry,
    field,
    is_in,
    kinds,
    mails,
    sessions,
    sign_in,
    stored,
    token_of,
)


def test_the_form_is_there_for_everybody(client_of):
    page = client_of().get("/sign-in")

    assert page.status_code == 200
    assert 'autocomplete="current-password"' in page.text
    assert page.text.count("<h1") == 1


def test_right_password_opens_a_session_row_and_leads_to_ones_work(app, ada, client_of):
    client = client_of()

    answer = sign_in(client)

    assert (answer.status_code, answer.location) == (303, "/work")
    assert is_in(client)
    assert [row.account_id for row in sessions(app)] == [ada.id]
    assert kinds(app)[-1] == "account.signed_in"


def test_the_address_may_be_typed_in_any_case(ada, client_of):
    assert [sign_in(client_of(), typed).status_code for typed in ("ADA@Example.org", "  ada@example.org ")] == [303, 303]


def test_device_and_network_are_noted_in_words(app, ada, client_of):
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"

    client_of().submit("/sign-in", {"email": "ada@example.org", "password": PASSWORD}, headers={"User-Agent": agent})

    assert [(row.device, row.network) for row in sessions(app)] == [("Firefox, Linux", "127.0.0.0/24")]


def without_accidents(page):
    """The page without what differs from one answer to the next for reasons of its own."""
    return re.sub(r'value="[^"]*"|nonce="[^"]*"', "", page.text)


def test_every_reason_not_to_let_in_gives_the_same_answer(app, ada, client_of):
    an_account(app, "no-password@example.org")
    closed = an_account(app, "closed@example.org", PASSWORD)
    with app.extensions["database"].writing() as session, transaction(session):
        deactivate_account(session, account_by_email(session, closed.email), actor=SYSTEM_ACTOR)
        register(session, Registration(**REGISTRATION), password_hash=stored(app, "ada@example.org").password)

    tries = [
        ("ada@example.org", "not the password"),
        ("nobody@example.org", PASSWORD),
        ("no-password@example.org", ""),
        ("closed@example.org", PASSWORD),
        ("grace@example.org", PASSWORD),  # registered, not confirmed
        ("not an address", PASSWORD),
    ]
    answers = [sign_in(client_of(), email, password) for email, password in tries]

    assert [answer.status_code for answer in answers] == [422] * len(tries)
    assert len({without_accidents(answer) for answer in answers}) == 1
    assert len({tuple(sorted(name for name, _value in answer.headers)) for answer in answers}) == 1


def test_the_address_typed_is_kept_and_the_password_is_not(ada, client_of):
    page = sign_in(client_of(), "ada@example.org", "not the password")

    assert 'value="ada@example.org"' in page.text
    assert "not the password" not in page.text
    assert "Error: Sign in" in page.text


def test_the_right_password_of_an_unconfirmed_account_brings_a_new_message(app, client_of):
    client_of().submit("/register", REGISTRATION)

    sign_in(client_of(), "grace@example.org", "not the password")
    before = len(mails(app, "grace@example.org"))
    sign_in(client_of(), "grace@example.org", PASSWORD)

    assert (before, len(mails(app, "grace@example.org"))) == (1, 2)


def test_a_form_without_its_token_is_refused_before_anything_happens(app, ada):
    answer = app.test_client().post("/sign-in", data={"email": "ada@example.org", "password": PASSWORD})

    assert answer.status_code == 400
    assert sessions(app) == []


def test_signing_in_gives_a_new_token_and_ends_the_session_before(app, ada, client_of):
    client = client_of()
    sign_in(client)
    first = token_of(client)
    sign_in(client)

    assert token_of(client) != first
    other = client_of()
    carry(other, first)
    assert not is_in(other)


def test_a_token_put_into_a_visitors_browser_is_not_the_one_they_get(app, ada, client_of):
    client = client_of()
    carry(client, "a token chosen by somebody else, long enough to look right")

    sign_in(client)

    assert token_of(client) != "a token chosen by somebody else, long enough to look right"
    attacker = client_of()
    carry(attacker, "a token chosen by somebody else, long enough to look right")
    assert not is_in(attacker)


def test_a_form_token_from_before_signing_in_is_worth_nothing_after(ada, client_of):
    client = client_of()
    page = client.get("/sign-in")
    before = re.search(r'name="csrf_token" value="([^"]*)"', page.text)[1]
    client.post("/sign-in", data={"csrf_token": before, "email": "ada@example.org", "password": PASSWORD})
    assert is_in(client)

    assert client.post("/sign-out", data={"csrf_token": before}).status_code == 400


def test_signing_out_ends_the_row_and_a_copied_cookie_is_dead(app, ada, client_of):
    client, thief = client_of(), client_of()
    sign_in(client)
    carry(thief, token_of(client))
    assert is_in(thief)

    answer = client.submit("/sign-out")

    assert (answer.status_code, answer.location) == (303, "/")
    assert not is_in(client)
    assert not is_in(thief)
    assert all(row.ended_at for row in sessions(app))
    assert kinds(app)[-1] == "account.session_ended"


def test_signing_out_twice_or_as_a_visitor_does_no_harm(ada, client_of):
    client = client_of(ada)

    assert [client.submit("/sign-out").status_code for _ in range(2)] == [303, 303]
    assert client_of().submit("/sign-out").status_code == 303


def test_no_get_signs_anybody_out(ada, client_of):
    client = client_of(ada)

    assert client.get("/sign-out").status_code == 405
    assert is_in(client)


def test_a_page_asked_for_is_where_one_lands(ada, client_of):
    client = client_of()
    asked = client.get("/me/sessions")
    page = client.get(asked.location)

    assert asked.location == "/sign-in?next=/me/sessions"
    assert 'name="next" value="/me/sessions"' in page.text
    assert sign_in(client, next="/me/sessions").location == "/me/sessions"


ELSEWHERE = [
    "https://evil.example/",
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/ /evil.example",
    "/\x00/evil.example",
    "/\x0b/evil.example",
    "/\u0085/evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "http:evil.example",
    "http:/evil.example",
    "http:///evil.example",
    "evil.example",
    ".evil.example",
    "@evil.example",
    "?next=//evil.example",
    "#//evil.example",
    "",
    "/" * 3000,
    "/work\r\nSet-Cookie: a=b",
    "ftp://evil.example",
]


def test_nobody_is_sent_to_another_host(ada, client_of):
    client = client_of()

    assert {target: sign_in(client, next=target).location for target in ELSEWHERE} == dict.fromkeys(ELSEWHERE, "/work")


HOSTILE = [
    {},
    {"email": "ada@example.org"},
    {"password": PASSWORD},
    {"email": "\x00", "password": "\x00"},
    {"email": "a" * 100_000, "password": "b" * 100_000},
    {"email": ["ada@example.org", "b@example.org"], "password": ["x", PASSWORD]},
    {"email[]": "ada@example.org", "password": PASSWORD},
    {"email": "ada@example.org' OR 1=1 --", "password": "' OR 1=1 --"},
    {"email": "\u202eada@example.org", "password": "\ud7ff\ufffe"},
    {"email": "{{7*7}}", "password": "${7*7}"},
]


def test_hostile_input_is_refused_beside_the_field(ada, client_of):
    client = client_of()
    answers = [client.submit("/sign-in", hostile) for hostile in HOSTILE]

    assert [answer.status_code for answer in answers] == [422] * len(HOSTILE)
    assert all('id="email-error"' in answer.text for answer in answers)


def test_bytes_that_are_no_text_are_refused(ada, client_of):
    client = client_of()
    token = field(client.get("/sign-in"), "csrf_token")
    body = f"csrf_token={token}&email=ada%ff%fe@example.org&password=%ed%b2%80%80%00".encode()

    answer = client.post("/sign-in", data=body, content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 422


# The second step
