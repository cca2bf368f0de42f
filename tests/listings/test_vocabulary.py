"""Vocabularies: terms added, reworded, retired, merged; listings, imports and the search follow."""

import re

import pytest
from sqlalchemy import select

from portal.imports.running import run_import
from portal.imports.terms import Terms
from portal.kernel import clock
from portal.kernel.db import transaction
from portal.kernel.events import Event
from portal.kernel.policy import Actor
from portal.listings.actions import merge_term, retire_term, reword_term
from portal.listings.imports import OFFERS
from portal.listings.inputs import TermText
from portal.listings.models import Field, Listing, ListingField, Skill
from portal.listings.queries import fields_coded, listing_in_full, vocabulary
from portal.listings.search import documents, touched
from tests.build import a_listing, a_person

ADMIN = Actor(id=1, name="Operator", is_admin=True)


def a_field(session, code, label, **values):
    term = Field(scheme="oecd-ford", code=code, label=label, **values)
    session.add(term)
    session.flush()
    return term


def filed(session, *terms):
    listing = a_listing(session)
    session.add_all(ListingField(listing_id=listing.id, field_id=term.id) for term in terms)
    session.flush()
    session.expire_all()
    return listing.id


def labels(session, number):
    return sorted(term.label for term in listing_in_full(session, number).fields)


def events(session):
    return session.scalars(select(Event).where(Event.kind.startswith("term.")).order_by(Event.id)).all()


def test_what_is_filed_under_a_merged_term_goes_over_and_its_code_leads_on(session):
    old, new, other = (
        a_field(session, "1.7", "Informatics"),
        a_field(session, "1.2", "Computing"),
        a_field(session, "2.2", "Electrics"),
    )
    narrower = a_field(session, "1.7.1", "Databases", parent="1.7")
    earlier = a_field(session, "1.8", "Informatiks", merged_into_id=old.id)
    one, both = filed(session, old, other), filed(session, old, new)

    merge_term(session, old, "1.2", actor=ADMIN)
    session.flush()
    session.expire_all()

    assert labels(session, one) == ["Computing", "Electrics"]
    assert labels(session, both) == ["Computing"]
    assert [term.code for term in fields_coded(session, ["1.7", "1.8"])] == ["1.2"]
    assert narrower.parent == "1.2"
    assert earlier.merged_into_id == new.id
    assert [term.code for term in vocabulary(session)] == ["1.2", "1.7.1", "2.2"]
    assert touched(session, events(session)) == {one, both}
    with pytest.raises(Exception, match="stands for this one already"):
        merge_term(session, old, "2.2", actor=ADMIN)


def test_a_record_that_names_an_old_code_is_filed_under_the_new_one(session):
    old, _new = a_field(session, "1.2", "Informatics"), a_field(session, "1.9", "Computing")
    merge_term(session, old, "1.9", actor=ADMIN)
    admin = a_person(session, admin=True)
    session.commit()
    record = {"id": "x", "title": "Software for pumps", "abstract": "Long.", "institution": "Lindmoor University"}

    run_import(session, [(1, record)], OFFERS["projects"](Terms(Actor(admin.id, admin.name, is_admin=True))))

    assert labels(session, session.scalars(select(Listing.id)).one()) == ["Computing"]


def test_words_of_an_administrator_stay_and_are_found_in_each_language(session):
    term = a_field(session, "1.2", "Computing")
    number = filed(session, term)

    reword_term(session, term, TermText("Computer science", "de: Informatik\nfr: Informatique"), actor=ADMIN)
    session.flush()
    admin = a_person(session, admin=True)
    session.commit()
    record = {"scheme": "oecd-ford", "code": "1.2", "label": "Computing again"}
    run_import(session, [(1, record)], OFFERS["fields"](Terms(Actor(admin.id, admin.name, is_admin=True))))

    assert labels(session, number) == ["Computer science"]
    assert touched(session, events(session)) == {number}
    (document,) = documents(session, [number])
    assert document.fields == ("Computer science",)
    assert "Informatik" in document.topics


def test_a_retired_term_is_not_offered_and_stays_where_it_is(session):
    term = a_field(session, "1.2", "Computing")
    number = filed(session, term)

    retire_term(session, term, retired=True, actor=ADMIN)
    session.flush()
    assert vocabulary(session) == []
    assert labels(session, number) == ["Computing"]

    retire_term(session, term, retired=False, actor=ADMIN)
    session.flush()
    assert [each.code for each in vocabulary(session)] == ["1.2"]


def test_nobody_else_tends_vocabularies(session):
    term = a_field(session, "1.2", "Computing")

    with pytest.raises(Exception, match="administrators of the portal"):
        reword_term(session, term, TermText("Mine"), actor=Actor(id=2))


@pytest.fixture
def admin(db, client_of):
    with transaction(db):
        account = a_person(db, admin=True)
    return client_of(account)


def text(response):
    return response.get_data(as_text=True)


def test_an_administrator_finds_adds_rewords_merges_and_retires_terms(app, db, admin, client_of):
    with transaction(db):
        db.add_all(Field(scheme="oecd-ford", code=f"1.{n}", label=f"Subject {n:02}") for n in range(30))
        db.add(Skill(scheme="esco", code="python", label="Python"))
    page = text(admin.get("/admin/vocabularies?scheme=oecd-ford"))
    assert "Subject 24" in page and "Subject 25" not in page and "esco" in page
    after = page.split("&amp;after=")[1].split('"')[0]
    assert "Subject 25" in text(admin.get(f"/admin/vocabularies?of=fields&scheme=oecd-ford&after={after}"))
    assert "Python" in text(admin.get("/admin/vocabularies?of=skills&q=PYTH"))

    given = {"kind": "fields", "scheme": "oecd-ford", "code": "1.2", "label": "Fresh", "parent": "1.1", "translations": "no"}
    refused = admin.submit("/admin/vocabularies/new", given)
    assert refused.status_code == 422 and "one translation a line" in text(refused)
    assert admin.submit("/admin/vocabularies/new", {**given, "translations": ""}).status_code == 422  # the code is taken
    made = admin.submit("/admin/vocabularies/new", {**given, "code": "1.99", "translations": "de: Frisch"}).location
    assert "de: Frisch" in text(admin.get(made))

    admin.submit(made, {"label": "Fresher", "translations": ""})
    assert admin.submit(f"{made}/merge", {"code": "1.99"}).status_code == 422
    admin.submit(f"{made}/retire")
    assert "Offer it again" in text(admin.get(made))
    admin.submit(f"{made}/retire", {"again": "1"})
    assert admin.submit(f"{made}/merge", {"code": "1.3"}).status_code == 303
    assert "Another term stands for this one" in text(admin.get(made))
    with app.extensions["database"].reading() as session:
        steps = [event.data["step"] for event in events(session)]
    assert steps == ["added", "reworded", "retired", "offered", "merged"]
    assert admin.get("/admin/vocabularies?of=nothing").status_code == 404
    with transaction(db):
        person = a_person(db)
    assert client_of(person).get("/admin/vocabularies").status_code == 404
    assert client_of(person).submit(made, {"label": "x"}).status_code == 404


def test_the_page_asks_equally_often_however_many_terms_there_are(db, admin, count_statements):
    counts = []
    for rows in (1, 3):
        with transaction(db):
            db.add_all(Field(scheme="x", code=f"{rows}.{n}", label="Subject") for n in range(rows))
        with count_statements() as asked:
            admin.get("/admin/vocabularies")
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 6


def test_terms_are_suggested_to_people_with_an_account(client_of, db):
    db.add_all(Skill(scheme="esco", code=str(n), label=label) for n, label in enumerate(("use pumps", "pump repair", "welding")))
    gone = Skill(scheme="esco", code="9", label="pumps of old", retired_at=clock.now())
    db.add_all((gone, Field(scheme="ours", code="x", label="Pumpology")))
    a_field(db, "2.3", "Mechanical & pump engineering")
    person = a_person(db)
    db.commit()
    browser = client_of(person)

    found = browser.get("/vocabularies/skills?q=PUMP").text
    assert re.findall('data-value="([^"]+)"', found) == ["pump repair", "use pumps"]
    assert 'data-value="2.3"' in browser.get("/vocabularies/fields?q=pump").text
    assert "Pumpology" not in browser.get("/vocabularies/fields?q=pump").text
    assert [browser.get(f"/vocabularies/skills?q={q}").text.strip() for q in ("", "p", "%25%25", "zz")] == [""] * 4
    assert browser.get("/vocabularies/castles?q=pump").status_code == 404
    assert client_of().get("/vocabularies/skills?q=pump").status_code == 303
