"""Accounts with passwords, quick to check."""

import pytest

from tests.accounts.steps import PASSWORD, an_account


@pytest.fixture
def app(app):
    """The same application with a cheap hash: what is tested is who gets in, not how long it takes."""
    app.extensions["security"].pwd_context.update(argon2__time_cost=1, argon2__memory_cost=8, argon2__parallelism=1)
    return app


@pytest.fixture
def ada(app):
    """Somebody with a confirmed account and `PASSWORD`."""
    return an_account(app, "ada@example.org", PASSWORD)
