"""A few listings side by side, as far as one may read them."""

import pytest

from portal.listings.models import ChallengeDetail, InternshipDetail
from portal.listings.states import Kind, PayPeriod, Visibility
from tests import build


@pytest.fixture
def listings(db):
    challenge = build.a_listing(db, title="Quiet pumps", skills=["Welding"])
    challenge.challenge = ChallengeDetail(budget_minor=4_000_000, trl=4, eligibility="Groups of *two*")
    internship = build.a_listing(db, kind=Kind.INTERNSHIP, title="Listen to pumps", place="Norrby", remote=True)
    internship.internship = InternshipDetail(pay_minor=150_000, pay_period=PayPeriod.MONTH, hours_per_week=38)
    hidden = build.a_listing(db, title="Hidden pump", visibility=Visibility.ORGANISATION)
    db.commit()
    return challenge, internship, hidden


def compared(client, *listings):
    return client.get("/compare", query_string={"ids": [getattr(each, "reference", each) for each in listings]})


def test_facts_stand_beside_one_another(client_of, listings):
    page = compared(client_of(), *listings[:2]).text

    for said in (
        "Quiet pumps",
        "up to €40,000",
        "€1,500 per month",
        "38 a week",
        "Level 4 of 9",
        "<em>two</em>",
        "Norrby, or from",
    ):
        assert said in page
    assert "Permit to work" not in page


def test_what_one_may_not_read_does_not_exist(client_of, listings):
    challenge, internship, hidden = listings
    missing = f"CH-{hidden.id + 1:04}"

    with_hidden = compared(client_of(), challenge, hidden, internship)
    assert (with_hidden.status_code, "Hidden pump" in with_hidden.text) == (200, False)
    assert with_hidden.text.count("<th") == compared(client_of(), challenge, missing, internship).text.count("<th")
    assert "Hidden pump" in compared(client_of(hidden.owner), challenge, hidden).text


def test_four_fit(client_of, db, listings):
    more = [build.a_listing(db, title=f"Pump {number}") for number in range(4)]
    db.commit()

    page = compared(client_of(), *more, listings[0]).text

    assert ("Pump 3" in page, "Quiet pumps" in page, "The first four are shown" in page) == (True, False, True)


@pytest.mark.parametrize("asked", ["", "nonsense", "PJ-", "XX-0001", "\x00", "CH-99999999999999"])
def test_whatever_is_asked_is_answered(client_of, asked):
    page = compared(client_of(), asked)

    assert (page.status_code, "Nothing to compare yet" in page.text) == (200, True)


def test_statements_stay_few(client_of, listings, count_statements):
    for chosen in (listings[:1], listings):
        with count_statements() as asked:
            compared(client_of(listings[2].owner), *chosen)
        assert len(asked) <= 6
