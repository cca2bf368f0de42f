"""What is said of a listing before a moderator judges it."""

import datetime as dt

import pytest

from portal.admin.queries import checks_of
from portal.kernel import clock
from portal.kernel.db import transaction
from portal.listings.queries import listing_in_full
from portal.listings.states import Kind, ListingState
from tests import build

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
LONG = "We measure vibration at forty pumps. " * 8


@pytest.fixture
def organisation(session):
    return build.an_organisation(session)


@pytest.fixture
def found(session, organisation):
    """`found(description=…)`: what each check of such a listing found, by its name."""

    def make(kind=Kind.CHALLENGE, at=None, **values):
        values = {"description": LONG, "skills": ["Python"]} | values
        listing = build.a_listing(session, organisation=organisation, kind=kind, state=ListingState.IN_REVIEW, **values)
        with clock.at(at or clock.now()):
            checks = checks_of(session, listing_in_full(session, listing.id))
        told = {c.label: [*(str(words) for words in c.found), *(one.href for one in c.resembling)] for c in checks}
        assert [c.is_fine for c in checks] == [not findings for findings in told.values()]
        return told

    return make


@ON_SQLITE
@pytest.mark.parametrize("kind", list(Kind))
def test_what_is_missing_is_named_for_each_kind(found, kind):
    bare = found(kind, description="Short.", skills=[], at=clock.now() + dt.timedelta(days=61))["Complete"]

    assert len(bare) >= 4
    for sentence in ("Its description is very short.", "Its deadline has passed."):
        assert sentence in bare


@ON_SQLITE
@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ("[a](https://example.org) <http://example.org> [b](mailto:a@example.org)", 0),
        ("[a](javascript:alert(1))", 1),
        ("[a](ftp://example.org/x) and [b](//evil.example)", 2),
        ("see data:text/html;base64,AAAA", 1),
        ("[a]: file:///etc/passwd", 1),
        ("no links: at all", 0),
    ],
)
def test_links_that_lead_elsewhere_are_named(found, text, odd):
    assert len(found(description=LONG + "\n\n" + text)["Links lead to the web"]) == odd


@ON_SQLITE
@pytest.mark.parametrize(
    "text",
    [
        "A guaranteed visa for everybody.",
        "There is an application fee of 20 euros.",
        "Send your bank details first.",
        "An unpaid trial period of two weeks.",
        "Males only, please.",
        "Contact us: WhatsApp +4912345",
    ],
)
def test_claims_that_no_listing_may_make_are_quoted(found, text):
    (sentence,) = found(description=LONG + text)["No forbidden claims"]
    assert "It says: “" in sentence


@ON_SQLITE
def test_ordinary_words_are_no_claims(found):
    assert found(description=LONG + "We cannot guarantee anything. Women in computing are welcome.")["No forbidden claims"] == []


def test_what_resembles_another_listing_is_named(session, organisation, found):
    other = build.a_listing(session, organisation=organisation, title="Predicting pump failures from vibration")
    build.a_listing(session, title="Predicting pump failures from vibration")  # of somebody else
    build.a_listing(session, organisation=organisation, title="Predict pump failure", state=ListingState.DRAFT)
    sourced = build.a_listing(session, title="Anything", source_url="https://example.org/1")

    assert found(title="Predicting pump failure from vibrations")["New"] == [other.href]
    assert found(title="Something else", source_url="https://example.org/1")["New"] == [sourced.href]
    assert found(title="Sorting letters by hand")["New"] == []


class TestPage:
    @pytest.fixture
    def operator(self, db):
        with transaction(db):
            return build.a_person(db, "Operator", admin=True)

    def test_shows_what_was_found_and_takes_the_step(self, db, client_of, operator):
        with transaction(db):
            first = build.a_listing(db, title="Twin <one>")
            waiting = build.a_listing(
                db, organisation=first.organisation, title="Twin <one>", state=ListingState.IN_REVIEW, description="[x](ftp://a)"
            )
        client = client_of(operator)
        assert f"/admin/listings/{waiting.id}" in client.get("/admin").text

        page = client.get(f"/admin/listings/{waiting.id}")

        assert page.status_code == 200
        for text in ("Look at this", "ftp://a", f'href="{first.href}"', f"{waiting.href}/steps/publish", "Twin &lt;one&gt;"):
            assert (text, text in page.text) == (text, True)

    def test_is_for_administrators_and_for_what_was_sent(self, db, client_of, operator):
        with transaction(db):
            draft, waiting = build.a_listing(db, state=ListingState.DRAFT), build.a_listing(db, state=ListingState.IN_REVIEW)
            owner = waiting.owner
        assert client_of(operator).get(f"/admin/listings/{draft.id}").status_code == 404
        assert client_of(operator).get("/admin/listings/999999").status_code == 404
        for who in (owner, None):
            assert client_of(who).get(f"/admin/listings/{waiting.id}").status_code == 404

    def test_asks_the_database_as_often_for_three_as_for_one(self, db, client_of, operator, count_statements):
        with transaction(db):
            waiting = build.a_listing(db, state=ListingState.IN_REVIEW)
        client, counts = client_of(operator), []
        for _ in range(2):
            client.get(f"/admin/listings/{waiting.id}")
            with count_statements() as asked:
                assert client.get(f"/admin/listings/{waiting.id}").status_code == 200
            counts.append(len(asked))
            with transaction(db):
                for _ in range(2):
                    build.a_listing(db, organisation=waiting.organisation, title=waiting.title)
        assert counts[0] == counts[1] <= 6
