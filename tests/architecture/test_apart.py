"""Two portals that differ only in what some people may not see look the same to them, byte by byte."""

import dataclasses
import re
import shutil
from urllib.parse import quote

import pytest
from sqlalchemy import JSON, Enum, String, and_, create_engine, false, func, insert, or_, select, update

from portal import wiring
from portal.accounts.models import User
from portal.app import create_app
from portal.collaborations.models import Collaboration, Outcome
from portal.collaborations.policies import OUTCOME_PUBLIC, RELEASED
from portal.kernel import clock
from portal.kernel.db import Base, transaction
from portal.kernel.events import Event
from portal.kernel.policy import VISITOR
from portal.kernel.settings import Settings
from portal.kernel.subjects import all_subjects
from portal.kernel.subscribers import drain, skip_to
from portal.notifications.models import Delivery, Notification
from portal.notifications.wording import Composer
from portal.search.indexing import ensure_all
from portal.threads.models import Message
from portal.writing.models import Unsaved
from tests.architecture.crawling import PERSONAS, client_as, seen
from tests.architecture.playing import play
from tests.architecture.test_replay import walk

pytestmark = pytest.mark.timeout(900)
WORD = "zanzibar"  # what the secrets say more in the other portal
# Text by which things are found, told apart or moved: not what somebody wrote.
_FIXED = re.compile(
    r"(^|_)(state|kind|slug|key|currency|time_zone|zone|hash|fingerprint|token|stored_as|address|email|claim|name_key|type)$"
)
NEWS = 400  # so many of the newest facts were told to those concerned
# Who looks: people of one side and those of none. What all of them may not read is what differs.
AUDIENCES = {"the university's": ("", "professor", "officer"), "the company's": ("student", "company", "counsel")}
# Whose rule is about tending them: everybody sees announcements, and what members are at a listed organisation.
SHOWN = {"announcement", "membership"}
# Of these everybody reads the title, once both sides let them, whoever may read the rest.
PUBLIC = (("collaboration", Collaboration, RELEASED), ("outcome", Outcome, OUTCOME_PUBLIC))
QUESTIONS = (
    *("data", "energy", "model", "water", "pump", "learning", "materials", "draft", "test"),
    *(WORD, f'"{WORD}"', "zanzi", "zanzbar"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("apart")
    (folder / "first").mkdir()
    return folder


@pytest.fixture(scope="module")
def first(folder):
    with play(folder / "first") as app:
        database = app.extensions["database"]
        with database.writing() as session, transaction(session):
            newest = session.scalar(select(func.max(Event.id)))
            for subscriber in wiring.SUBSCRIBERS:
                skip_to(session, subscriber.name, newest - NEWS)
        drain(database, wiring.SUBSCRIBERS)
        yield app


@pytest.fixture(scope="module")
def addresses(first):
    """What anybody can open, and what the search is asked."""
    # A second factor is a new key at each look.
    known = {path for who in PERSONAS for path in walk(first, client_as(first, who), most=1)[0]}
    tabs = [f"/search?in={name}&" for name in ("organisations", "people", "outcomes")]
    places = (*tabs, *(f"{place}?" for place in ("/search", "/search/suggest", "/people")))
    return sorted(known - {"/me/second-factor"}) + [f"{place}q={quote(words)}" for place in places for words in ("", *QUESTIONS)]


@pytest.fixture(scope="module", params=sorted(AUDIENCES))
def audience(request):
    return AUDIENCES[request.param]


@pytest.fixture(scope="module")
def second(folder, first, audience, addresses):
    """The same portal, in which everything that the audience may not read says something else."""
    copied = folder / f"second-{audience[2]}"
    first.extensions["database"].dispose()
    shutil.copytree(folder / "first", copied, ignore=shutil.ignore_patterns("index"))
    settings = Settings(instance=copied, secret_key="a key for tests only", durable=False, worker_thread=False, rate_limits=False)
    app = create_app(dataclasses.replace(settings, demo=True))
    database = app.extensions["database"]
    with database.reading() as session:
        hidden = secrets(session, [actor_as(first, session, who) for who in audience])
    rewrite(database.engine, hidden)
    ensure_all(database, app.extensions["shelves"])
    yield app
    database.dispose()


def actor_as(app, session, persona):
    if not persona:
        return VISITOR
    address = next(row[3] for row in app.config["PERSONAS"] if row[0] == persona)
    return wiring.actor_for(session, session.scalars(select(User.id).where(User.email == address)).one())


def secrets(session, audience):
    """The rows that nobody of the audience may read, by table: things, what belongs to them, what was said and kept elsewhere."""
    hidden, answered = {}, set()
    for name, subject in sorted(all_subjects().items(), key=lambda each: each[0] == "listing"):
        if name in SHOWN:
            continue
        things = session.scalars(select(subject.model).options(*subject.options)).unique().all()
        unread = {thing.id for thing in things if not any(subject.read.holds(actor, thing) for actor in audience)}
        # An answer goes on saying what it is about, also where the listing itself cannot be read any more.
        answered |= {thing.listing_id for thing in things if name in ("interest", "proposal") and thing.id not in unread}
        unread -= answered if name == "listing" else set()
        table = Base.metadata.tables[name]
        hidden[table] = table.c.id.in_(unread)
        for other in set(Base.metadata.sorted_tables) - {Base.metadata.tables[known] for known in all_subjects()}:
            for key in (key for column in other.c for key in column.foreign_keys if key.column is table.c.id):
                hidden[other] = or_(hidden.get(other, false()), key.parent.in_(unread))
    sides = set().union(*(actor.organisations for actor in audience))
    inside = and_(Message.side_id.is_not(None), Message.side_id.not_in(sides))
    about = [
        and_(Message.subject_type == table.name, Message.subject_id.in_(select(table.c.id).where(those)))
        for table, those in hidden.items()
        if table.name in all_subjects()
    ]
    return hidden | {
        Message.__table__: or_(inside, *about),
        Unsaved.__table__: Unsaved.account_id.not_in([actor.id for actor in audience if actor.id]),
    }


def rewrite(engine, hidden):
    """Say more in every text of these rows, and one more thing among each side's own people."""
    bare = create_engine(engine.url)  # without the portal's own habits
    with bare.begin() as connection:
        public = {name: set(connection.scalars(select(model.id).where(rule.where(VISITOR)))) for name, model, rule in PUBLIC}
        for table, those in hidden.items():
            for row in connection.execute(select(table).where(those)).mappings().all():
                more = {column.name: said(row[column.name]) for column in table.c if wordy(column) and row[column.name]}
                if row.get("id") in public.get(table.name, ()):
                    more.pop("title", None)
                if more:
                    same = and_(*(column == row[column.name] for column in table.primary_key))
                    connection.execute(update(table).where(same).values(more))
        messages = Message.__table__
        for row in connection.execute(select(messages).where(hidden[messages], messages.c.side_id.is_not(None))).mappings().all():
            connection.execute(insert(messages).values({**row, "id": None, "body": WORD}))
    bare.dispose()


def wordy(column):
    """Whether the column holds what somebody wrote."""
    written = isinstance(column.type, String | JSON) and not isinstance(column.type, Enum)
    return written and not column.foreign_keys and not _FIXED.search(column.name)


def said(value):
    """The same with a word more wherever it has words."""
    if isinstance(value, dict):
        return {key: said(each) for key, each in value.items()}
    if isinstance(value, list):
        return [said(each) for each in value]
    return f"{value} {WORD}" if isinstance(value, str) and " " in value else value


def test_secrets_change_no_byte_for_anybody_else(first, second, audience, addresses):
    differing = []
    with clock.at(clock.now()):
        for who in audience:
            here, there = client_as(first, who), client_as(second, who)
            differing += [(who, path) for path in addresses if seen(here, path) != seen(there, path)]

    assert differing == []
    assert len(addresses) > 150


def test_secrets_change_no_mail_for_anybody_else(first, second, audience):
    """Every mail about what they were told of, as it would be written now."""
    with clock.at(clock.now()):
        here, there = mails(first, audience), mails(second, audience)

    assert here == there
    assert len(here) > 20


def test_secrets_are_told_to_those_who_may_read_them(second, audience):
    """The other portal does say more: whoever is of the other side finds the word."""
    other = next(who for who in ("company", "professor") if who not in audience)

    assert WORD in client_as(second, other).get("/work").text + client_as(second, other).get("/proposals").text


def mails(app, audience):
    """The mail about each thing that one of these people was told of."""

    def draw(name, values):
        return app.jinja_env.get_template(name).render(values)

    compose = Composer(wiring.NOTICES, wiring.actor_for, draw, app.extensions["settings"])
    with app.extensions["database"].reading() as session:
        known = {actor_as(app, session, who).id for who in audience if who}
        told = session.scalars(select(Notification).where(Notification.account_id.in_(known)).order_by(Notification.id)).all()
        given = {"to_address": "reader@example.org", "subject": "", "text": ""}
        asked = (Delivery(notification_id=one.id, account_id=one.account_id, **given) for one in told)
        written = [compose(session, delivery) for delivery in asked]
    return [(mail.subject, mail.text, mail.html) for mail in written if mail is not None]
