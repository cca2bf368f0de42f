"""An administrator announces; everybody it is for sees it on every page, nobody else, and not an hour longer."""

import datetime as dt
import re

import pytest
from sqlalchemy import select

from portal.accounts.models import Kind
from portal.announcements.actions import announce
from portal.announcements.inputs import Message
from portal.announcements.models import Announcement
from portal.announcements.states import Audience, Tone
from portal.kernel import clock
from portal.kernel.db import transaction
from tests.build import a_person, actor_of

TEXT = "The portal is updated tonight."
GIVEN = {"text": TEXT, "tone": "turn", "audience": "student", "dismissible": "y", "ends": "2026-03-02T13:00", "save": "1"}
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def admin(db):
    account = a_person(db, admin=True)
    db.commit()
    return account


@pytest.fixture
def people(db, client_of):
    """A browser of each: of a visitor, and of somebody of each kind."""
    accounts = {kind.value: a_person(db, kind=kind) for kind in Kind}
    db.commit()
    return {"visitor": client_of(), **{kind: client_of(account) for kind, account in accounts.items()}}


def said(db, account, text=TEXT, **values):
    with transaction(db):
        return announce(db, Message(text, **{"ends": "2026-03-02T13:00", **values}), actor=actor_of(db, account))


def who_sees(people, path="/", text=TEXT):
    return {name for name, client in people.items() if text in client.get(path).text}


@pytest.mark.parametrize(
    ("audience", "seen_by"),
    [
        (Audience.EVERYBODY, {"visitor", "student", "professor", "company", "officer"}),
        (Audience.SIGNED_IN, {"student", "professor", "company", "officer"}),
        (Audience.STUDENTS, {"student"}),
        (Audience.RESEARCHERS, {"professor"}),
        (Audience.COMPANIES, {"company"}),
        (Audience.OFFICERS, {"officer"}),
    ],
)
def test_it_stands_on_the_pages_of_its_audience_alone(db, admin, people, frozen, audience, seen_by):
    said(db, admin, audience=audience)

    for path in ("/", "/help", "/organisations", "/nowhere"):  # kept pages, others, and what is not there
        assert who_sees(people, path) == seen_by


def test_it_is_worded_shown_beforehand_dismissed_changed_and_taken_back(db, admin, people, client_of, frozen):
    maker, student = client_of(admin), people["student"]
    shown = maker.submit("/admin/announcements/new", {name: GIVEN[name] for name in GIVEN if name != "save"})
    assert shown.status_code == 200
    assert "How it will look" in shown.text
    assert who_sees(people) == set()
    assert maker.submit("/admin/announcements/new", GIVEN).status_code == 303
    assert who_sees(people) == {"student"}

    page = student.get("/organisations?q=pump").text
    action = re.search(r'action="(/announcements/\d+/dismiss)"', page)[1]
    assert 'name="next" value="/organisations?q=pump"' in page
    assert people["company"].submit(action, {"next": "/work"}).location == "/work"  # no word about what is not for them
    for _ in range(2):
        assert student.submit(action, {"next": "/organisations?q=pump"}).location == "/organisations?q=pump"
    assert student.submit(action, {"next": "//elsewhere.example"}).location == "/"
    assert who_sees(people) == set()

    announcement = db.scalars(select(Announcement)).one()
    db.commit()
    edit = f"/admin/announcements/{announcement.id}/edit"
    assert 'value="2026-03-02T13:00"' in maker.get(edit).text
    changed = {**GIVEN, "starts": "2026-03-02T10:00", "audience": "signed_in", "version": announcement.version}
    assert maker.submit(edit, {**changed, "ends": "2026-03-02T08:00"}).status_code == 422
    assert maker.submit(edit, {**changed, "version": 99}).status_code == 409
    assert maker.submit(edit, changed).status_code == 303
    assert who_sees(people) == {"professor", "company", "officer"}  # its words are the same: the student has read them

    assert maker.submit(f"/admin/announcements/{announcement.id}/steps/take_back").status_code == 303
    assert who_sees(people) == set()
    assert "Taken back" in maker.get("/admin/announcements").text
    for nobody in ("visitor", "officer"):
        assert people[nobody].get("/admin/announcements").status_code in (303, 404)
        assert people[nobody].submit("/admin/announcements/new", GIVEN).status_code in (303, 404)


def test_pages_go_by_the_clock_even_when_nothing_is_written_down(db, admin, people, frozen):
    said(db, admin, starts="2026-03-02T11:00")

    for hours, expected in ((0, set()), (1, set()), (2, set(people)), (3, set(people)), (4, set())):
        with clock.at(frozen + hours * HOUR):
            assert (hours, who_sees(people)) == (hours, expected)


def test_the_gravest_stands_first_and_what_may_not_be_dismissed_stays(db, admin, people, frozen):
    said(db, admin, "News.", dismissible=False)
    said(db, admin, "Nothing works.", tone=Tone.DISRUPTION, link_label="What to do", link_href="/help")
    page = people["student"].get("/work").text

    assert page.index("Nothing works.") < page.index("News.")
    assert page.count("/dismiss") == 1
    assert "/dismiss" not in people["visitor"].get("/").text
    assert '<a href="/help">What to do</a>' in page
    people["student"].submit("/announcements/1/dismiss")
    assert "News." in people["student"].get("/work").text


def test_it_costs_pages_no_statement(db, admin, people, count_statements, frozen):
    def asked(path):
        with count_statements() as statements:
            for client in people.values():
                assert client.get(path).status_code == 200
        return len(statements)

    before = [asked(path) for path in ("/register", "/help", "/organisations")][1:]  # visitors' pages look once in a while
    said(db, admin)
    people["company"].get("/help")  # the first page afterwards reads it, for all
    assert [asked(path) for path in ("/help", "/organisations")] == before
    assert who_sees(people, "/help") == set(people)


def test_the_list_asks_as_often_for_one_as_for_many(db, admin, client_of, count_statements, frozen):
    client = client_of(admin)
    counts = []
    for _ in range(2):
        said(db, admin)
        client.get("/help")
        with count_statements() as asked:
            client.get("/admin/announcements")
        counts.append(len(asked))

    assert counts == [4, 4]  # who is asking, the frame, what is current, what is past
