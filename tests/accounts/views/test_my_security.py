"""A new password, and proving once more who one is."""

from portal.kernel import clock
from tests.accounts.steps import PASSWORD, an_account, carry, code_from, is_in, kinds, mails, set_up_factor, sign_in, token_of

NEW = "nine loud magpies"


def test_the_overview_tells_what_there_is(app, ada, client_of, count_statements):
    client = client_of(ada)

    with count_statements() as asked:
        page = client.get("/me/security")

    assert "ada@example.org" in page.text
    assert "Off" in page.text
    assert "signed in on 1 device" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert len(asked) <= 6


def test_visitors_are_sent_to_sign_in(client_of):
    for path in ("/me/security", "/me/password", "/verify", "/me/second-factor"):
        assert client_of().get(path).location == f"/sign-in?next={path}"


def test_a_new_password_signs_every_other_device_out(app, ada, client_of):
    client, elsewhere = client_of(), client_of()
    sign_in(client)
    sign_in(elsewhere)
    before = token_of(client)

    answer = client.submit("/me/password", {"current": PASSWORD, "password": NEW})

    assert (answer.status_code, answer.location) == (303, "/me/security")
    assert is_in(client)
    assert token_of(client) != before
    assert not is_in(elsewhere)
    assert [sign_in(client_of(), password=password).status_code for password in (PASSWORD, NEW)] == [422, 303]
    assert "Your password was changed" in mails(app, "ada@example.org")[-1].subject
    assert "account.password_changed" in kinds(app)


def test_without_the_present_password_nothing_changes(app, ada, client_of):
    client = client_of(ada)

    for wrong in ("", "not it", "x" * 100_000, "\x00"):
        answer = client.submit("/me/password", {"current": wrong, "password": NEW})
        assert (answer.status_code, 'id="current-error"' in answer.text) == (422, True)

    assert sign_in(client_of()).status_code == 303
    assert "account.password_changed" not in kinds(app)


def test_a_weak_new_password_is_refused_beside_its_field(ada, client_of):
    client = client_of(ada)
    for weak in ("short", "Password1234", "ada.fenwick.ada", "sojdlg123aljg"):
        answer = client.submit("/me/password", {"current": PASSWORD, "password": weak})
        assert (answer.status_code, 'id="password-error"' in answer.text) == (422, True)


def test_an_account_without_a_password_is_shown_the_way_to_one(app, client_of):
    client = client_of(an_account(app, "demo@example.org"))

    pages = [client.get("/me/password"), client.get("/verify"), client.get("/me/security")]

    assert [page.status_code for page in pages] == [200] * 3
    assert all('href="/reset"' in page.text for page in pages)
    assert client.submit("/me/password", {"current": "", "password": NEW}).status_code == 422
    assert client.submit("/verify", {"password": ""}).status_code == 422


def test_weighty_pages_ask_for_the_password_again_after_15_minutes(ada, client_of, frozen):
    client = client_of()
    sign_in(client)
    assert client.get("/me/second-factor").status_code == 200

    with clock.at(frozen + clock.dt.timedelta(minutes=16)):
        before = token_of(client)
        sent_away = client.get("/me/second-factor")
        wrong = client.submit("/verify", {"password": "not it", "next": "/me/second-factor"})
        right = client.submit("/verify", {"password": PASSWORD, "next": "/me/second-factor"})

        assert sent_away.location == "/verify?next=/me/second-factor"
        assert wrong.status_code == 422
        assert (right.status_code, right.location) == (303, "/me/second-factor")
        assert client.get("/me/second-factor").status_code == 200
        assert token_of(client) != before
        copied = client_of()
        carry(copied, before)
        assert not is_in(copied)


def test_a_weighty_form_sent_too_late_changes_nothing(ada, client_of, frozen):
    client = client_of()
    sign_in(client)
    set_up_factor(client)

    with clock.at(frozen + clock.dt.timedelta(minutes=16)):
        assert client.submit("/me/second-factor/remove").location == "/verify?next=/me/security"
    assert sign_in(client_of()).location.startswith("/sign-in/code")


def test_proving_asks_for_the_second_factor_too(ada, client_of):
    client = client_of()
    sign_in(client)
    key, _codes = set_up_factor(client)

    assert 'name="code"' in client.get("/verify").text
    assert client.submit("/verify", {"password": PASSWORD}).status_code == 422
    assert client.submit("/verify", {"password": PASSWORD, "code": code_from(key, 30)}).status_code == 303
    assert client.submit("/verify", {"password": PASSWORD, "code": code_from(key, 30)}).status_code == 422


def test_proving_leads_to_no_other_host(ada, client_of):
    client = client_of(ada)

    for elsewhere in ("//evil.example", "https://evil.example", "/\\evil.example"):
        assert client.submit("/verify", {"password": PASSWORD, "next": elsewhere}).location == "/work"


def test_forms_without_their_token_are_refused(ada, client_of):
    client = client_of(ada)

    for path in ("/me/password", "/verify", "/me/second-factor", "/me/second-factor/codes", "/me/second-factor/remove"):
        assert client.post(path, data={"current": PASSWORD, "password": NEW}).status_code == 400
