"""What the long tables cost: the queues, the lists of people and organisations and the logs, at 1,000 and at 100,000 rows.

Each portal has that many rows of every kind, half of them waiting where something can wait. Pages are drawn anew each time.

Keys: `moderation.sql`, `moderation.growth` (CPU time at 100,000 rows ÷ at 1,000), `moderation.ms` – likewise for every page.
"""

import datetime as dt
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import insert

from bench.harness import arguments, measure, write_json
from bench.pages import call, cookie, statements
from portal.accounts.actions import add_account, open_session
from portal.accounts.models import User
from portal.accounts.states import Kind as AccountKind
from portal.app import create_app
from portal.kernel.db import Base, Database, transaction
from portal.kernel.events import Event
from portal.kernel.settings import Settings
from portal.kernel.text import folded
from portal.listings.models import Listing, ProjectDetail
from portal.listings.states import Intake, Kind, ListingState, Visibility
from portal.notifications.models import Delivery, DeliveryState
from portal.organisations.models import Membership, Organisation
from portal.organisations.states import MembershipState, OrganisationKind, OrganisationState
from portal.people.models import Profile
from portal.web.caching import KeptPages

SIZES = (1_000, 100_000)
SQL, GROWTH = 6, 1.5
READ_THROUGH = ("called", "called_rare")  # who looks for a part of a name reads all names: told, without a bar
FIRST = 100  # ids below are those of the portal's own people
PAGES = {
    "moderation": "/admin",
    "accounts": "/admin/accounts",
    "accounts_called": "/admin/accounts?q=person+7",
    "accounts_called_rare": "/admin/accounts?q=nobody",
    "people": "/people",
    "people_called": "/people?q=person+7",
    "people_called_rare": "/people?q=nobody",
    "organisations": "/organisations",
    "organisations_called": "/organisations?q=institute+7",
    "organisations_called_rare": "/organisations?q=nothing",
    "organisations_of_kind": "/organisations?kind=university",
    "security": "/admin/security",
    "security_failures": "/admin/security?failures=1",
    "audit": "/audit",
    "audit_kind": "/audit?kind=listing.renewed",
    "audit_thing": "/audit?thing=listing&number=500",
    "audit_person": "/audit?person=person+7",
    "audit_person_rare": "/audit?person=nobody",
}


def main() -> bool:
    options = arguments(__doc__)
    with tempfile.TemporaryDirectory(prefix="causeway-bench-") as name:
        small, large = (a_portal(Path(name) / str(size), size) for size in SIZES)
        calls = {(page, app): call(app, path, who) for page, path in PAGES.items() for app, who in (small, large)}
        for one in calls.values():
            status, _, body = one()
            assert status == "200 OK", (status, body[:300])
        figures, fine = {}, True
        print(f"{'page':28}{'SQL':>5}{'ms':>9}{'growth':>8}")
        for page in PAGES:
            pair = measure({"small": calls[page, small[0]], "large": calls[page, large[0]]}, rounds=7)
            growth = pair["large"].median_ms / pair["small"].median_ms
            asked = statements(large[0].extensions["database"], calls[page, large[0]])
            holds = asked <= SQL and (growth <= GROWTH or page.partition("_")[2] in READ_THROUGH)
            fine &= holds
            print(f"{page:28}{asked:5}{pair['large'].median_ms:9.2f}{growth:8.2f}{'' if holds else '  EXCEEDED'}")
            figures |= {f"{page}.sql": asked, f"{page}.growth": round(growth, 3), f"{page}.ms": round(pair["large"].median_ms, 2)}
    if options.json:
        write_json(options.json, figures)
    return fine


def a_portal(folder: Path, rows: int) -> tuple[Flask, str]:
    """A portal with so many rows in each table, and the cookie of its administrator."""
    print(f"preparing {rows:,} rows …", file=sys.stderr)
    settings = Settings(
        instance=folder, secret_key="for measuring", durable=False, worker_thread=False, rate_limits=False,
        require_second_factor=False,
    )  # fmt: skip
    folder.mkdir(parents=True)
    app = create_app(settings)
    database: Database = app.extensions["database"]
    Base.metadata.create_all(database.engine)
    with database.writing() as session, transaction(session):
        admin = add_account(session, email="astrid@example.org", name="Astrid", kind=AccountKind.OFFICER)
        admin.is_admin = True
        session.flush()
        for table, make in TABLES:
            session.execute(insert(table.__table__), list(make(rows)))
        who = cookie(app, open_session(session, admin))
    app.extensions["kept_pages"] = KeptPages(most=0)
    return app, who


def numbers(rows: int) -> Iterator[tuple[int, int, dt.datetime]]:
    """Id, place and moment of each row, the oldest first."""
    now = dt.datetime.now(dt.UTC)
    for place in range(rows):
        yield FIRST + place, place, now - dt.timedelta(minutes=rows - place)


def accounts(rows: int) -> Iterator[dict[str, Any]]:
    for id, place, at in numbers(rows):
        yield {
            "id": id, "email": f"person{place}@example.org", "password": "", "fs_uniquifier": str(id), "name": f"Person {place}",
            "kind": AccountKind.PROFESSOR, "active": True, "confirmed_at": at,
        }  # fmt: skip


def profiles(rows: int) -> Iterator[dict[str, Any]]:
    for id, place, at in numbers(rows):
        yield {"id": id, "slug": f"person-{place}", "name_key": f"person {place}", "listed": True, "updated_at": at, "version": 1}


def organisations(rows: int) -> Iterator[dict[str, Any]]:
    for id, place, at in numbers(rows):
        name = f"Institute {place} of things"
        yield {
            "id": id, "slug": f"institute-{place}", "name": name, "name_key": folded(name), "kind": OrganisationKind.INSTITUTE,
            "created_at": at, "version": 1,
            "state": OrganisationState.UNVERIFIED if place % 2 else OrganisationState.VERIFIED,
        }  # fmt: skip


def memberships(rows: int) -> Iterator[dict[str, Any]]:
    for id, place, at in numbers(rows):
        yield {
            "id": id, "account_id": id, "organisation_id": id, "roles": ["member"], "created_at": at, "version": 1,
            "state": MembershipState.REQUESTED if place % 2 else MembershipState.ACTIVE,
        }  # fmt: skip


def listings(rows: int) -> Iterator[dict[str, Any]]:
    for id, place, at in numbers(rows):
        waits = bool(place % 2)
        yield {
            "id": id, "kind": Kind.PROJECT, "organisation_id": id, "owner_id": id, "title": f"Listing {place}", "summary": "",
            "description": "", "visibility": Visibility.PUBLIC, "intake": Intake.INTEREST, "skills": [], "version": 1,
            "created_at": at, "updated_at": at, "published_at": None if waits else at,
            "state": ListingState.IN_REVIEW if waits else ListingState.PUBLISHED,
        }  # fmt: skip


def details(rows: int) -> Iterator[dict[str, Any]]:
    for id, _place, _at in numbers(rows):
        yield {"listing_id": id, "acronym": "", "funder": "", "programme": "", "partner_sought": ""}


def deliveries(rows: int) -> Iterator[dict[str, Any]]:
    states = (DeliveryState.SENT, DeliveryState.QUEUED, DeliveryState.SENT, DeliveryState.FAILED)
    for id, place, at in numbers(rows):
        yield {
            "id": id, "account_id": id, "to_address": f"person{place}@example.org", "subject": "S", "text": "T",
            "message_id": str(id), "queued_at": at, "next_at": at, "state": states[place % 4],
        }  # fmt: skip


def events(rows: int) -> Iterator[dict[str, Any]]:
    """Half of them about accounts, one in a hundred that somebody did not get in; the hashes are not looked at here."""
    for id, place, at in numbers(rows):
        kind = "account.sign_in_failed" if place % 100 == 0 else "account.signed_in" if place % 2 == 0 else "listing.submitted"
        subject = "listing" if place % 2 else "account"
        yield {
            "id": id, "at": at, "kind": kind, "actor_id": id, "subject_type": subject, "subject_id": id, "organisation_id": id,
            "data": {}, "request_id": None, "prev_hash": str(place), "hash": str(place + 1),
        }  # fmt: skip


TABLES: tuple[tuple[type[Base], Callable[[int], Iterator[dict[str, Any]]]], ...] = (
    (User, accounts),
    (Profile, profiles),
    (Organisation, organisations),
    (Membership, memberships),
    (Listing, listings),
    (ProjectDetail, details),
    (Delivery, deliveries),
    (Event, events),
)

if __name__ == "__main__":
    sys.exit(not main())
