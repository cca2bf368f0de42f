"""The demonstration: real listings from the shipped records, invented people, and two years of their work.

Every feature's seeds run in floor order on one stage; what they make, they make through the portal's own actions.
Playing takes a while, so the history of a day is kept in the user's cache: the next fresh copy of the same program takes it.
"""

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import wiring
from portal.accounts import seeds as accounts_seeds
from portal.accounts.models import User
from portal.annexes import seeds as annexes_seeds
from portal.announcements import seeds as announcements_seeds
from portal.board import seeds as board_seeds
from portal.board.actions import Reminding
from portal.collaborations import seeds as collaborations_seeds
from portal.emergencies import seeds as emergencies_seeds
from portal.imports.reading import Record, read_records
from portal.imports.running import Importer
from portal.imports.terms import Terms
from portal.kernel import clock
from portal.kernel.db import Database, transaction
from portal.kernel.errors import PortalError
from portal.kernel.policy import Actor
from portal.kernel.seeding import Stage
from portal.kernel.text import N_
from portal.listings import seeds as listings_seeds
from portal.mergers import seeds as mergers_seeds
from portal.organisations import seeds as organisations_seeds
from portal.organisations.queries import seats_of
from portal.people import seeds as people_seeds
from portal.proposals import seeds as proposals_seeds
from portal.questionnaires import seeds as questionnaires_seeds
from portal.search import seeds as search_seeds
from portal.threads import seeds as threads_seeds

PACKAGE = Path(__file__).parent
TEXTS = PACKAGE / "data" / "demo.json"
SEEDS = (
    *(accounts_seeds, organisations_seeds, people_seeds, listings_seeds, annexes_seeds, questionnaires_seeds),
    *(proposals_seeds, collaborations_seeds, board_seeds),
    *(threads_seeds, search_seeds, announcements_seeds, mergers_seeds, emergencies_seeds),
)
DATABASE, INDEX, FILES = "portal.sqlite3", "index", "files"  # in an instance folder
FIRST = ("fields", "skills", "organisations")
VOCABULARY = "oecd-ford"  # the one that listings are filed under
RECORDS = (*FIRST, "projects", "challenges", "internships", "training", "compute_resources")
# (address part, account key, what the person is here for): who can be tried with one click.
PERSONAS = (
    ("professor", "ingrid"),
    ("company", "helena"),
    ("student", "mei"),
    ("officer", "farid"),
    ("counsel", "nora"),
)
OPERATORS = (
    ("administrator", accounts_seeds.OPERATOR_NAME, N_("Administrator of the portal"), accounts_seeds.OPERATOR_ADDRESS),
    ("second-administrator", accounts_seeds.SECOND_NAME, N_("Second administrator of the portal"), accounts_seeds.SECOND_ADDRESS),
)


REMINDED_DAYS = 30  # of what is longer ago nobody reads a reminder any more, and to look at everybody takes its time
TASKS = 2150  # about how many appointments the history has; for the progress bar only
WELCOME = """
  Causeway is running at {base_url}
  Try it: open {base_url}/demo, be Ingrid, a professor, and look at what waits for you; then be the company she works
  with, or the officer who approves. Search for “pump”. Ctrl+C stops it.
"""


def is_filled(database: Database) -> bool:
    """Whether the demonstration is in this database already."""
    with database.reading() as session:
        return session.scalar(select(User.id).limit(1)) is not None


def fill(database: Database, instance: Path, progress: Callable[[int], None] = lambda done: None) -> int:
    """Play the whole history into an empty database, all of it or nothing; returns how many appointments were kept.

    Args:
        instance: the folder in which the portal keeps what people upload.
    """
    with database.writing() as session, transaction(session):
        stage = Stage(session, clock.now(), TEXTS, instance / FILES)
        stage.find_actor = lambda key: _actor(session, stage.made["account", key])
        for seeds in SEEDS:
            seeds.seed(stage)
        _plan_records(stage)
        quick = tuple(move for move in wiring.TIMED if not isinstance(move, Reminding))
        for days in range(720, 0, -5):
            stage.plan(stage.ago(days), partial(_move, session, wiring.TIMED if days <= REMINDED_DAYS else quick))
        return stage.play(progress)


def _move(session: Session, moves: Iterable[Callable[[Session], int]]) -> None:
    for move in moves:
        move(session)


def recall(instance: Path) -> bool:
    """Start from the history that this very program played today, if there is one and `instance` has none yet."""
    kept = _kept_history()
    if (instance / DATABASE).exists() or not kept.exists():
        return False
    instance.mkdir(parents=True, exist_ok=True)
    _copy_folders(kept, instance)
    with _becoming(instance / DATABASE) as copy:  # last: where it is, all is there
        shutil.copyfile(kept / DATABASE, copy)
    return True


def keep(instance: Path) -> None:
    """Put the history in `instance`, with index and files, aside for the next fresh copy of this program, in place of older ones.

    A cache that cannot be written to costs time the next time and is no reason to fail.
    """
    kept = _kept_history()
    with contextlib.suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        for older in kept.parent.glob("history-*"):
            shutil.rmtree(older)
        with _becoming(kept) as copy, contextlib.closing(sqlite3.connect(instance / DATABASE)) as connection:
            _copy_folders(instance, copy)
            connection.execute("VACUUM INTO ?", (str(copy / DATABASE),))


def _copy_folders(source: Path, target: Path) -> None:
    """What lies beside the database; a history in which nobody uploaded anything has no files."""
    for folder in (INDEX, FILES):
        if (source / folder).exists():
            shutil.copytree(source / folder, target / folder, dirs_exist_ok=True)


def _kept_history() -> Path:
    """The place of today's history by this program: another day, another line of code or record, another place."""
    digest = hashlib.blake2b(clock.now().date().isoformat().encode(), digest_size=12)
    for path in sorted((*PACKAGE.rglob("*.py"), *(PACKAGE / "data").rglob("*.json*"))):
        digest.update(path.relative_to(PACKAGE).as_posix().encode())
        digest.update(path.read_bytes())
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return caches / "causeway" / f"history-{digest.hexdigest()}"


@contextlib.contextmanager
def _becoming(path: Path) -> Iterator[Path]:
    """A place to write to that becomes `path` once all is written."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        yield (copy := Path(folder, path.name))
        copy.replace(path)


def _plan_records(stage: Stage) -> None:
    """Let the shipped records of public sources come in over the two years: vocabulary and organisations on the first day."""
    terms = Terms(Actor(id=None, name="Causeway", is_admin=True), owner_of=_desk(stage), keep_open=True)
    named = {project.get("institution_ror") for project in _records("projects")}
    for kind in RECORDS:
        importer = wiring.OFFERS[kind](terms)
        for record in _records(kind):
            if (kind == "fields" and record["scheme"] != VOCABULARY) or (kind == "organisations" and record["id"] not in named):
                continue
            days = 728.0 if kind in FIRST else stage.random.uniform(3, 700)
            stage.plan(stage.ago(days), lambda importer=importer, record=record: _take_in(stage, importer, record))  # type: ignore[misc]


def _records(kind: str) -> list[Record]:
    with (TEXTS.parent / f"{kind}.jsonl").open("rb") as file:
        return [record for _number, record in read_records(file) if isinstance(record, dict)]


def _take_in(stage: Stage, importer: Importer, record: Record) -> None:
    """One record; what the importer refuses stays out, as it would for everybody."""
    with contextlib.suppress(PortalError), stage.session.begin_nested():
        importer.upsert(stage.session, record, importer.origin_of(record))


def _desk(stage: Stage) -> Callable[[Session], int]:
    """Whoever answers for the real listings: the portal's own desk."""
    return lambda _session: int(stage.made["account", accounts_seeds.OPERATOR].id)


def _actor(session: Session, account: User) -> Actor:
    return Actor(account.id, account.name, str(account.kind.value), seats_of(session, account.id), account.is_admin)


def personas() -> list[tuple[str, str, str, str]]:
    """The people one can be: address part, name, what they are, e-mail address."""
    texts = json.loads(TEXTS.read_text(encoding="utf-8"))
    domains = {organisation["key"]: organisation["domain"] for organisation in texts["organisations"]}
    people = {person["key"]: person for person in texts["people"]}
    known = [(slug, people[key], f"{key}@{domains[people[key]['at']]}") for slug, key in PERSONAS]
    rows = [(slug, person["name"], person["title"], address) for slug, person, address in known]
    return [*rows, *OPERATORS]
