"""What is typed and not saved comes back to whoever typed it, and to nobody else."""

import datetime as dt

import pytest
from sqlalchemy import select

from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.errors import Forbidden
from portal.kernel.policy import Actor, Role
from portal.listings.states import ListingState
from portal.web.limits import init_limits
from portal.writing.actions import KEPT_FOR, MOST, forget_old, forget_writer, keep
from portal.writing.inputs import MOST_CHARACTERS, Typed
from portal.writing.models import Unsaved
from tests import build
from tests.fixtures.hostile import TEXTS, sent

NEW = "/listings/new/challenge"


@pytest.fixture
def owner(db):
    account = build.a_member(db, build.an_organisation(db, "Tidewell Water"), Role.POSTER, name="Helena Brandt")
    db.commit()
    return account


@pytest.fixture
def browser(client_of, owner):
    return client_of(owner)


def typed(browser, path, **fields):
    return browser.submit("/me/writing", {"kept-for": path, **fields})


def test_it_is_back_as_it_was_left_however_wrong(browser):
    kept = typed(
        browser, NEW, title="Pumps & <pipes>", closes_on="the 41st", **{"phases-0-name": "First", "phases-0-places": "x"}
    )
    page = browser.get(NEW).text

    assert kept.status_code == 200
    assert "Draft kept" in kept.text
    for text in ('value="Pumps &amp; &lt;pipes&gt;"', 'value="the 41st"', 'value="First"', "You had not saved this"):
        assert text in page
    assert 'href="/listings/new/challenge">Pumps &amp; &lt;pipes&gt;</a>' in browser.get("/listings").text


def test_nobody_else_gets_it(browser, client_of, db, owner):
    other = build.a_member(db, db.get_one(build.Organisation, 1), Role.POSTER)
    db.commit()
    typed(browser, NEW, title="Ours alone")

    for account in (other, None):
        assert "Ours alone" not in client_of(account).get(NEW).text
    assert typed(client_of(), NEW, title="A visitor's").status_code == 303
    assert db.scalars(select(Unsaved.account_id)).all() == [owner.id]


def test_saving_it_settles_it_and_so_does_beginning_again(browser):
    typed(browser, NEW, title="Half")
    assert browser.submit(NEW, {"title": "Whole", "go": "leave"}).status_code == 303
    assert "Half" not in browser.get(NEW).text

    typed(browser, NEW, title="Another half")
    again = browser.submit("/me/writing/forget", {"path": NEW})
    assert (again.status_code, again.location) == (303, NEW)
    assert "Another half" not in browser.get(NEW).text


def test_what_was_typed_over_an_older_version_replaces_nothing_by_itself(browser, db, owner):
    listing = build.a_listing(db, owner, db.get_one(build.Organisation, 1), state=ListingState.DRAFT, title="As saved")
    db.commit()
    typed(browser, f"{listing.href}/edit", version=str(listing.version - 1), title="Typed before", summary="S", description="D")
    page = browser.get(f"{listing.href}/edit").text
    assert 'value="Typed before"' in page
    assert f'name="version" type="hidden" value="{listing.version - 1}"' in page

    answer = browser.submit(
        f"{listing.href}/edit",
        {"version": str(listing.version - 1), "title": "Typed before", "visibility": "public", "intake": "interest"},
    )

    assert answer.status_code == 409
    db.expire_all()
    assert db.get_one(build.Listing, listing.id).title == "As saved"


def test_going_back_and_writing_on_changes_the_draft_the_form_made(browser, db):
    first = {"title": "First words", "form_key": "k" * 20, "visibility": "public", "intake": "interest", "go": "leave"}
    browser.submit(NEW, first)
    browser.submit(NEW, first | {"title": "Better words"})

    assert db.scalars(select(build.Listing.title)).all() == ["Better words"]


@pytest.mark.parametrize("path", ["", "listings", "/" + "x" * 400, "/a\nb"])
def test_only_pages_of_the_portal_have_forms(browser, path):
    assert typed(browser, path, title="x").status_code == 422


def test_a_page_of_no_kind_is_no_listing(browser):
    typed(browser, "/listings/new/castle", title="A castle")

    assert "A castle" not in browser.get("/listings").text


@pytest.mark.parametrize("text", TEXTS)
def test_anything_can_be_typed(browser, text):
    assert typed(browser, NEW, title=sent(text), summary=sent(text)).status_code in (200, 422)
    assert browser.get(NEW).status_code == 200
    assert browser.get("/listings").status_code == 200


def test_more_than_any_form_takes_is_refused_in_a_sentence(browser):
    answer = typed(browser, NEW, title="x" * (MOST_CHARACTERS + 1))

    assert (answer.status_code, "too long to be kept" in answer.text) == (422, True)


def test_who_types_without_end_keeps_the_newest_forms(db, owner):
    actor = build.actor_of(db, owner)
    for number in range(MOST + 2):
        with clock.at(clock.now() + dt.timedelta(minutes=number)):
            keep(db, Typed(f"/form/{number}", [("title", "x")]), actor=actor)

    paths = set(db.scalars(select(Unsaved.path)))
    assert len(paths) == MOST
    assert "/form/0" not in paths
    with pytest.raises(Forbidden):
        keep(db, Typed(NEW, []), actor=Actor())


def test_it_is_forgotten_in_the_end_and_with_the_account(browser, db, owner):
    typed(browser, NEW, title="Old")
    assert forget_old(db) == 0
    with clock.at(clock.now() + KEPT_FOR + dt.timedelta(hours=1)):
        assert forget_old(db) == 1
    db.commit()
    typed(browser, NEW, title="With the account")
    forget_writer(db, None, db.get_one(User, owner.id), Actor())
    assert db.scalars(select(Unsaved)).all() == []


def test_so_often_and_no_more(app, browser):
    init_limits(app, enabled=True)
    try:
        answers = [typed(browser, NEW, title="x").status_code for _ in range(61)]
    finally:
        init_limits(app, enabled=False)

    assert (answers[59], answers[60]) == (200, 429)
