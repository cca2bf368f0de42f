"""Hashing and comparing."""

import unicodedata

import pytest

from portal.accounts.passwords import account_with, hashed, is_own
from tests.accounts.steps import PASSWORD, an_account


def opens(app, email, password):
    with app.app_context():
        return account_with(email, password) is not None


def test_hashes_are_argon2id_and_never_alike(app):
    with app.app_context():
        one, other = hashed(PASSWORD), hashed(PASSWORD)

    assert one.startswith("$argon2id$")
    assert one != other


def test_a_portal_hashes_as_slowly_as_it_should(settings):
    from portal.app import create_app

    app = create_app(settings)
    with app.app_context():
        assert "m=65536,t=3" in hashed(PASSWORD)
    app.extensions["database"].dispose()


@pytest.mark.parametrize("password", ["x" * 71 + "yz" * 28, "密" * 128, "  spaces at both ends  "])
def test_every_character_counts(app, password):
    an_account(app, "long@example.org", password)

    assert opens(app, "long@example.org", password)
    assert not opens(app, "long@example.org", password[:-1])
    assert not opens(app, "long@example.org", password.strip() + "!")


def test_the_same_letters_in_another_encoding_are_the_same_password(app):
    an_account(app, "ana@example.org", unicodedata.normalize("NFC", "año años añejo"))

    assert opens(app, "ana@example.org", unicodedata.normalize("NFD", "año años añejo"))


@pytest.mark.parametrize("password", ["", "\x00", "lone \udc80", "x" * 100_000, PASSWORD.upper(), PASSWORD + " "])
def test_nothing_else_opens(app, ada, password):
    assert not opens(app, "ada@example.org", password)


def test_closed_accounts_and_accounts_without_a_password_are_opened_by_none(app):
    an_account(app, "closed@example.org", PASSWORD, active=False)
    none = an_account(app, "none@example.org")

    assert not opens(app, "closed@example.org", PASSWORD)
    with app.app_context():
        assert [is_own(none.id, password) for password in ("", "None", PASSWORD)] == [False] * 3


def test_others_may_write_while_a_password_is_compared(app, ada, client_of):
    """A sign-in from a browser that is signed in has asked who is there; that must not keep the writer's place."""
    client = client_of(ada)
    context = app.extensions["security"].pwd_context
    seen = []

    class Watching:
        def __getattr__(self, name):
            with app.extensions["database"].engine.connect().execution_options(begin="IMMEDIATE") as connection:
                connection.exec_driver_sql("UPDATE account SET name = name")
                seen.append(name)
            return getattr(context, name)

    app.extensions["security"].pwd_context = Watching()
    answer = client.submit("/sign-in", {"email": "ada@example.org", "password": "not it"})

    assert answer.status_code == 422
    assert seen != []
