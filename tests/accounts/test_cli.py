"""What the operator does at the terminal."""

import dataclasses

import pytest
from click.testing import CliRunner

from portal.accounts.cli import account, init
from portal.app import create_app, main
from portal.web.schema import upgrade
from tests.accounts.steps import PASSWORD, an_account, is_in, kinds, mails, set_up_factor, sign_in, stored
from tests.fixtures.portal import Page


@pytest.fixture
def empty(settings, tmp_path):
    """A portal whose database does not exist yet."""
    app = create_app(dataclasses.replace(settings, database_url=f"sqlite:///{tmp_path / 'new.sqlite3'}"))
    app.extensions["security"].pwd_context.update(argon2__time_cost=1, argon2__memory_cost=8, argon2__parallelism=1)
    yield app
    app.extensions["database"].dispose()


@pytest.fixture
def app(empty):
    """The same with its schema, made by the revisions and not from the models: `init` runs them again."""
    upgrade(empty)
    return empty


@pytest.fixture
def run(empty):
    """Run a command on the test's portal."""

    def run(command, *arguments, stdin=""):
        return CliRunner().invoke(command, arguments, input=stdin, obj=lambda: empty)

    return run


def test_init_makes_the_database_and_the_first_administrator(empty, run):
    done = run(init, "--name", "Olga Petrov", "--email", "Olga@example.org", stdin=PASSWORD + "\n")

    assert done.exit_code == 0, done.output
    assert "http://127.0.0.1:8000/sign-in" in done.output
    assert PASSWORD not in done.output
    made = stored(empty, "olga@example.org")
    assert (made.name, made.is_admin, made.is_confirmed) == ("Olga Petrov", True, True)
    client = Page(empty.test_client())
    sign_in(client, "olga@example.org")
    assert is_in(client)


def test_init_asks_for_what_is_not_given(app, run):
    done = run(init, stdin=f"Olga Petrov\nolga@example.org\n{PASSWORD}\n")

    assert "Full name: " in done.output
    assert (done.exit_code, stored(app, "olga@example.org").is_admin) == (0, True)


def test_init_refuses_where_an_administrator_exists(app, run):
    an_account(app, "first@example.org", is_admin=True)

    done = run(init, "--name", "Olga Petrov", "--email", "olga@example.org", stdin=PASSWORD)

    assert done.exit_code == 1
    assert "administrator already" in done.output
    assert stored(app, "olga@example.org") is None


@pytest.mark.parametrize(
    ("name", "email", "password", "named"),
    [
        ("Olga Petrov", "olga@example.org", "", "password"),
        ("Olga Petrov", "olga@example.org", "Password1234", "password"),
        ("Olga Petrov", "olga@example.org", "olga.petrov.olga", "password"),
        ("Olga Petrov", "olga", PASSWORD, "email"),
        ("\x00", "olga@example.org", PASSWORD, "name"),
    ],
)
def test_init_refuses_bad_input_with_the_field_and_makes_nobody(app, run, name, email, password, named):
    done = run(init, "--name", name, "--email", email, stdin=password)

    assert (done.exit_code, done.output.startswith(f"Error: {named}: ")) == (1, True)
    assert kinds(app) == []


def test_init_does_not_take_over_an_account(app, ada, run):
    done = run(init, "--name", "Olga Petrov", "--email", "ada@example.org", stdin=PASSWORD)

    assert done.exit_code == 1
    assert not stored(app, "ada@example.org").is_admin


def test_add_makes_a_confirmed_account_without_a_password(app, run):
    done = run(account, "add", "--name", "Grace Moor", "--email", "Grace@example.org", "--kind", "student")

    made = stored(app, "grace@example.org")
    assert (done.exit_code, made.is_confirmed, made.password, str(made.kind)) == (0, True, None, "student")
    assert "/reset" in done.output
    assert run(account, "add", "--name", "Grace Moor", "--email", "grace@example.org").exit_code == 1
    assert run(account, "add", "--name", "", "--email", "x@example.org").exit_code == 1
    assert run(account, "add", "--name", "Grace Moor", "--email", "x").exit_code == 1


def test_deactivate_closes_the_account_at_once(app, ada, run, client_of):
    client = client_of(ada)

    assert run(account, "deactivate", "ADA@example.org").exit_code == 0

    assert not is_in(client)
    assert kinds(app)[-1] == "account.deactivated"
    assert [run(account, "deactivate", email).exit_code for email in ("ada@example.org", "nobody@example.org", "x")] == [1, 1, 1]


def test_dropping_a_second_factor_lets_its_owner_in_again_and_tells_them(app, ada, run, client_of):
    client = client_of()
    sign_in(client)
    set_up_factor(client)

    done = run(account, "drop-second-factor", "ADA@example.org")

    assert done.exit_code == 0, done.output
    assert not is_in(client)
    assert sign_in(client_of()).location == "/work"
    assert "no longer asks for a code" in mails(app, "ada@example.org")[-1].subject
    assert [run(account, "drop-second-factor", email).exit_code for email in ("ada@example.org", "nobody@example.org")] == [1, 1]


def test_the_portals_own_command_line_knows_them():
    listed = CliRunner().invoke(main, ["--help"]).output

    assert "init" in listed
    assert "account" in listed
