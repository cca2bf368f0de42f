"""Accounts as the portal's administrators see and close them."""

import datetime as dt

import pytest

from portal.kernel import clock
from tests.accounts.steps import PASSWORD, an_account, is_in, kinds, mails, sign_in, stored


@pytest.fixture
def operator(app):
    return an_account(app, "operator@example.org", PASSWORD, is_admin=True, name="Olga Petrov")


def test_only_administrators_find_them(app, ada, operator, client_of):
    assert client_of(operator).get("/admin/accounts").status_code == 200
    assert client_of().get("/admin/accounts").location == "/sign-in?next=/admin/accounts"
    client = client_of(ada)
    answers = [client.get("/admin/accounts"), *(client.submit(f"/admin/accounts/{ada.id}/{act}") for act in ("close", "restore"))]
    assert [answer.status_code for answer in answers] == [404] * 3


@pytest.mark.parametrize("q", ["Fenwick", "fenw", "ADA@example.org", "ada@"])
def test_an_account_is_found_by_part_of_its_name_or_address(app, ada, operator, client_of, q):
    page = client_of(operator).get("/admin/accounts", query_string={"q": q})

    assert "ada@example.org" in page.text
    assert "operator@example.org" not in page.text


@pytest.mark.parametrize("q", ["%", "_", "' OR 1=1 --", "nobody", "😀"])
def test_what_is_not_there_is_not_found(ada, operator, client_of, q):
    assert "Nobody found" in client_of(operator).get("/admin/accounts", query_string={"q": q}).text


@pytest.mark.parametrize("q", ["x" * 101, "x" * 100_000])
def test_what_cannot_be_looked_for_is_refused_beside_the_field(operator, client_of, q):
    answer = client_of(operator).get("/admin/accounts", query_string={"q": q})

    assert (answer.status_code, 'id="q-error"' in answer.text) == (422, True)


def test_a_closed_account_opens_nothing_until_it_is_opened_again(app, ada, operator, client_of):
    theirs, client = client_of(), client_of(operator)
    sign_in(theirs)

    answer = client.submit(f"/admin/accounts/{ada.id}/close")
    assert (answer.status_code, answer.location) == (303, "/admin/accounts?q=ada@example.org")
    assert "Closed by an administrator" in client.get(answer.location).text
    assert not is_in(theirs)
    assert sign_in(theirs).status_code == 422
    assert client.submit(f"/admin/accounts/{ada.id}/close").status_code == 409

    client.submit(f"/admin/accounts/{ada.id}/restore")
    assert client.submit(f"/admin/accounts/{ada.id}/restore").status_code == 409
    assert sign_in(theirs).location == "/work"
    assert [mail.subject.partition(" – ")[0] for mail in mails(app, "ada@example.org")] == [
        "Your account was closed",
        "Your account is open again",
    ]
    assert [kind for kind in kinds(app) if kind in ("account.deactivated", "account.restored")] == [
        "account.deactivated",
        "account.restored",
    ]


def test_an_administrator_closes_for_good_what_its_owner_closed_for_a_while(app, ada, operator, client_of):
    theirs, client = client_of(), client_of(operator)
    sign_in(theirs)
    theirs.submit("/me/account/close")

    client.submit(f"/admin/accounts/{ada.id}/close")

    assert sign_in(theirs).status_code == 422


def test_nobody_decides_on_their_own_account_here(app, operator, client_of):
    an_account(app, "second@example.org", is_admin=True)
    client = client_of(operator)

    assert client.submit(f"/admin/accounts/{operator.id}/close").status_code == 409
    assert f'action="/admin/accounts/{operator.id}/close"' not in client.get("/admin/accounts").text
    assert is_in(client)


def test_what_does_not_exist_is_missing(operator, client_of):
    client = client_of(operator)

    assert [client.submit(f"/admin/accounts/{n}/close").status_code for n in (0, 99, 2147483647, 99999999999)] == [404] * 4


def test_decisions_ask_for_the_password_again(app, ada, operator, client_of, frozen):
    client = client_of(operator)

    with clock.at(frozen + dt.timedelta(minutes=16)):
        answer = client.submit(f"/admin/accounts/{ada.id}/close")

    assert answer.location.startswith("/verify?")
    assert stored(app, "ada@example.org").active


def test_the_list_asks_the_same_number_of_questions_for_few_and_many_and_goes_on(app, operator, client_of, count_statements):
    client, counts = client_of(operator), []
    for number in range(30):
        if number in (1, 29):
            with count_statements() as asked:
                page = client.get("/admin/accounts")
            counts.append(len(asked))
        an_account(app, f"person{number}@example.org")

    older = client.get("/admin/accounts", query_string={"after": page.text.partition("after=")[2].partition('"')[0]})
    assert counts[0] == counts[1] <= 6
    assert "person0@example.org" in older.text
    assert "person28@example.org" not in older.text
