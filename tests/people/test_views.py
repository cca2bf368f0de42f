"""The directory, a person's page and one's own, as different people see them."""

import re

import pytest

from portal.kernel import clock
from portal.kernel.policy import Role
from portal.listings.models import Field
from portal.people.queries import own_profile
from portal.web.limits import init_limits
from tests.build import a_listing, a_member, a_person, actor_of, an_organisation, join
from tests.fixtures.hostile import TEXTS, sent
from tests.fixtures.statements import own_statements


@pytest.fixture
def lindmoor(db):
    organisation = an_organisation(db, "Lindmoor University")
    organisation.role_mailbox = "partnerships@lindmoor.example"
    db.commit()
    return organisation


@pytest.fixture
def ingrid(db, lindmoor):
    account = a_member(db, lindmoor, Role.POSTER, name="Ingrid Solheim")
    db.commit()
    return account


@pytest.fixture
def profile(db, ingrid):
    found = own_profile(db, actor_of(db, ingrid))
    found.headline, found.about, found.expertise = "Professor of machine dynamics", "I **listen**.", ["Signal processing", "R&D"]
    found.orcid, found.open_to, found.contactable = "0000-0002-1825-0097", "joint proposals", True
    db.commit()
    return found


def list_in_directory(db, profile):
    profile.listed = True
    db.commit()


def test_profile_is_for_the_person_and_for_colleagues_until_they_agree(client_of, db, lindmoor, ingrid, profile):
    colleague, stranger, operator = a_member(db, lindmoor), a_member(db, an_organisation(db)), a_person(db, admin=True)
    db.commit()

    for account in (None, stranger, operator):
        assert client_of(account).get(profile.href).status_code == 404
    for account in (ingrid, colleague):
        assert "Ingrid Solheim" in client_of(account).get(profile.href).text
    list_in_directory(db, profile)
    for account in (None, stranger):
        assert client_of(account).get(profile.href).status_code == 200


def test_page_shows_what_the_person_wrote_and_no_address(client_of, db, ingrid, profile):
    list_in_directory(db, profile)
    page = client_of().get(profile.href).text

    for words in ("Professor of machine dynamics", "<strong>listen</strong>", "https://orcid.org/0000-0002-1825-0097", "R&amp;D"):
        assert words in page
    assert "/search?q=R%26D" in page
    assert "Lindmoor University" in page
    assert "@" not in re.sub(r"<(style|script).*?</\1>", "", page, flags=re.S)
    assert "Open to new partners" not in page  # said to people with an account


def test_people_with_an_account_see_how_to_reach_the_office(client_of, db, profile):
    stranger = a_member(db, an_organisation(db))
    list_in_directory(db, profile)
    page = client_of(stranger).get(profile.href).text

    assert "mailto:partnerships@lindmoor.example" in page
    assert "Open to new partners" in page
    assert "person" not in re.findall(r"[\w.]+@[\w.]+", page)


def test_empty_page_says_so(client_of, db):
    account = a_person(db, "Mei Tan")
    db.commit()

    assert "Nothing here yet" in client_of(account).get("/people/mei-tan").text


def test_address_of_nobody_is_missing(client_of):
    client = client_of()
    for slug in ("nobody", "%00", "1", "a" * 3000, "%ED%A0%80", "../me"):
        assert client.get(f"/people/{slug}").status_code == 404, slug


def test_directory_answers_names_from_three_letters_on(client_of, db, profile):
    list_in_directory(db, profile)
    client = client_of()

    assert "Ingrid Solheim" in client.get("/people?q=SOLH").text
    short = client.get("/people?q=so")
    assert short.status_code == 422
    assert "Enter at least 3 letters" in short.text
    assert 'value="so"' in short.text
    assert "Nobody found" in client.get("/people?q=nobody").text


def test_directory_answers_whatever_is_looked_for(client_of):
    client = client_of()
    for text in TEXTS:
        assert client.get("/people", query_string={"q": sent(text)}).status_code in (200, 414, 422), text[:20]


def test_directory_is_not_for_harvesting(app, client_of):
    init_limits(app, enabled=True)
    client = client_of()

    answers = [client.get("/people?q=anna").status_code for _ in range(61)]

    assert answers == [200] * 60 + [429]


def test_own_profile_is_edited(client_of, db, ingrid, profile):
    client = client_of(ingrid)
    form = client.get("/me").text
    assert "Signal processing\nR&amp;D</textarea>" in form
    assert " checked" not in re.search(r'<input [^>]*name="listed"[^>]*>', form)[0]

    answer = client.submit(
        "/me", {"headline": "Dean", "about": "", "expertise": "Tribology\nGIS", "listed": "y", "version": profile.version}
    )

    assert (answer.status_code, answer.location) == (303, profile.href)
    page = client_of().get(profile.href).text
    assert "Dean" in page
    assert "Tribology" in page
    assert "I <strong>" not in page


def test_wrong_answers_come_back_beside_their_fields(client_of, ingrid, profile):
    answer = client_of(ingrid).submit("/me", {"headline": "Dean", "orcid": "0000-0002-1825-0098", "expertise": "x" * 61})

    assert answer.status_code == 422
    assert 'value="Dean"' in answer.text
    assert "mistyped digit" in answer.text
    assert "x" * 61 in answer.text
    assert answer.text.count('class="invalid-feedback"') == 2


def test_profile_changed_in_another_window_keeps_the_text(client_of, ingrid, profile):
    client, seen = client_of(ingrid), profile.version
    client.submit("/me", {"headline": "First", "version": seen})

    late = client.submit("/me", {"headline": "Second", "version": seen})

    assert late.status_code == 409
    assert 'value="Second"' in late.text
    again = re.search(r'<input [^>]*name="version"[^>]*value="(\d+)"', late.text)[1]
    assert client.submit("/me", {"headline": "Second", "version": again}).status_code == 303


def test_own_profile_needs_an_account(client_of):
    assert client_of().get("/me").location.startswith("/sign-in")
    assert client_of().submit("/me", {"headline": "Dean"}).location == "/sign-in"


def test_hostile_text_never_fails(client_of, ingrid, profile):
    client = client_of(ingrid)
    for text in TEXTS:
        for field in ("headline", "about", "orcid", "expertise", "open_to", "listed", "version"):
            answer = client.submit("/me", {field: sent(text)})
            assert answer.status_code in (303, 409, 422), (field, text[:20])
        assert client.get(profile.href).status_code == 200


def test_every_page_asks_the_same_of_the_database_for_one_row_and_for_three(
    client_of, db, count_statements, lindmoor, ingrid, profile
):
    list_in_directory(db, profile)
    a_listing(db, ingrid, lindmoor)
    db.commit()
    client = client_of(ingrid)
    asked_by = {"/people": 2, "/people?q=ingrid": 2, "/me": 4}

    first = own_statements(client, profile.href, count_statements)
    assert first <= 4
    assert {path: own_statements(client, path, count_statements) for path in asked_by} == asked_by
    for number in range(2):
        other = a_member(db, lindmoor, name=f"Ingrid {number}")
        own_profile(db, actor_of(db, other)).listed = True
        join(db, ingrid, an_organisation(db))
        a_listing(db, ingrid, lindmoor)
    db.commit()
    assert own_statements(client, profile.href, count_statements) == first
    assert {path: own_statements(client, path, count_statements) for path in asked_by} == asked_by


def test_a_page_says_how_well_with_what_and_when(client_of, db, ingrid, profile):
    list_in_directory(db, profile)
    client = client_of(ingrid)
    written = {
        "expertise": "Signal processing: expert\nR&D",
        "skills": "Scientific writing",
        "methods": "X-ray diffraction",
        "languages": "en, NO",
        "availability": "from March",
        "contact_by": "listing",
        "listed": "y",
    }

    assert client.submit("/me", written | {"languages": "xx"}).status_code == 422
    assert client.submit("/me", written).status_code == 303

    assert "Signal processing: expert" in client.get("/me").text
    page = client_of().get(profile.href).text
    for shown in ("<small>expert</small>", "Scientific writing", "X-ray diffraction", "English, Norwegian", "from March"):
        assert shown in page
    stranger = a_member(db, an_organisation(db))
    db.commit()
    assert "partnerships@lindmoor.example" not in client_of(stranger).get(profile.href).text


def test_people_see_their_page_through_the_eyes_of_others(client_of, db, lindmoor, ingrid, profile):
    client = client_of(ingrid)

    for audience in ("visitor", "registered"):
        assert "They find no page of yours" in client.get(f"/me/seen-as/{audience}").text
    assert "Professor of machine dynamics" in client.get("/me/seen-as/colleague").text
    list_in_directory(db, profile)
    assert "partnerships@lindmoor.example" not in client.get("/me/seen-as/visitor").text
    assert "partnerships@lindmoor.example" in client.get("/me/seen-as/registered").text
    assert client.get("/me/seen-as/nobody").status_code == 404
    assert client_of().get("/me/seen-as/visitor").location.startswith("/sign-in")


def test_the_directory_lists_those_who_agreed(client_of, db, lindmoor, ingrid, profile):
    assert "Ingrid Solheim" not in client_of().get("/people").text
    list_in_directory(db, profile)

    page = client_of().get("/people").text
    assert "Ingrid Solheim" in page
    assert "Lindmoor University" in page


def test_fields_of_research_come_from_the_vocabulary_of_listings(client_of, db, ingrid, profile):
    terms = [
        Field(scheme="oecd-ford", code=code, label=label) for code, label in (("1", "Natural sciences"), ("1.2", "Computing"))
    ]
    gone = Field(scheme="oecd-ford", code="2", label="Old field", retired_at=clock.now())
    db.add_all([*terms, gone])
    db.flush()
    profile.field_ids = [gone.id]
    list_in_directory(db, profile)
    client = client_of(ingrid)

    form = client.get("/me").text
    assert 'value="1.2"' in form
    assert "Old field" not in form
    assert client.submit("/me", {"fields": "1.2", "listed": "y", "version": str(profile.version)}).status_code == 303
    page = client_of(None).get(profile.href).text
    assert 'href="/search?field=Computing"' in page
    assert "Old field" in page  # what nobody can choose any more stays with those who have it
    db.refresh(profile)
    db.commit()
    for wrong in ("9.9", "\0", "x" * 100_000):
        answer = client.submit("/me", {"fields": wrong, "headline": "Kept", "version": str(profile.version)})
        assert answer.status_code == 422
        assert 'value="Kept"' in answer.text
    terms[1].merged_into_id = terms[0].id
    db.commit()
    assert 'href="/search?field=Natural+sciences"' in client.get(profile.href).text
