"""Carrying a portal elsewhere by command."""

import pytest
from click.testing import CliRunner

from portal.app import create_app, main
from portal.kernel.db import transaction
from portal.kernel.settings import Settings
from portal.search.engine.query import Query
from tests import build


@pytest.fixture
def portal(monkeypatch, tmp_path):
    """`portal(instance, …)` runs a command on an instance of its own."""
    monkeypatch.setenv("PORTAL_DURABLE", "false")

    def run(instance, *arguments, code=0):
        monkeypatch.setenv("PORTAL_INSTANCE", str(tmp_path / instance))
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == code, result.output
        return result.output

    return run


def found(folder, word):
    """How many listings the search of an instance finds, as a visitor."""
    app = create_app(Settings(instance=folder, secret_key="x", durable=False, worker_thread=False))
    app.extensions["database"].dispose()
    return app.extensions["index"].search(Query(word, readers=("public",))).total


def test_a_portal_is_carried_to_another_place(portal, tmp_path):
    portal("old", "upgrade")
    app = create_app(Settings(instance=tmp_path / "old", secret_key="x", durable=False, worker_thread=False))
    with app.extensions["database"].writing() as session, transaction(session):
        build.a_listing(session, title="A zephyr in the pump")
    app.extensions["database"].dispose()
    archive = str(tmp_path / "portal.zip")

    assert "0 files are in" in portal("old", "export", archive)
    assert "is there already" in portal("old", "export", archive, code=1)
    assert "the log is sound up to" in portal("new", "restore", archive)
    assert found(tmp_path / "new", "zephyr") == 1
    assert "sound" in portal("new", "audit", "verify")

    assert "not empty" in portal("new", "restore", archive, code=1)
    assert "No such file" in portal("newer", "restore", str(tmp_path / "nowhere.zip"), code=1)


def test_what_is_older_than_promised_is_counted(portal):
    portal("here", "upgrade")

    assert "Proposals that were declined (24 months after the decision): 0" in portal("here", "retention")
