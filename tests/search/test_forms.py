"""What the address of the search can ask: amounts, readiness, skills, what is one's own, and the next page."""

import html
import re

import pytest

from portal.kernel import clock
from portal.listings.models import InternshipDetail, ListingFollow, ProjectDetail
from portal.listings.states import Kind, Level, PayPeriod
from tests import build


@pytest.fixture
def offers(db, found):
    """Listings that carry a readiness, skills, money."""
    stages = build.a_listing(db, kind=Kind.PROJECT, title="Stage two", skills=["Welding"])
    stages.project = ProjectDetail(trl=6, amount_minor=5_000_000)
    early = build.a_listing(db, kind=Kind.PROJECT, title="Stage one", skills=["Welding", "Python"])
    early.project = ProjectDetail(trl=3, amount_minor=9_000_000)
    pay = build.a_listing(db, kind=Kind.INTERNSHIP, title="Paid by the hour", currency="GBP")
    pay.internship = InternshipDetail(pay_minor=2_000, pay_period=PayPeriod.HOUR, hours_per_week=30, level=Level.ANY)
    found()
    return stages


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("trl:>4", {"Stage two"}),
        ("trl:1-6", {"Stage one", "Stage two"}),
        ("skill:python", {"Stage one"}),
        ("pay:>60000", {"Stage one"}),
        ("pay:<60000eur", {"Stage two"}),
        ("pay:>2599", {"Stage one", "Stage two", "Paid by the hour"}),
        ("level:master", {"Paid by the hour"}),
    ],
)
def test_what_listings_carry_can_be_asked_for(client_of, offers, typed, titles):
    page = client_of().get("/search", query_string={"q": typed}, follow_redirects=True).text

    assert {title for title in ("Stage one", "Stage two", "Paid by the hour") if f">{title}</a>" in page} == titles


def test_the_highest_amount_comes_first_and_mixed_currencies_are_told(client_of, offers):
    page = client_of().get("/search?sort=amount").text

    assert page.index("Stage one") < page.index("Stage two") < page.index("Paid by the hour")
    assert "each in its own currency" in page
    assert "each in its own currency" not in client_of().get("/search?sort=amount&currency=EUR").text


def test_the_page_tells_how_it_read_what_was_typed(client_of, offers):
    typed = 'stage OR pump* -"dark matter" trl:>4 skill:welding'
    page = client_of().get("/search", query_string={"q": typed}, follow_redirects=True).text

    assert "“stage” or words that begin with “pump”" in page
    assert "“dark matter”, side by side" in page
    assert "Technology readiness 5–9" in page
    assert "skill:Welding trl:5-9 stage OR pump* -&#34;dark matter&#34;" in page


def test_each_result_says_why_it_was_found(client_of, db, found):
    build.a_listing(db, title="Valves of steel", summary="Short", description="Where seals leak under pressure")
    found()

    page = client_of().get("/search", query_string={"q": "valve OR hose steel* leaking"}).text

    why = page[page.index("Why this result") :]
    assert "“valve”</span> – found in: title" in why
    assert "words that begin with “steel”</span> – found in: title" in why
    assert "“leaking”</span> – found in: description, skills or fields" in why
    assert "“hose”</span>" not in why
    assert "Why this result" not in client_of().get("/search").text


def test_one_finds_what_is_ones_own_and_what_one_follows(client_of, db, offers):
    owner, somebody = offers.owner, build.a_person(db, "Mei Tan")
    db.add(ListingFollow(listing_id=offers.id, account_id=somebody.id, begun_at=clock.now()))
    db.commit()

    assert "1 result<" in client_of(owner).get("/search?own=mine").text
    assert "0 results<" in client_of(somebody).get("/search?own=mine").text
    followed = client_of(somebody).get("/search?q=is:followed", follow_redirects=True).text
    assert ("1 result<" in followed, "Stage two" in followed, "Followed by you" in followed) == (True, True, True)
    visitor = client_of().get("/search?q=by:me", follow_redirects=True).text
    assert ("until you sign in" in visitor, "Stage one" in visitor) == (True, True)


def test_pages_follow_one_another_while_listings_come_and_go(client_of, db, found):
    listings = [build.a_listing(db, title=f"Turbine number {number:02}") for number in range(25)]
    found()
    seen, address = [], "/search?q=turbine&sort=newest"
    while address:
        page = client_of().get(address).text
        seen += re.findall(r"Turbine</mark> number (\d\d)</a>", page)
        onward = re.search(r'href="([^"]*)" rel="next"', page)
        address = onward and html.unescape(onward[1])
        build.a_listing(db, title=f"Turbine, newer {len(seen)}")
        db.delete(listings.pop())
        found()

    assert len(seen) == len(set(seen))
    assert {listing.title[-2:] for listing in listings} <= set(seen)
