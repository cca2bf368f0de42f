"""Pages of questions as each person sees them."""

import pytest

from portal.kernel.policy import Role
from portal.listings.states import ListingState, Visibility
from tests import build
from tests.listings.pages import HOSTILE


@pytest.fixture
def people(db):
    organisation = build.an_organisation(db, "Tidewell Water")
    made = {
        "owner": build.a_member(db, organisation, Role.POSTER, name="Helena Brandt"),
        "asker": build.a_member(db, build.an_organisation(db, "Lindmoor"), name="Ingrid Solheim"),
        "stranger": build.a_person(db, "Sid Stranger"),
    }
    db.commit()
    return made


@pytest.fixture
def browser_of(people, client_of):
    return lambda name: client_of(people.get(name))


@pytest.fixture
def post(db, people):
    def make(**values):
        listing = build.a_listing(db, people["owner"], **values)
        db.commit()
        return listing

    return make


def test_a_question_and_its_answer_walk_through_the_pages(browser_of, post):
    listing = post()
    asker, owner, visitor = browser_of("asker"), browser_of("owner"), browser_of("visitor")
    href = f"{listing.href}/questions"
    assert f'href="{href}"' in visitor.get(listing.href).text

    assert asker.submit(href, {"text": "How old is <b>it</b>?"}).location == href
    assert ("How old is &lt;b&gt;it" in owner.get(href).text, "How old" in visitor.get(href).text) == (True, False)
    assert "Answer a question about" in owner.get("/work").text

    page = owner.get("/questions/1/answer")
    assert (page.status_code, "How old is" in page.text) == (200, True)
    assert owner.submit("/questions/1/answer", {"text": "*Three* years."}).status_code == 303

    shown = visitor.get(href).text
    assert ("<em>Three</em> years." in shown, "Ingrid" in shown, "Lindmoor" in shown) == (True, False, False)
    assert "Ingrid" not in owner.get(href).text


def test_visitors_are_led_to_sign_in_and_others_refused(browser_of, post, db, people):
    listing, hidden = post(), post(visibility=Visibility.ORGANISATION)
    href = f"{listing.href}/questions"

    assert "Sign in to ask a question" in browser_of("visitor").get(href).text
    assert browser_of("visitor").submit(href, {"text": "x"}).status_code == 303
    assert browser_of("owner").submit(href, {"text": "x"}).status_code == 403
    for name in ("visitor", "asker"):
        assert browser_of(name).get(f"{hidden.href}/questions").status_code == 404
        assert browser_of(name).submit(f"{hidden.href}/questions", {"text": "x"}).status_code == 404
    assert browser_of("asker").get(f"/projects/PJ-{listing.id:04d}/questions").status_code == 404


def test_only_those_who_may_answer_get_the_box(browser_of, post, db, people):
    build.a_question(db, post(), people["asker"])
    db.commit()
    statuses = {"visitor": 404, "stranger": 404, "asker": 403, "owner": 200}

    assert {name: browser_of(name).get("/questions/1/answer").status_code for name in statuses} == statuses
    assert browser_of("stranger").submit("/questions/1/answer", {"text": "x"}).status_code == 404
    assert browser_of("owner").get("/questions/99999999999999/answer").status_code == 404


def test_empty_and_hostile_texts_are_no_failure(browser_of, post, db, people):
    listing, asker, owner = post(), browser_of("asker"), browser_of("owner")
    build.a_question(db, listing, people["asker"])
    db.commit()

    for browser, path, most in ((asker, f"{listing.href}/questions", 1000), (owner, "/questions/1/answer", 4000)):
        assert browser.submit(path, {"text": " "}).status_code == 422
        for name, hostile in HOSTILE.items():
            answer = browser.submit(path, {"text": hostile})
            assert (path, name, answer.status_code) == (
                path,
                name,
                422 if len(hostile) > most else 303 if browser is asker else answer.status_code,
            )
            assert answer.status_code in (303, 409, 422)


def test_closed_questions_say_so_and_keep_what_was_typed(browser_of, post):
    listing = post(state=ListingState.CLOSED)
    page = browser_of("asker").submit(f"{listing.href}/questions", {"text": "Too late?"})

    assert (page.status_code, "Questions are closed" in page.text) == (409, True)


def test_pages_ask_the_database_as_often_for_three_as_for_one(browser_of, count_statements, post, db, people):
    listing, owner = post(), browser_of("owner")
    href = f"{listing.href}/questions"

    def asked():
        owner.get(href)
        with count_statements() as statements:
            assert owner.get(href).status_code == 200
        return len(statements)

    build.a_question(db, listing, people["asker"])
    db.commit()
    one = asked()
    for text in ("a?", "b?"):
        build.ask_question(db, listing, build.Asked(text), actor=build.actor_of(db, people["asker"]))
    db.commit()
    assert asked() == one <= 6
