"""What the box offers: one's own searches, titles, names and words, as far as one may read them."""

import pytest

from portal.search.views.recent import LONGEST, MOST
from tests import build
from tests.search.finding import tell


@pytest.fixture
def known(db, take_in):
    """Somebody who agreed to be found, somebody who did not, an organisation that waits, and a listing."""
    ingrid, rui = build.a_person(db, "Ingrid Pumphrey"), build.a_person(db, "Rui Pumphrey")
    build.an_organisation(db, "Pump Institute")
    build.an_organisation(db, "Pump Secrets", verified=False)
    build.a_listing(db, title="Pump listing", skills=["Pump hydraulics"])
    db.commit()
    tell(db, ingrid, headline="Professor")
    tell(db, rui, listed=False, headline="Hidden")
    take_in()
    return ingrid, rui


def offered(client, typed):
    return client.get("/search/suggest", query_string={"q": typed}).text


def test_names_lead_straight_to_their_pages(client_of, known):
    page = offered(client_of(), "pump")

    assert "Organisations and people" in page
    assert "<mark>Pump</mark> Institute</span>" in page
    assert 'data-href="/people/ingrid-pumphrey"' in page
    assert 'data-href="/search?skill=Pump+hydraulics"' in page
    assert [word in page for word in ("Rui", "Secrets")] == [False, False]


def test_people_are_offered_from_three_letters_on(client_of, known):
    assert ["/people/ingrid" in offered(client_of(), typed) for typed in ("pu", "pum", "ing")] == [False, True, True]


def test_whoever_withdrew_is_not_offered_any_more(client_of, db, known):
    tell(db, known[0], listed=False)

    assert "/people/ingrid" not in offered(client_of(), "ingrid")


def test_ones_own_searches_are_offered_to_nobody_else(client_of, known):
    ingrid, rui = map(client_of, known)
    ingrid.get("/search?q=quiet+pumps")
    ingrid.get("/search?in=people&q=solheim")

    assert "Your searches" in offered(ingrid, "")
    assert 'data-href="/search?in=people&amp;q=solheim"' in offered(ingrid, "sol")
    assert 'data-href="/search?q=quiet+pumps"' in offered(ingrid, "pumps")
    assert '<mark>sol</mark>heim</span><span class="cw-count">People</span>' in offered(ingrid, "sol")
    assert "quiet" not in offered(ingrid, "solh")
    assert "Your searches" not in offered(rui, "") + offered(client_of(), "")


def test_what_was_looked_for_is_forgotten_on_demand(client_of, known):
    client = client_of(known[0])
    client.get("/search?q=quiet+pumps")
    page = client.get("/searches")
    assert ("Lately looked for" in page.text, 'href="/search?q=quiet+pumps"' in page.text) == (True, True)

    assert client.submit("/searches/forget").status_code == 303
    assert "quiet" not in client.get("/searches").text + offered(client, "")


def test_signing_out_forgets_it(client_of, known):
    client = client_of(known[0])
    client.get("/search?q=quiet+pumps")
    client.submit("/sign-out")

    with client.session_transaction() as kept:
        assert "searches" not in kept


def test_few_and_short_ones_are_kept_the_newest_first(client_of, known):
    client = client_of(known[0])
    for number in range(MOST + 3):
        client.get(f"/search?q=word+{number}")
    client.get("/search?q=WORD+9")
    client.get("/search", query_string={"q": "水" * (LONGEST + 50)})
    page = offered(client, "")

    assert page.index("水") < page.index("WORD 9") < page.index("word 10")
    assert ("word 9<" in page, "水" * (LONGEST + 1) in page, page.count('role="option"') <= MOST) == (False, False, True)
    assert len(client.get_cookie("session").value) < 2_000


def test_what_a_visitor_looks_for_is_not_kept(client_of, known):
    visitor = client_of()
    visitor.get("/search?q=quiet+pumps")

    assert "quiet" not in offered(visitor, "")
    with visitor.session_transaction() as kept:
        assert "searches" not in kept


def test_another_person_in_the_same_browser_is_offered_nothing_of_it(client_of, known):
    client = client_of(known[0])
    with client.session_transaction() as kept:
        kept["searches"] = [known[1].id, [["", "quiet pumps"]]]

    assert "quiet" not in offered(client, "") + client.get("/searches").text


def test_statements_stay_few(client_of, known, count_statements):
    client = client_of(known[1])
    offered(client, "ing")
    with count_statements() as asked:
        offered(client, "pump")

    assert len(asked) <= 8
