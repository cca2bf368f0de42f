"""A portal of any size for measurements: the demonstration's world, and as many further open listings as wanted."""

import datetime as dt
import json
import random
from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from sqlalchemy import insert, select

from portal import demo
from portal.app import create_app
from portal.kernel.db import Base, Database
from portal.kernel.events import verify_chain
from portal.kernel.settings import Settings
from portal.listings.models import Field, Listing, ListingField, ProjectDetail
from portal.listings.states import Intake, Kind, ListingState, Visibility
from portal.search.indexing import ensure_all

RECORDS = Path(__file__).parents[1] / "portal" / "data" / "projects.jsonl"
_ROWS = 1000


def a_portal(folder: Path, listings: int = 0, *, durable: bool = False, index: bool = True, address: str = "") -> Flask:
    """An application in `folder`, with its own database or the one at `address`: the demonstration and `listings` more."""
    folder.mkdir(parents=True, exist_ok=True)
    app = create_app(
        Settings(
            instance=folder,
            database_url=address,
            secret_key="for measuring",
            durable=durable,
            worker_thread=False,
            rate_limits=False,
            require_second_factor=False,
        )
    )
    database: Database = app.extensions["database"]
    Base.metadata.create_all(database.engine)
    if not demo.is_filled(database):
        demo.fill(database, folder)
    if listings and not _has_more(database):
        _add(database, listings)
    if index:
        ensure_all(database, app.extensions["shelves"])
    with database.reading() as session:
        assert verify_chain(session)[1] is None
    return app


def _has_more(database: Database) -> bool:
    """Whether an earlier run left them in this folder."""
    with database.reading() as session:
        return session.scalar(select(Field.id).where(Field.scheme == "bench").limit(1)) is not None


def _add(database: Database, number: int) -> None:
    """Copies of one published listing with recombined real texts; inserted directly, since only reading is measured."""
    chance = random.Random(7)
    texts = list(_texts(chance, number))
    with database.writing() as session:
        owners = session.execute(select(Listing.owner_id, Listing.organisation_id).distinct()).all()
        session.execute(
            insert(Field),
            [{"scheme": "bench", "code": str(n), "label": f"Field {n}", "parent": ""} for n in range(40)],
        )
        fields = session.scalars(select(Field.id).where(Field.scheme == "bench")).all()
        first = (session.scalar(select(Listing.id).order_by(Listing.id.desc()).limit(1)) or 0) + 1
        now = dt.datetime.now(dt.UTC)
        for start in range(0, number, _ROWS):
            ids = range(first + start, first + min(start + _ROWS, number))
            session.execute(insert(Listing), [_row(n, texts[n - first], owners, chance, now) for n in ids])
            session.execute(
                insert(ProjectDetail),
                [{"listing_id": n, "acronym": "", "funder": "", "programme": "", "partner_sought": ""} for n in ids],
            )
            links = [{"listing_id": n, "field_id": field} for n in ids for field in chance.sample(list(fields), 2)]
            session.execute(insert(ListingField), links)
        session.commit()


def _row(number: int, text: tuple[str, str], owners: list, chance: random.Random, now: dt.datetime) -> dict:
    owner, organisation = chance.choice(owners)
    return {
        "id": number,
        "kind": Kind.PROJECT,
        "organisation_id": organisation,
        "owner_id": owner,
        "title": text[0][:200],
        "summary": text[1][:300],
        "description": text[1],
        "language": "en",
        "visibility": chance.choices([Visibility.PUBLIC, Visibility.REGISTERED, Visibility.ORGANISATION], [85, 10, 5])[0],
        "intake": Intake.INTEREST,
        "skills": [],
        "place": chance.choice(["Lindmoor", "Saltmarsh", "Norrby", ""]),
        "remote": chance.random() < 0.3,
        "currency": "EUR",
        "closes_at": now + dt.timedelta(days=chance.randrange(2, 300)),
        "time_zone": "Europe/Brussels",
        "source_url": "",
        "source_note": "",
        "note": "",
        "created_at": now,
        "updated_at": now,
        "published_at": now - dt.timedelta(minutes=chance.randrange(1_000_000)),
        "version": 1,
        "_state": ListingState.PUBLISHED,
    }


def _texts(chance: random.Random, number: int) -> Iterator[tuple[str, str]]:
    """Titles and abstracts recombined from the shipped records, sentence by sentence."""
    records = [json.loads(line) for line in RECORDS.read_text(encoding="utf-8").split("\n") if line]
    sentences = [s for record in records if record.get("abstract") for s in record["abstract"].split(". ")]
    words = [record["title"] for record in records]
    for n in range(number):
        title = f"{' '.join(chance.choice(words).split()[:5])} {' '.join(chance.choice(words).split()[-4:])} {n}"
        yield title, ". ".join(chance.choices(sentences, k=8))
