"""Two administrators merge a duplicate: what they see, what is told, and where the old address leads."""

import datetime as dt

from sqlalchemy import select

from portal.imports.running import run_import
from portal.imports.terms import Terms
from portal.kernel import clock
from portal.kernel.events import Event
from portal.kernel.policy import Role
from portal.mergers.models import Merger
from portal.mergers.notices import NOTICES
from portal.organisations.imports import OFFERS
from portal.organisations.models import Membership, Organisation
from portal.organisations.states import MembershipState
from tests.build import a_listing, a_member, a_person, actor_of, an_interest, an_organisation, facts
from tests.mergers.test_rights import merge


def two(db, name="University of Lindmoor"):
    gone, kept = an_organisation(db, name, domain="cs.lindmoor.example"), an_organisation(db, name, domain="lindmoor.example")
    return gone, kept


def test_two_administrators_merge_a_duplicate(db, client_of, frozen):
    gone, kept = two(db)
    first, second = (a_person(db, name, admin=True) for name in ("Ada First", "Bo Second"))
    officer = a_member(db, gone, Role.OFFICER, Role.ADMINISTRATOR, name="Olu Officer")
    keeper = a_member(db, kept, Role.ADMINISTRATOR, name="Kim Keeper")
    listing = a_listing(db, a_member(db, gone, Role.POSTER), gone)
    db.commit()
    asking = client_of(first)

    page = asking.get("/admin/mergers").get_data(as_text=True)
    assert page.count("University of Lindmoor") >= 2
    pair = f"/admin/mergers/new?gone={gone.slug}&kept={kept.slug}"
    assert "Olu Officer" in (compared := asking.get(pair).get_data(as_text=True))
    assert "Kim Keeper" in compared
    assert asking.submit(pair, {"reason": "", "seen": ""}).status_code == 422
    asked = asking.submit(pair, {"reason": "The same letterhead.", "seen": "y"})
    assert asked.status_code == 303
    assert asking.submit(pair, {"reason": "The same letterhead.", "seen": "y"}).status_code == 409

    step = f"{asked.location}/steps/merge"
    deciding = client_of(second)
    assert asking.submit(step, {"seen": "y"}).status_code == 403  # nobody does both
    assert client_of(keeper).get(asked.location).status_code == 404  # not before it is done
    assert deciding.submit(step, {}).status_code == 422
    with clock.at(frozen + dt.timedelta(minutes=16)):
        assert "/verify" in deciding.submit(step, {"seen": "y"}).location
    assert deciding.submit(step, {"seen": "y", "version": "7"}).status_code == 409
    assert deciding.submit(step, {"seen": "y"}).status_code == 303
    left_behind(db, client_of, asked.location, gone, kept, (keeper, officer))
    assert listing.organisation_id == kept.id


def left_behind(db, client_of, page, gone, kept, administrators):
    """What everybody finds afterwards."""
    keeper, officer = administrators
    moved = client_of().get(f"/organisations/{gone.slug}")
    assert (moved.status_code, moved.location) == (301, f"/organisations/{kept.slug}")
    assert [client_of(who).get(page).status_code for who in (keeper, officer)] == [200, 200]
    assert "Olu Officer" in client_of(keeper).get(page).get_data(as_text=True)
    db.expire_all()
    waiting = db.scalars(select(Membership).where(Membership.account_id == officer.id)).one()
    assert (waiting.organisation_id, waiting.state, waiting.roles) == (kept.id, MembershipState.REQUESTED, ["member"])
    assert "organisation.duplicate_taken_in" in facts(db, kept)
    done = db.scalars(select(Event).where(Event.kind == "merger.done")).one()
    told = next(notice for notice in NOTICES if notice.fact.kind == "merger.done").concerned(db, done)
    assert {each.account_id for each in told} == {officer.id, keeper.id}


def test_what_changed_since_it_was_asked_for_is_looked_at_again(db, client_of):
    gone, kept = two(db)
    first, second = (a_person(db, admin=True) for _ in range(2))
    db.commit()
    asked = client_of(first).submit(
        f"/admin/mergers/new?gone={gone.slug}&kept={kept.slug}", {"reason": "They are one.", "seen": "y"}
    )
    kept.sector = "Water"
    db.commit()

    refused = client_of(second).submit(f"{asked.location}/steps/merge", {"seen": "y"})

    assert refused.status_code == 409
    assert "changed after this was asked for" in refused.get_data(as_text=True)
    assert client_of(first).submit(f"{asked.location}/steps/decline", {"text": "Look again."}).status_code == 303


def test_two_parties_do_not_become_one(db, client_of):
    gone, kept = two(db)
    an_interest(db, a_listing(db, a_member(db, gone, Role.POSTER), gone), a_member(db, kept))
    admin = a_person(db, admin=True)
    db.commit()

    answer = client_of(admin).submit(f"/admin/mergers/new?gone={gone.slug}&kept={kept.slug}", {"reason": "One.", "seen": "y"})

    assert answer.status_code == 409
    assert "two parties" in answer.get_data(as_text=True)


def test_pages_about_duplicates_are_for_administrators_and_cost_the_same(db, client_of, count_statements):
    admin, other = a_person(db, admin=True), a_member(db, an_organisation(db), Role.ADMINISTRATOR)
    gone, kept = two(db)
    db.commit()
    client, pair = client_of(admin), f"/admin/mergers/new?gone={gone.slug}&kept={kept.slug}"
    assert [client_of(other).get(path).status_code for path in ("/admin/mergers", pair)] == [404, 404]
    assert client.get(f"/admin/mergers/new?gone={gone.slug}&kept=nowhere").status_code == 422

    asked = ("/admin/mergers", pair)
    one = [statements(client, path, count_statements) for path in asked]
    for _ in range(2):
        a_member(db, gone, Role.OFFICER)
        an_organisation(db, "University of Lindmoor")
    db.commit()
    three = [statements(client, path, count_statements) for path in asked]

    assert one == three
    assert max(three) <= 6


def statements(client, path, count_statements):
    with count_statements() as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_imports_that_name_the_merged_one_land_in_the_other(db):
    gone, kept = an_organisation(db, "Rutherford Lab"), an_organisation(db, "Rutherford Appleton Laboratory")
    gone.ror, kept.ror = "03gq8fr08", "00a0n9e72"
    asker, second = (a_person(db, admin=True) for _ in range(2))
    merge(db, gone, kept, [actor_of(db, asker), actor_of(db, second)])
    record = {"id": "https://ror.org/03gq8fr08", "name": "Rutherford Lab", "types": ["facility"], "status": "active"}
    report = run_import(db, enumerate([record | {"city": "Didcot"}], 1), OFFERS["organisations"](Terms(actor_of(db, second))))

    assert (report.created, report.updated) == (0, 1)
    assert (kept.city, kept.name) == ("Didcot", "Rutherford Appleton Laboratory")
    assert [each["name"] for each in kept.names] == ["Rutherford Lab"]
    assert db.scalars(select(Merger)).one().gone_id == gone.id
    assert len(db.scalars(select(Organisation)).all()) == 2
