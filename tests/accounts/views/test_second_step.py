"""The second step at the door: a code after the password."""

import pytest

from tests.accounts.steps import (
    carry,
    code_from,
    is_in,
    set_up_factor,
    sign_in,
)


def test_a_second_factor_is_asked_for_after_the_password(ada, client_of):
    at_home = client_of()
    sign_in(at_home)
    key, _codes = set_up_factor(at_home)
    client = client_of()

    first = sign_in(client, next="/me/sessions")
    assert first.location == "/sign-in/code?next=/me/sessions"
    assert not is_in(client)
    assert client.get(first.location).status_code == 200

    second = client.submit("/sign-in/code", {"code": code_from(key, 30), "next": "/me/sessions"})

    assert (second.status_code, second.location) == (303, "/me/sessions")
    assert is_in(client)


@pytest.fixture
def key_and_codes(ada, client_of):
    """Ada's account has a second factor."""
    client = client_of()
    sign_in(client)
    return set_up_factor(client)


def test_a_code_works_once_with_or_without_spaces(key_and_codes, client_of):
    code = code_from(key_and_codes[0], 30)
    answers = []
    for typed in (code, code, f"{code[:3]} {code[3:]}", f" {code} "):
        client = client_of()
        sign_in(client)
        answers.append(client.submit("/sign-in/code", {"code": typed}).status_code)

    assert answers == [303, 422, 422, 422]


def test_a_code_older_than_the_last_one_used_is_refused(key_and_codes, client_of):
    client = client_of()
    sign_in(client)
    used = code_from(key_and_codes[0])  # the one the set-up took

    assert client.submit("/sign-in/code", {"code": used}).status_code == 422


def test_wrong_codes_are_refused_beside_the_field(key_and_codes, client_of):
    client = client_of()
    codes = ["", "000000", "1234567", "abc", "١٢٣٤٥٦", "１２３４５６", "\x00" * 6, "9" * 100_000, "-1", "1e5"]
    answers = []
    for code in codes:
        sign_in(client)
        answers.append(client.submit("/sign-in/code", {"code": code}))

    assert [answer.status_code for answer in answers] == [422] * len(codes)
    assert all('id="code-error"' in answer.text for answer in answers)
    assert not is_in(client)


def test_a_recovery_code_works_once_however_it_is_typed(key_and_codes, client_of):
    first, second, *_rest = key_and_codes[1]
    answers = []
    for typed in (first, first, second.upper().replace("-", " ")):
        client = client_of()
        sign_in(client)
        answers.append(client.submit("/sign-in/code", {"code": typed}).status_code)

    assert answers == [303, 422, 303]


def test_after_five_wrong_codes_the_password_is_asked_again(key_and_codes, client_of):
    client = client_of()
    sign_in(client)

    answers = [client.submit("/sign-in/code", {"code": "000000"}) for _ in range(5)]

    assert [answer.status_code for answer in answers] == [422] * 4 + [303]
    assert answers[-1].location.startswith("/sign-in?")
    assert client.submit("/sign-in/code", {"code": code_from(key_and_codes[0], 30)}).location.startswith("/sign-in?")


def test_the_second_step_alone_leads_nowhere(key_and_codes, client_of):
    client = client_of()

    assert client.get("/sign-in/code").location.startswith("/sign-in?")
    assert client.submit("/sign-in/code", {"code": code_from(key_and_codes[0], 30)}).location.startswith("/sign-in?")
    assert not is_in(client)


def test_the_cookie_of_a_first_step_is_no_session(key_and_codes, client_of):
    client, other = client_of(), client_of()
    sign_in(client)
    with client.session_transaction() as cookie:
        waiting = cookie["second-step"]

    carry(other, waiting)

    assert not is_in(other)
