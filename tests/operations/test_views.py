"""Health and figures, as a supervisor, a load balancer and Prometheus ask for them."""

import dataclasses
import datetime as dt
import re
import shutil

import pytest
from sqlalchemy import text

from portal.accounts.actions import open_session
from portal.app import create_app
from portal.kernel import clock
from portal.kernel.db import transaction
from portal.kernel.settings import Settings, in_force
from portal.kernel.subscribers import DeadLetter
from portal.notifications.actions import queue_mail
from portal.search.indexing import ensure_all
from portal.web.schema import upgrade
from tests import build


@pytest.fixture
def portal(settings, tmp_path):
    """A portal with the schema as revisions make it, and an index."""
    app = create_app(dataclasses.replace(settings, database_url=f"sqlite:///{tmp_path / 'ready.sqlite3'}"))
    upgrade(app)
    ensure_all(app.extensions["database"], app.extensions["shelves"])
    yield app
    app.extensions["database"].dispose()


def answer(app):
    page = app.test_client().get("/readyz")
    return page.status_code, page.json["ready"], list(page.json["problems"])


def test_a_portal_that_works_is_ready(portal):
    assert answer(portal) == (200, True, [])


def test_another_schema_is_told(portal):
    with portal.extensions["database"].writing() as session, transaction(session):
        session.execute(text("UPDATE alembic_version SET version_num = '0000'"))

    assert answer(portal) == (503, False, ["schema"])


def test_an_index_that_is_gone_is_told(portal):
    shutil.rmtree(portal.extensions["settings"].instance / "index")

    assert answer(portal) == (503, False, ["index"])


def test_a_worker_that_does_not_run_is_told_once_it_is_late(portal):
    with portal.extensions["database"].writing() as session, transaction(session):
        build.a_listing(session)
    assert answer(portal) == (200, True, [])

    with clock.at(clock.now() + dt.timedelta(minutes=6)):
        assert answer(portal) == (503, False, ["worker"])


def test_a_database_that_is_away_is_told_and_the_process_still_answers(settings, tmp_path):
    app = create_app(dataclasses.replace(settings, database_url=f"sqlite:///{tmp_path / 'nowhere' / 'portal.sqlite3'}"))

    status, ready, problems = answer(app)
    assert (status, ready, problems[0]) == (503, False, "database")
    assert app.test_client().get("/healthz").text == "ok\n"


def test_a_disk_that_is_away_is_told(settings, tmp_path):
    app = create_app(dataclasses.replace(settings, instance=tmp_path / "nowhere"))

    assert "disk" in answer(app)[2]


def figures(client, **options):
    page = client.get("/metrics", **options)
    assert page.status_code == 200
    assert page.content_type.startswith("text/plain; version=0.0.4")
    lines = [line.rpartition(" ") for line in page.text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in lines}


def test_requests_are_counted_by_route_and_status_and_by_nothing_else(app, db, client_of):
    with transaction(db):
        listing = build.a_listing(db)
    client = client_of()
    for path in (listing.href, listing.href, "/challenges/CH-9999", "/no/such/page"):
        client.get(path)
    client.open("/healthz", method="BREW")

    found = figures(client)
    route = "/challenges/<ref(CH):id>"
    assert found[f'portal_requests_total{{method="GET",route="{route}",status="200"}}'] == 2
    assert found[f'portal_requests_total{{method="GET",route="{route}",status="404"}}'] == 1
    assert found['portal_requests_total{method="GET",route="none",status="404"}'] == 1
    assert found[f'portal_request_seconds_count{{route="{route}"}}'] == 3
    assert found['portal_requests_total{method="other",route="none",status="405"}'] == 1
    assert [name for name in found if "CH-" in name or "BREW" in name or "such" in name] == []


def test_queues_are_told(app, db, client_of):
    with transaction(db):
        build.a_listing(db)
        db.add(DeadLetter(subscriber="search", event_id=1, error="OSError", at=clock.now()))
        mail = queue_mail(db, to="a@example.org", subject="Subject", text="Text")
        mail.next_at = clock.now() - dt.timedelta(minutes=10)

    found = figures(client_of())

    assert found["portal_dead_letters"] == 1
    assert found['portal_outbox_mails{state="queued"}'] == 1
    assert found['portal_outbox_mails{state="sent"}'] == 0
    assert found["portal_outbox_due_seconds"] >= 600
    assert found['portal_reader_facts_behind{reader="search"}'] > 0
    assert found['portal_reader_facts_behind{reader="notifications"}'] > 0
    assert 'portal_index_documents{kind="organisations"}' in found


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("203.0.113.7", {}),
        ("127.0.0.1", {"X-Forwarded-For": "203.0.113.7"}),
        ("127.0.0.1", {"Via": "1.1 proxy"}),
        ("203.0.113.7", {"X-Forwarded-For": "127.0.0.1"}),
        ("203.0.113.7", {"Authorization": "Bearer "}),
        ("203.0.113.7", {"Authorization": "Bearer wrong"}),
        ("203.0.113.7", {"Authorization": "Bearer wröng"}),
        ("somewhere", {}),
    ],
)
@pytest.mark.parametrize("token", ["", "a token"])
def test_figures_do_not_exist_for_others(settings, address, headers, token):
    app = create_app(dataclasses.replace(settings, metrics_token=token, proxies=1))
    page = app.test_client().get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": address})
    app.extensions["database"].dispose()

    assert page.status_code == 404


def test_the_token_opens_them_to_another_machine(settings):
    app = create_app(dataclasses.replace(settings, metrics_token="a token"))
    headers = {"Authorization": "Bearer a token"}
    found = figures(app.test_client(), headers=headers, environ_base={"REMOTE_ADDR": "203.0.113.7"})
    app.extensions["database"].dispose()

    assert found["portal_dead_letters"] == 0


def test_settings_are_shown_with_their_source_and_secrets_never(settings, monkeypatch):
    monkeypatch.setenv("PORTAL_PORTAL_NAME", "Quayside")
    (settings.instance / "config.toml").write_text('mail_password = "hunter2 of the mail"\nmail_host = "smtp.example.org"\n')
    changed = {"portal_name": "Quayside", "mail_host": "smtp.example.org", "mail_password": "hunter2 of the mail"}
    app = create_app(dataclasses.replace(settings, **changed))
    with app.extensions["database"].writing() as session, transaction(session):
        operator = build.a_person(session, admin=True)
        token = open_session(session, operator)
        person = open_session(session, build.a_person(session))

    pages = {}
    for who in (token, person, None):
        client = app.test_client()
        if who:
            with client.session_transaction() as cookie:
                cookie["sid"] = who
        pages[who] = client.get("/admin/settings")
    app.extensions["database"].dispose()

    rows = {
        row[0]: row[1:3]
        for row in re.findall(r"<code[^>]*>(\w+)</code></th><td[^>]*>(.*?)</td><td[^>]*>(.*?)</td>", pages[token].text)
    }
    shown = {name: (re.sub(r"<[^>]+>", "", value), source) for name, (value, source) in rows.items()}
    assert shown["portal_name"] == ("&#34;Quayside&#34;", "the environment")
    assert shown["mail_host"] == ("&#34;smtp.example.org&#34;", "config.toml")
    assert shown["mail_password"] == ("set, and not shown", "config.toml")
    assert shown["metrics_token"] == ("not set", "its default")
    assert shown["rate_limits"] == ("false", "the command that started the portal")
    assert "hunter2" not in pages[token].text
    assert settings.secret_key not in pages[token].text
    assert [pages[person].status_code, pages[None].status_code] == [404, 303]


def test_the_password_in_a_databases_address_is_left_out():
    found = {one.name: one.value for one in in_force(Settings(database_url="postgresql+psycopg://portal:s3cret:@db/portal"), {})}

    assert found["database_url"] == '"postgresql+psycopg://portal:…@db/portal"'
