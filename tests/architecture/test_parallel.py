"""Many send the same step at the same moment, to two processes: it is taken once, recorded once and told once."""

import dataclasses
import datetime as dt
import enum
import http.client
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
from collections import Counter
from contextlib import closing
from itertools import product

import pytest
from flask import session as cookie_session
from flask_wtf.csrf import generate_csrf
from hypothesis import settings as profile
from sqlalchemy import func, select

from portal import wiring
from portal.accounts.actions import open_session
from portal.accounts.models import User
from portal.accounts.security import COOKIE_KEY
from portal.app import create_app
from portal.collaborations.states import Checklist
from portal.collaborations.workflow import COLLABORATION_FLOW
from portal.emergencies.events import EmergencyRead
from portal.kernel.db import Base, Database, transaction
from portal.kernel.events import Event
from portal.kernel.policy import SYSTEM
from portal.kernel.settings import Settings
from portal.kernel.subjects import subject_named
from portal.kernel.subscribers import drain, skip_to
from portal.kernel.workflow import Step
from portal.notifications.models import Delivery, Notification
from tests import build
from tests.architecture.invariants import WITH
from tests.architecture.keeping import on_postgresql, on_sqlite
from tests.architecture.road import given_for
from tests.architecture.world import a_world
from tests.collaborations.make import settle

THOROUGH = profile.get_current_profile_name() == "thorough"
AT_ONCE = 50 if THOROUGH else 4
FEW = ("proposal", "approval")  # the others only when there is time
SECRET = "a key for tests only"
STARTED = 60  # seconds a server may take to start


@dataclasses.dataclass
class Turn:
    """One step that somebody may take now, as a browser sends it."""

    name: str
    account: int
    address: str
    body: dict[str, str]


@dataclasses.dataclass
class Played:
    """What is counted after a turn, and how the requests were answered."""

    events: Counter
    told: Counter
    answers: Counter = dataclasses.field(default_factory=Counter)


class Place:
    """A portal that two processes serve, and the state that each turn begins with."""

    def __init__(self, address, folder, keep):
        self.settings = Settings(instance=folder, database_url=address, secret_key=SECRET, worker_thread=False, durable=False)
        self.app = create_app(self.settings)
        self.database: Database = self.app.extensions["database"]
        Base.metadata.create_all(self.database.engine)
        with self.database.writing() as session:
            with transaction(session), a_world(session) as world:
                more_to_do(session, world)
                self.turns = list(turns_of(self.app, session, world))
            with transaction(session):
                who = {turn.account for turn in self.turns}
                self.tokens = {number: open_session(session, session.get_one(User, number)) for number in sorted(who)}
            with transaction(session):
                for subscriber in wiring.SUBSCRIBERS:  # nobody needs to be told of how the world was made
                    skip_to(session, subscriber.name, session.scalar(select(func.max(Event.id))))
        self.database.dispose()
        self.restore = keep()

    def play(self, turn, times, ports):
        """Everything as it was, then the turn so often at once; what came of it."""
        self.restore()
        before, answers = self.count(), Counter()
        cookie, token = self.cookie(turn.account)
        gate = threading.Barrier(times)

        def send(number):
            gate.wait()
            answers[send_form(ports[number % len(ports)], turn.address, cookie, {"csrf_token": token, **turn.body})] += 1

        threads = [threading.Thread(target=send, args=(number,)) for number in range(times)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        drain(self.database, wiring.SUBSCRIBERS)
        after = self.count()
        return Played(after.events - before.events, after.told - before.told, answers)

    def count(self):
        """The facts about each thing, and what each person was told of, in the application and by mail."""
        about = (Event.kind, Event.subject_type, Event.subject_id)
        told = (Notification.account_id, Notification.kind)
        with self.database.reading() as session:
            events = session.execute(select(*about, func.count()).group_by(*about)).all()
            told = session.execute(select(*told, func.count(), func.count(Delivery.id)).outerjoin(Delivery).group_by(*told)).all()
        mails = {("mail", *row[:2]): row[3] for row in told}
        return Played(Counter({row[:3]: row[3] for row in events}), Counter({row[:2]: row[2] for row in told} | mails))

    def cookie(self, account):
        """The cookie of somebody who signed in and has seen a form, and the token of the form."""
        with self.app.test_request_context():
            token = generate_csrf()
            kept = {COOKIE_KEY: self.tokens[account], "csrf_token": cookie_session["csrf_token"]}
        signed = self.app.session_interface.get_signing_serializer(self.app).dumps(kept)
        return f"{self.app.config['SESSION_COOKIE_NAME']}={signed}", token


def more_to_do(session, world):
    """What is ready for a step that the world's own things are kept from."""
    started, closing_one = build.a_collaboration(session), build.a_collaboration(session)
    settle(session, started)
    build.finish_parts(session, closing_one)
    lead = build.actor_of(session, closing_one.host_lead)
    COLLABORATION_FLOW.perform(session, closing_one, "begin_closing", actor=lead)
    settle(session, closing_one, Checklist.CLOSING)
    world.things["collaboration"] += [started, closing_one]
    world.things["proposal"].append(build.a_proposal(session))
    everybody = session.scalars(select(User.id).where(User.active).order_by(User.id)).all()
    world.actors |= {str(number): wiring.actor_for(session, number) for number in everybody}


def turns_of(app, session, world):
    """For each row of each table one thing that somebody may move by it now."""
    for flow in wiring.FLOWS:
        if not THOROUGH and flow.name not in FEW:
            continue
        things = [as_its_page_loads(session, flow.name, thing) for thing in world.things[flow.name]]
        for row in (row for row in flow.table if row.who is not SYSTEM):
            taker = next((pair for pair in product(things, world.actors.values()) if may(session, row, *pair)), None)
            if taker is not None and row.fact is not EmergencyRead:  # each reading is one
                thing, actor = taker
                address = address_of(app, flow.name, thing, row.action)
                yield Turn(f"{flow.name}.{row.action}", actor.id, address, body_of(row, thing))


def as_its_page_loads(session, name, thing):
    options = (*subject_named(name).options, *WITH.get(name, ()))
    query = select(type(thing)).where(type(thing).id == thing.id).options(*options)
    return session.scalars(query.execution_options(populate_existing=True)).unique().one()


def may(session, row, thing, actor):
    if thing.state not in row.source or not actor.is_person or not row.who.holds(actor, thing):
        return False
    step = Step(session, thing, actor, row, given_for(row, thing), thing.state)
    return all(guard(step) is None for guard in row.guards)


def address_of(app, name, thing, action):
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.endswith(f".step_{name}")]
    if len(rules) > 1 or "slug" in rules[0].arguments:
        return f"{thing.href}/steps/{action}"
    with app.test_request_context():
        return app.url_map.bind("").build(rules[0].endpoint, {"id": thing.id, "action": action})


def body_of(row, thing):
    """What a browser sends for it: the fields of a form have the names of the input's."""
    given = given_for(row, thing)
    body = {}
    for field in dataclasses.fields(given) if given is not None else ():
        value = getattr(given, field.name)
        if isinstance(value, (list, tuple)):
            body[field.name] = "\n".join(map(str, value))
        elif value is not False and value is not None:
            body[field.name] = written(value)
    return body


def written(value):
    if isinstance(value, enum.Enum):
        return str(value.value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return "y" if value is True else str(value)


def send_form(port, address, cookie, body):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", address, urllib.parse.urlencode(body), headers)
    status = connection.getresponse().status
    connection.close()
    return status


@pytest.fixture(scope="module", params=[on_sqlite, on_postgresql] if THOROUGH else [on_postgresql])
def place(request, postgres_server, tmp_path_factory):
    wiring.connect()
    folder = tmp_path_factory.mktemp("parallel")
    with request.param(postgres_server, folder) as (address, keep):
        place = Place(address, folder, keep)
        yield place
        place.database.dispose()


@pytest.fixture(scope="module")
def ports(place):
    """Two servers, each a process of its own, on the same database."""
    numbers, servers = [], []
    environment = os.environ | {
        "PORTAL_INSTANCE": str(place.settings.instance),
        "PORTAL_DATABASE_URL": place.settings.database_url,
        "PORTAL_SECRET_KEY": SECRET,
        "PORTAL_RATE_LIMITS": "false",
        "PORTAL_REQUIRE_SECOND_FACTOR": "false",
        "PORTAL_DURABLE": "false",
    }
    for _ in range(2):
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            numbers.append(probe.getsockname()[1])
        gunicorn = [sys.executable, "-m", "gunicorn", "--worker-class", "gthread", "--threads", "25", "--no-control-socket"]
        command = [*gunicorn, "--log-level", "warning", "--bind", f"127.0.0.1:{numbers[-1]}", "wsgi:app"]
        servers.append(subprocess.Popen(command, env=environment))
    for number in numbers:
        wait_for(number)
    yield numbers
    for server in servers:
        server.terminate()
    for server in servers:
        server.wait()


def wait_for(port):
    deadline = time.monotonic() + STARTED
    while time.monotonic() < deadline:
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the server did not start")


@pytest.mark.timeout(1800)
def test_what_is_sent_many_times_at_once_happens_once(place, ports):
    """`--hypothesis-profile thorough`: 50 at once, for each row of each table."""
    wrong = {}
    for turn in place.turns:
        once = place.play(turn, 1, ports)
        often = place.play(turn, AT_ONCE, ports)
        fine = (
            once.answers == {303: 1}
            and once.events.total() > 0
            and often.answers[303] == 1
            and all(400 <= status < 500 for status in often.answers if status != 303)
            and (often.events, often.told) == (once.events, once.told)
        )
        if not fine:
            wrong[turn.name] = (once, often)

    assert not wrong, wrong
    assert len(place.turns) > (80 if THOROUGH else 10), len(place.turns)
