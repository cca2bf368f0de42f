"""The directory, an organisation's page, founding one and changing what it says – as different people see it."""

import re

import pytest
from sqlalchemy import select

from portal.accounts.models import Kind
from portal.kernel.paging import encode
from portal.kernel.policy import Role
from portal.organisations.models import Organisation
from portal.organisations.states import OrganisationKind, OrganisationState
from portal.organisations.workflow import ORGANISATION_FLOW
from tests.build import ADMIN, GIVEN, a_listing, a_member, a_person, an_organisation, facts, join
from tests.fixtures.hostile import CHOICES, TEXTS, sent
from tests.fixtures.statements import own_statements

FIELDS = ("name", "short_name", "city", "website", "sector", "about", "role_mailbox", "ror")
NEW = {"name": "Tidewell Water", "kind": "company", "country_code": "BE"}


@pytest.fixture
def tidewell(db):
    """A verified company with something to read on its page."""
    organisation = an_organisation(db, "Tidewell Water", kind=OrganisationKind.COMPANY, domain="tidewell.example")
    organisation.about = "We **clean** water."
    organisation.role_mailbox = "office@tidewell.example"
    db.commit()
    return organisation


@pytest.fixture
def administrator(db, tidewell):
    account = a_member(db, tidewell, Role.ADMINISTRATOR, Role.POSTER, name="Helena Brandt")
    db.commit()
    return account


def names(page):
    """The organisations listed, in order."""
    return re.findall(r'<a class="cw-title" href="/organisations/[^"]*">([^<]*)</a>', page.text)


def test_directory_shows_verified_organisations_and_ones_own_by_name(client_of, db, tidewell):
    hidden = an_organisation(db, "Hidden Works", verified=False)
    account = a_member(db, hidden)
    an_organisation(db, "Aachen Institute")
    db.commit()

    assert names(client_of().get("/organisations")) == ["Aachen Institute", "Tidewell Water"]
    assert names(client_of(account).get("/organisations")) == ["Aachen Institute", "Hidden Works", "Tidewell Water"]


@pytest.mark.parametrize(
    ("query", "found"), [("TIDE", True), ("wéll tide", True), ("tidewater", False), ("%", True), ("_", True)]
)
def test_directory_finds_words_without_case_and_accents(client_of, tidewell, query, found):
    page = client_of().get("/organisations", query_string={"q": query})

    assert page.status_code == 200
    assert (names(page) == ["Tidewell Water"]) is found


def test_directory_by_kind(client_of, tidewell):
    assert names(client_of().get("/organisations?kind=company")) == ["Tidewell Water"]
    assert names(client_of().get("/organisations?kind=university")) == []


def test_directory_pages_show_each_organisation_once(client_of, db):
    for number in range(60):
        an_organisation(db, f"Körper {number % 7}")
    db.commit()
    client, seen, path = client_of(), [], "/organisations"

    while path:
        page = client.get(path)
        seen += re.findall(r'"cw-title" href="(/organisations/[^"]*)"', page.text)
        following = re.search(r'rel="next" href="([^"]*)"', page.text)
        path = following[1].replace("&amp;", "&") if following else None

    assert len(seen) == len(set(seen)) == 60


def test_directory_with_a_made_up_cursor_learns_nothing(client_of, db, tidewell):
    hidden = an_organisation(db, "AAA first of all", verified=False)
    db.commit()

    assert names(client_of().get(f"/organisations?after={encode([hidden.id])}")) == []


def test_directory_answers_whatever_is_looked_for(client_of, tidewell):
    client = client_of()
    for text in TEXTS:
        for field in ("q", "after"):
            page = client.get("/organisations", query_string={field: sent(text)})
            assert page.status_code in (200, 414, 422), (field, text[:20])


def test_directory_of_an_unknown_kind_says_so(client_of):
    client = client_of()
    for choice in CHOICES[1:]:
        page = client.get("/organisations", query_string={"kind": choice})
        assert page.status_code == 422
        assert "Choose one of the options." in page.text


def test_profile_is_public_once_verified(client_of, db, tidewell):
    page = client_of().get(tidewell.href)

    assert page.status_code == 200
    assert "<strong>clean</strong>" in page.text
    assert "Verified, " in page.text
    assert "office@tidewell.example" not in page.text  # only for people with an account
    assert "tidewell.example" not in page.text.replace("office@tidewell.example", "")


def test_unverified_profile_is_there_for_members_and_the_portals_administrators(client_of, db):
    hidden = an_organisation(db, "Hidden Works", verified=False)
    member, stranger, operator = a_member(db, hidden), a_member(db, an_organisation(db)), a_person(db, admin=True)
    db.commit()

    for path in (hidden.href, f"{hidden.href}/members", f"{hidden.href}/join"):
        assert client_of().get(path).status_code == 404
        assert client_of(stranger).get(path).status_code == 404
    assert "Not checked yet" in client_of(member).get(hidden.href).text
    assert "Verify" in client_of(operator).get(hidden.href).text
    assert "Verify" not in client_of(member).get(hidden.href).text


def test_address_of_nothing_is_missing(client_of):
    client = client_of()
    for slug in ("nothing", "%00", "A", "a" * 3000, "%ED%A0%80", "-", "x%27--"):
        assert client.get(f"/organisations/{slug}").status_code == 404, slug


def test_portal_administrator_verifies_and_members_read_why_not(client_of, db):
    organisation = an_organisation(db, "New Works", verified=False)
    member, operator = a_member(db, organisation, Role.ADMINISTRATOR), a_person(db, admin=True)
    db.commit()

    refused = client_of(operator).submit(f"{organisation.href}/steps/reject", {"text": "No such firm in the register."})
    assert refused.status_code == 303
    assert "No such firm in the register." in client_of(member).get(organisation.href).text

    assert client_of(member).submit(f"{organisation.href}/steps/ask_again").status_code == 303
    assert client_of(member).submit(f"{organisation.href}/steps/verify").status_code == 403
    assert client_of(operator).submit(f"{organisation.href}/steps/verify").status_code == 303
    assert client_of().get(organisation.href).status_code == 200


def test_founding_one_makes_its_administrator(client_of, db):
    account = a_person(db, kind=Kind.COMPANY)
    db.commit()

    answer = client_of(account).submit("/organisations/new", NEW)

    assert (answer.status_code, answer.location) == (303, "/organisations/tidewell-water")
    assert "Edit the profile" in client_of(account).get(answer.location).text
    organisation = db.scalars(select(Organisation)).one()
    assert organisation.state is OrganisationState.UNVERIFIED
    assert "organisation.added" in facts(db, organisation)


def test_founding_needs_an_account_and_no_student(client_of, db):
    student = a_person(db, kind=Kind.STUDENT)
    db.commit()

    assert client_of().get("/organisations/new").location.startswith("/sign-in")
    refused = client_of(student).submit("/organisations/new", NEW)
    assert refused.status_code == 403
    assert db.scalars(select(Organisation)).all() == []


def test_founding_with_hostile_text_never_fails_and_keeps_what_was_typed(client_of, db):
    account = a_person(db, kind=Kind.COMPANY)
    db.commit()
    client = client_of(account)
    for field in FIELDS:
        for text in TEXTS:
            answer = client.submit("/organisations/new", NEW | {field: sent(text)})
            made = db.scalars(select(Organisation).where(Organisation._state == OrganisationState.UNVERIFIED)).all()
            assert (answer.status_code, len(made)) in ((303, 1), (422, 0)), (field, text[:20])
            if answer.status_code == 422:
                assert 'value="Tidewell Water"' in answer.text or field == "name"
                assert 'class="invalid-feedback"' in answer.text
            for organisation in made:
                ORGANISATION_FLOW.perform(db, organisation, "reject", actor=ADMIN, given=GIVEN["Reason"])
            db.commit()


def test_founding_with_an_unknown_choice_says_so_once(client_of, db):
    account = a_person(db, kind=Kind.COMPANY)
    db.commit()
    client = client_of(account)
    for field in ("kind", "country_code"):
        for choice in CHOICES[1:]:
            answer = client.submit("/organisations/new", NEW | {field: choice})
            assert answer.status_code == 422
            assert answer.text.count("Choose one of the options.</p>") == 1
    assert db.scalars(select(Organisation)).all() == []


def test_editing_changes_the_page(client_of, db, tidewell, administrator):
    version = tidewell.version
    answer = client_of(administrator).submit(f"{tidewell.href}/edit", {"about": "We pump.", "city": "Gent", "version": version})

    assert answer.status_code == 303
    page = client_of().get(tidewell.href).text
    assert "We pump." in page
    assert "Gent" in page
    assert "Tidewell Water" in page


def test_name_and_kind_of_a_verified_organisation_stay(client_of, db, tidewell, administrator):
    client_of(administrator).submit(f"{tidewell.href}/edit", {"name": "Lindmoor University", "kind": "university"})

    db.refresh(tidewell)
    assert (tidewell.name, tidewell.kind) == ("Tidewell Water", OrganisationKind.COMPANY)


def test_editing_a_page_that_changed_keeps_the_text_and_offers_to_send_it_again(client_of, db, tidewell, administrator):
    stale = tidewell.version
    client = client_of(administrator)
    client.submit(f"{tidewell.href}/edit", {"about": "First.", "version": stale})

    late = client.submit(f"{tidewell.href}/edit", {"about": "Second.", "version": stale})

    assert late.status_code == 409
    assert "Somebody was faster" in late.text
    assert "Second.</textarea>" in late.text
    assert "First." in client.get(tidewell.href).text
    again = re.search(r'name="version" type="hidden" value="(\d+)"', late.text)[1]
    assert client.submit(f"{tidewell.href}/edit", {"about": "Second.", "version": again}).status_code == 303


def test_only_its_administrators_edit_it(client_of, db, tidewell):
    member, operator = a_member(db, tidewell, Role.OFFICER), a_person(db, admin=True)
    db.commit()

    assert client_of().get(f"{tidewell.href}/edit").location.startswith("/sign-in")
    for account in (member, operator):
        assert client_of(account).get(f"{tidewell.href}/edit").status_code == 403
        assert client_of(account).submit(f"{tidewell.href}/edit", {"about": "Mine."}).status_code == 403
    hidden = an_organisation(db, verified=False)
    db.commit()
    assert client_of(member).get(f"{hidden.href}/edit").status_code == 404


def test_editing_with_hostile_text_never_fails(client_of, tidewell, administrator):
    client = client_of(administrator)
    for text in TEXTS:
        for field in ("about", "website", "country_code", "version"):
            answer = client.submit(f"{tidewell.href}/edit", {field: sent(text)})
            assert answer.status_code in (303, 409, 422), (field, text[:20])


def test_every_page_asks_the_same_of_the_database_for_one_row_and_for_three(
    client_of, db, count_statements, tidewell, administrator
):
    a_listing(db, a_member(db, tidewell, Role.POSTER), tidewell)
    db.commit()
    client = client_of(administrator)
    asked_by = {"/organisations": 1, tidewell.href: 4, f"{tidewell.href}/edit": 1, f"{tidewell.href}/domains": 3}

    assert {path: own_statements(client, path, count_statements) for path in asked_by} == asked_by
    for _ in range(2):
        a_listing(db, a_member(db, tidewell, Role.POSTER, Role.ADMINISTRATOR), tidewell)
        join(db, administrator, an_organisation(db))
    db.commit()
    assert {path: own_statements(client, path, count_statements) for path in asked_by} == asked_by


def test_suspended_organisation_is_gone_for_the_public(client_of, db, tidewell, administrator):
    ORGANISATION_FLOW.perform(db, tidewell, "suspend", actor=ADMIN, given=GIVEN["Reason"])
    db.commit()

    assert client_of().get(tidewell.href).status_code == 404
    assert "Because of the test." in client_of(administrator).get(tidewell.href).text
