"""Who is asking: found out once per request, cheaply, and believed only as long as the session's row lives."""

import datetime as dt

import pytest
from flask import g
from flask import session as cookie_session
from flask_login import current_user
from sqlalchemy import event

from portal.accounts.models import User
from portal.accounts.queries import IDLE
from portal.kernel import clock
from portal.kernel.policy import VISITOR, Actor
from tests.accounts.steps import PASSWORD, carry, is_in, sessions, sign_in, stored, token_of

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def loaded_accounts():
    """The accounts that became objects while the test ran."""
    loaded = []

    def note(account, _context):
        loaded.append(account)

    event.listen(User, "load", note)
    yield loaded
    event.remove(User, "load", note)


def about_the_actor(asked):
    return [statement for statement in asked if "FROM account_session" in statement]


def test_an_ordinary_page_asks_once_who_is_there_and_loads_no_account(ada, client_of, count_statements, loaded_accounts):
    client = client_of(ada)
    loaded_accounts.clear()

    with count_statements() as asked:
        page = client.get("/display")

    assert page.status_code == 200
    assert len(about_the_actor(asked)) == 1
    assert [statement for statement in asked if "FROM account " in statement or "UPDATE" in statement] == []
    assert loaded_accounts == []


def test_a_visitors_page_asks_nothing(client_of, count_statements):
    client_of().get("/display")  # what is announced is looked up now and then
    with count_statements() as asked:
        client_of().get("/display")

    assert asked == []


def test_static_files_ask_nothing(app, ada, client_of, count_statements):
    client = client_of(ada)
    with count_statements() as asked:
        client.get(app.jinja_env.globals["asset_url"]("theme.css"))

    assert asked == []


def test_nothing_of_the_library_runs_in_every_request(app):
    hooks = [
        *app.before_request_funcs[None],
        *app.after_request_funcs[None],
        *app.teardown_request_funcs.get(None, ()),
        *app.template_context_processors[None],
    ]

    foreign = ("flask_login", "flask_principal", "flask_security", "flask_limiter")
    assert [hook for hook in hooks if hook.__module__.startswith(foreign)] == []
    assert not [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("security.")]


def test_use_is_noted_every_five_minutes_and_not_before(app, ada, client_of, frozen, count_statements):
    client = client_of(ada)

    def writes_after(minutes):
        with clock.at(frozen + minutes * MINUTE), count_statements() as asked:
            client.get("/display")
        return len([statement for statement in asked if statement.startswith("UPDATE account_session")])

    assert [writes_after(minutes) for minutes in (1, 4, 5, 6, 9, 10)] == [0, 0, 1, 0, 0, 1]
    assert sessions(app)[0].seen_at == frozen + 10 * MINUTE


def test_a_page_is_served_while_somebody_else_writes(app, ada, client_of, frozen):
    client = client_of(ada)
    app.extensions["database"].engine.dispose()

    @event.listens_for(app.extensions["database"].engine, "connect")
    def _impatient(connection, _record):
        connection.execute("PRAGMA busy_timeout=20")

    with app.extensions["database"].writing() as busy:
        busy.connection()
        with clock.at(frozen + 10 * MINUTE):
            assert client.get("/display").status_code == 200

    assert sessions(app)[0].seen_at == frozen


def test_a_session_ends_when_unused_and_its_cookie_is_emptied(ada, client_of, frozen):
    client = client_of(ada)

    with clock.at(frozen + IDLE + MINUTE):
        assert client.get("/me/sessions").location == "/sign-in?next=/me/sessions"
    assert token_of(client) is None


def test_a_session_in_use_ends_after_a_week(ada, client_of, frozen):
    client = client_of(ada)
    days = [is_in_after(client, frozen + hours * 60 * MINUTE) for hours in range(0, 24 * 7 + 12, 6)]

    assert days == [True] * (24 * 7 // 6 + 1) + [False]


def is_in_after(client, moment):
    with clock.at(moment):
        return is_in(client)


def test_closing_an_account_takes_effect_on_the_next_request(app, ada, client_of, db):
    client = client_of(ada)
    db.merge(stored(app, "ada@example.org")).active = False
    db.commit()

    assert not is_in(client)


@pytest.mark.parametrize("token", ["", "x", 7, None, ["x"], {"a": "b"}, "\x00", "é" * 1000])
def test_tokens_that_cannot_be_one_make_a_visitor(client_of, token):
    client = client_of()
    carry(client, token)

    assert client.get("/display").status_code == 200
    assert not is_in(client)


def test_the_librarys_own_marks_in_a_cookie_open_nothing(app, ada, client_of):
    client = client_of()
    with client.session_transaction() as cookie:
        cookie |= {"_user_id": ada.fs_uniquifier, "_fresh": True, "fs_cc": "set", "fs_paa": 9e9}

    assert not is_in(client)


def test_the_library_knows_whoever_the_row_knows_and_nobody_else(app, ada):
    for actor, known in ((Actor(ada.id), ada.email), (VISITOR, None)):
        for marks in ({}, {"_user_id": ada.fs_uniquifier, "_fresh": True}):
            with app.test_request_context("/"), app.extensions["database"].reading() as session:
                g.db, g.actor = session, actor
                cookie_session.update(marks)
                assert getattr(current_user, "email", None) == known


def test_the_cookie_is_closed_to_scripts_and_other_sites(ada, client_of):
    cookies = sign_in(client_of()).headers.getlist("Set-Cookie")

    (cookie,) = [cookie for cookie in cookies if cookie.startswith("session=")]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Domain" not in cookie


def test_the_cookie_holds_nothing_about_the_person(ada, client_of):
    client = client_of()
    sign_in(client)

    with client.session_transaction() as cookie:
        assert set(cookie) <= {"sid", "csrf_token"}
        assert PASSWORD not in str(dict(cookie))
        assert cookie["sid"] not in str(ada.__dict__)
