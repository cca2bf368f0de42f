"""The demonstration: real listings from the shipped records, invented people, and two years of their work.

Every feature's seeds run in floor order on one stage; what they make, they make through the portal's own actions.
"""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import wiring
from portal.accounts import seeds as accounts_seeds
from portal.accounts.models import User
from portal.collaborations import seeds as collaborations_seeds
from portal.kernel import clock
from portal.kernel.db import Database, transaction
from portal.kernel.policy import Actor
from portal.kernel.seeding import Stage
from portal.kernel.text import N_
from portal.listings import seeds as listings_seeds
from portal.organisations import seeds as organisations_seeds
from portal.organisations.queries import seats_of
from portal.people import seeds as people_seeds
from portal.proposals import seeds as proposals_seeds

TEXTS = Path(__file__).parent / "data" / "demo.json"
SEEDS = (accounts_seeds, organisations_seeds, people_seeds, listings_seeds, proposals_seeds, collaborations_seeds)
# (address part, account key, what the person is here for): who can be tried with one click.
PERSONAS = (
    ("professor", "ingrid"),
    ("company", "helena"),
    ("student", "mei"),
    ("officer", "farid"),
    ("counsel", "nora"),
)
OPERATOR = ("administrator", accounts_seeds.OPERATOR_NAME, N_("Administrator of the portal"), accounts_seeds.OPERATOR_ADDRESS)


TASKS = 1250  # about how many appointments the history has; for the progress bar only
WELCOME = """
  Causeway is running at {base_url}
  Try it: open {base_url}/demo, be Ingrid, a professor, and look at what waits for you; then be the company she works
  with, or the officer who approves. Search for “pump”. Ctrl+C stops it.
"""


def is_filled(database: Database) -> bool:
    """Whether the demonstration is in this database already."""
    with database.reading() as session:
        return session.scalar(select(User.id).limit(1)) is not None


def fill(database: Database, today: dt.datetime | None = None, progress: Callable[[int], None] = lambda done: None) -> int:
    """Play the whole history into an empty database, all of it or nothing; returns how many appointments were kept."""
    with database.writing() as session, transaction(session):
        stage = Stage(session, today or clock.now(), TEXTS)
        stage.find_actor = lambda key: _actor(session, stage.made["account", key])
        for seeds in SEEDS:
            seeds.seed(stage)
        for days in range(720, 0, -5):
            stage.plan(stage.ago(days), lambda: [move(session) for move in wiring.TIMED])
        return stage.play(progress)


def _actor(session: Session, account: User) -> Actor:
    return Actor(account.id, account.name, str(account.kind.value), seats_of(session, account.id), account.is_admin)


def personas() -> list[tuple[str, str, str, str]]:
    """The people one can be: address part, name, what they are, e-mail address."""
    texts = json.loads(TEXTS.read_text(encoding="utf-8"))
    domains = {organisation["key"]: organisation["domain"] for organisation in texts["organisations"]}
    people = {person["key"]: person for person in texts["people"]}
    known = [(slug, people[key], f"{key}@{domains[people[key]['at']]}") for slug, key in PERSONAS]
    rows = [(slug, person["name"], person["title"], address) for slug, person, address in known]
    return [*rows, OPERATOR]
