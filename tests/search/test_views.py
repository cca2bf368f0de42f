"""The search page as people use it: filters typed or ticked, near misses, and results to take along."""

import csv
import io
import shutil
from xml.etree import ElementTree

import pytest
from icalendar import Calendar

from portal.listings.states import ListingState, Visibility
from portal.search.engine.index import WhooshIndex
from tests import build

ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("pump kind:internship", "/search?q=pump&kind=internship"),
        ("kind:Internships pump", "/search?q=pump&kind=internship"),
        ("pump place:lindmoor is:remote", "/search?q=pump&place=Lindmoor&remote=yes"),
        ("org:tidewell", "/search?organisation=1"),
        ("deadline:<30d pump", "/search?q=pump&closes=30"),
        ("deadline:20 is:paid", "/search?paid=yes&closes=30"),
        ('place:"Lindmoor" PLACE:norrby', "/search?place=Lindmoor&place=Norrby"),
    ],
)
def test_filters_can_be_typed(client_of, found, typed, address):
    answer = client_of().get("/search", query_string={"q": typed})

    assert answer.status_code == 303
    assert sorted(answer.headers["Location"].split("?")[1].split("&")) == sorted(address.split("?")[1].split("&"))
    assert client_of().get(answer.headers["Location"]).status_code == 200


@pytest.mark.parametrize(
    "typed",
    ["kind:nonsense", "is:wonderful", "deadline:soon", "deadline:<9999d", "place:Atlantis", "http://x", "kind:", "a:b", "is:"],
)
def test_what_names_no_filter_stays_text(client_of, found, typed):
    page = client_of().get("/search", query_string={"q": typed})

    assert page.status_code == 200
    assert f'value="{typed.replace("<", "&lt;")}"' in page.text


def test_the_rarest_of_many_values_can_be_typed_and_completed(client_of, db, found):
    for number in range(101):  # of which each is more frequent than Norrby
        for _ in range(2):
            build.a_listing(db, place=f"Town {number}")
    found()

    answer = client_of().get("/search?q=place:norrby+pump")

    assert answer.headers["Location"].endswith("/search?q=pump&place=Norrby")
    assert "place:Norrby pump" in client_of().get(answer.headers["Location"]).text
    assert "<mark>Norr</mark>by" in client_of().get("/search/suggest?q=norr").text


def test_a_listing_leads_to_those_about_the_same_that_its_reader_may_read(client_of, db, found):
    corrosion = build.a_listing(db, title="Corrosion of turbine blades")
    build.a_listing(db, title="Blades that resist corrosion")
    build.a_listing(db, title="Secret corrosion of blades", visibility=Visibility.ORGANISATION)
    for number in range(5):
        build.a_listing(db, title=f"Newer, of something else {number}")
    found()

    page = client_of().get(corrosion.href).text

    assert "Blades that resist corrosion" in page
    assert "Secret corrosion" not in page
    assert "Newer, of something else" not in page


@pytest.mark.parametrize("name", ["organisation", "kind", "place", "trl", "field", "own", "at", "least"])
@pytest.mark.parametrize("value", ["9" * 25, "9" * 5_000, "٣", "-1", "1e9", "\x00", "²"])
def test_values_that_cannot_be_are_answered(client_of, found, name, value):
    assert client_of().get("/search", query_string={"q": "pump", name: value}).status_code == 200


def test_a_window_leaves_out_what_closes_later_or_never(client_of, found):
    page = client_of().get("/search?q=pump&closes=14")

    assert "Predict <mark>pump</mark> failures" in page.text
    assert "station survey" not in page.text
    assert 'value="14" id="closes-1" checked' in page.text


def test_nothing_found_names_the_filters_in_the_way(client_of, found):
    page = client_of().get("/search?q=pump&kind=internship&place=Lindmoor")

    assert "1 result without “Internship" in page.text.replace("s”", "”").replace("Internships", "Internship")
    assert "1 result without “Lindmoor" in page.text


def test_where_no_listing_has_all_words_those_with_some_are_shown(client_of, found):
    page = client_of().get("/search?q=pump+failures+zeppelin").text

    assert "Nothing matches" in page
    assert "Listings with some of these words" in page
    assert page.index("Predict <mark>pump</mark>") < page.index("<mark>Pump</mark> station survey")
    assert "Hidden" not in page
    assert "some of these words" not in client_of().get("/search?q=zeppelin").text


def test_a_feed_has_the_newest_first_for_this_reader_alone(client_of, found):
    answer = client_of().get("/search.atom?q=pump")

    feed = ElementTree.fromstring(answer.data)
    assert answer.mimetype == "application/atom+xml"
    assert {entry.findtext("a:title", namespaces=ATOM) for entry in feed.findall("a:entry", ATOM)} == {
        "Predict pump failures", "Pump station survey", "=SUM(A1) of pumps",
    }  # fmt: skip
    assert all(entry.find("a:link", ATOM).get("href").startswith("http://") for entry in feed.findall("a:entry", ATOM))


def test_a_calendar_has_the_deadlines(client_of, found):
    answer = client_of().get("/search.ics?q=pump")

    events = Calendar.from_ical(answer.data).walk("VEVENT")
    assert [str(event["summary"]).split(" (")[0] for event in events] == ["Predict pump failures", "Pump station survey"]


def test_a_table_runs_nothing(client_of, found):
    answer = client_of().get("/search.csv?q=pump")

    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert answer.mimetype == "text/csv"
    assert {(row["title"], row["place"]) for row in rows} == {
        ("Predict pump failures", "Lindmoor"), ("Pump station survey", "Norrby"), ("'=SUM(A1) of pumps", "'@home"),
    }  # fmt: skip


def test_a_table_is_whole_however_many_pages_it_takes(client_of, db, found):
    for number in range(120):
        build.a_listing(db, title=f"Turbine {number}")
    found()

    rows = list(csv.DictReader(io.StringIO(client_of().get("/search.csv?q=turbine").text.removeprefix("\ufeff"))))

    assert {row["title"] for row in rows} == {f"Turbine {number}" for number in range(120)}


@pytest.mark.parametrize("form", ["atom", "ics", "csv"])
@pytest.mark.parametrize("asked", ["", "q=" + "x" * 5000, "q=%00%ff&closes=x&page=-1&sort=no&kind=%F0%9F", "q=nothing+at+all"])
def test_whatever_is_asked_is_answered(client_of, found, form, asked):
    assert client_of().get(f"/search.{form}?{asked}").status_code == 200


def test_without_an_index_pages_say_so_and_exports_can_be_asked_for_later(client_of, db):
    page = client_of().get("/search?q=kind:x+place:y")

    assert (page.status_code, "The search is being put in order" in page.text) == (200, True)
    assert client_of().get("/search/suggest?q=pump").status_code == 200
    assert [client_of().get(f"/search.{form}").status_code for form in ("atom", "ics", "csv")] == [503, 503, 503]


@pytest.mark.parametrize("address", ["/search/suggest?q=pump", "/search.csv?q=pump", "/search.atom", "/search.ics"])
def test_an_index_that_breaks_while_a_page_is_made_is_no_failure(client_of, app, found, tmp_path, address):
    class Vanishing(WhooshIndex):
        """Somebody removes the folder right after it was looked at."""

        @property
        def generation(self):
            seen = super().generation
            shutil.rmtree(tmp_path / "index")
            self.close()
            return seen

    app.extensions["index"] = Vanishing(tmp_path / "index")
    answer = client_of().get(address)

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")


def test_typing_completes_titles_fields_organisations_and_places(client_of, found):
    page = client_of().get("/search/suggest?q=lind").text
    assert 'data-href="/search?place=Lindmoor"' in page
    assert "Places" in page
    names = client_of().get("/search/suggest?q=tidew").text
    assert ('data-href="/organisations/organisation-' in names, "<mark>Tidew</mark>ater"[:18] in names) == (True, True)
    assert "Predict" in client_of().get("/search/suggest?q=pump").text


def test_typing_completes_nothing_that_is_hidden(client_of, found):
    for typed in ("atlan", "hidden", "Atlantis", "x" * 300, "\x00", ""):
        assert "Atlantis" not in client_of().get("/search/suggest", query_string={"q": typed}).text
        assert "Hidden" not in client_of().get("/search/suggest", query_string={"q": typed}).text


def test_statements_stay_few(client_of, found, count_statements):
    client = client_of()
    with count_statements() as asked:
        client.get("/search?q=pump&kind=internship")

    assert len(asked) <= 6


@pytest.fixture
def announced(db, found):
    """One more pump, which opens in ten days."""
    listing = build.a_listing(db, title="Pumps of tomorrow", state=ListingState.ANNOUNCED, place="Norrby")
    found()
    return listing


def test_what_is_announced_is_found_by_those_who_ask_for_it_and_says_so(client_of, announced):
    visitor = client_of()

    usual = visitor.get("/search?q=pump").text
    assert ("Pumps of tomorrow" in usual, "3 results" in usual) == (False, True)
    assert "1 listing is announced and opens later" in usual

    asked = visitor.get("/search?q=pump+is:announced")
    assert asked.headers["Location"] == "/search?q=pump&state=announced"
    later = visitor.get(asked.headers["Location"]).text
    assert ("1 result<" in later, "Announced: opens" in later, "Predict" in later) == (True, True, False)
    assert "4 results" in visitor.get("/search?q=pump&state=announced&state=published").text
    assert "remove filter" not in visitor.get("/search?q=pump&state=published").text


def test_counts_of_what_is_open_leave_out_what_is_announced(client_of, announced):
    page = client_of().get("/search").text
    places = client_of().get("/search/suggest?q=norrby").text

    assert 'Norrby<span class="cw-count">1</span>' in page
    assert "Open now" in page
    assert '<mark>Norrby</mark></span><span class="cw-count">1</span>' in places
    assert (
        '<mark>Pumps</mark> of tomorrow</span><span class="cw-count">Announced</span>'
        in client_of().get("/search/suggest?q=pumps").text
    )


def test_what_is_announced_is_taken_along_by_those_who_ask_for_it(client_of, announced):
    visitor = client_of()

    assert "Pumps of tomorrow" not in visitor.get("/search.atom?q=pump").text
    feed = ElementTree.fromstring(visitor.get("/search.atom?q=pump&state=announced").data)
    assert [entry.findtext("a:summary", namespaces=ATOM)[:16] for entry in feed.findall("a:entry", ATOM)] == ["Announced: opens"]
    (row,) = csv.DictReader(io.StringIO(visitor.get("/search.csv?state=announced").text.removeprefix("\ufeff")))
    assert row["opens"][:10] == announced.opens_at.date().isoformat()
    events = Calendar.from_ical(visitor.get("/search.ics?state=announced").data).walk("VEVENT")
    assert {str(event["uid"]).split("@")[0] for event in events} == {announced.reference, f"{announced.reference}-opens"}
