import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.imports.values import currency_of, parse_amount, parse_date, parse_moment

UTC = dt.UTC


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("02/18/2015", (2015, 2, 18)),
        ("9/17/2019 06:00 PM", (2019, 9, 17)),
        ("February 18, 2015", (2015, 2, 18)),
        ("Sept 3, 2015", (2015, 9, 3)),
        ("3 March 2020", (2020, 3, 3)),
        ("03/18/2019 12:00 AM", (2019, 3, 18)),
        ("2021/08/02 9:00 AM", (2021, 8, 2)),
        ("04/05/2020 5:00 p.m.", (2020, 4, 5)),
        ("01/16/2020 9 AM", (2020, 1, 16)),
        ("09/10/2020 09:00AM", (2020, 9, 10)),
        ("06/24/2021 12:00 AM ET", (2021, 6, 24)),
        ("2024-03-14T23:12:19Z", (2024, 3, 14)),
        ("2024-12-24 10:21:35", (2024, 12, 24)),
        ("2022-11-07 10:15:56-07:00", (2022, 11, 7)),
        ("06/09/2021 ", (2021, 6, 9)),
        ("2020-1-11", (2020, 1, 11)),
        (dt.date(2020, 1, 2), (2020, 1, 2)),
        (dt.datetime(2020, 1, 2, 3, tzinfo=UTC), (2020, 1, 2)),
    ],
)
def test_each_dialect_of_dates_is_read(value, day):
    assert parse_date(value) == dt.date(*day)


def test_the_order_of_day_and_month_is_the_sources():
    assert parse_date("03/04/2019") == dt.date(2019, 3, 4)
    assert parse_date("03/04/2019", day_first=True) == dt.date(2019, 4, 3)
    assert parse_date("31/12/2011", day_first=True) == dt.date(2011, 12, 31)


@pytest.mark.parametrize(
    "value",
    [
        "31/12/2011",
        "TBA",
        "//",
        "",
        None,
        2019,
        "2019",
        "May, June, July",
        "2021-08-115",
        "2022-00-00 23:59:59",
        "03/02/20202 05:00 PM",
        "First-come, first-served",
        "0001-01-01",
        "9999-12-31",
        "Blursday 3, 2019",
        "Oct 31, 2019 maybe",
        "²0/01/2019",
        "1" * 100,
        True,
    ],
)
def test_what_is_no_date_is_none(value):
    assert parse_date(value) is None
    assert parse_moment(value) is None


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("03/18/2019 12:00 AM", (2019, 3, 18, 0, 0)),
        ("10/24/2019 12:00 pm", (2019, 10, 24, 12, 0)),
        ("11/23/2020 11:59 PM", (2020, 11, 23, 23, 59)),
        ("06/02/2021 00:00 AM", (2021, 6, 2, 0, 0)),
        ("05/26/2020 5 p.m.", (2020, 5, 26, 17, 0)),
        ("2024-03-14T23:12:19Z", (2024, 3, 14, 23, 12, 19)),
        ("2022-11-07 10:15:56-07:00", (2022, 11, 7, 17, 15, 56)),
        ("2022-11-07T10:15:56.123456+0100", (2022, 11, 7, 9, 15, 56)),
        ("February 18, 2015", (2015, 2, 18, 0, 0)),
    ],
)
def test_each_dialect_of_times_is_read_as_utc(value, moment):
    assert parse_moment(value) == dt.datetime(*moment, tzinfo=UTC)


def test_a_time_without_zone_hangs_where_the_source_does():
    assert parse_moment("07/01/2020 05:00 PM", zone="America/New_York") == dt.datetime(2020, 7, 1, 21, tzinfo=UTC)


def test_a_deadline_without_time_is_the_end_of_the_day():
    assert parse_moment("07/01/2020", last=True) == dt.datetime(2020, 7, 1, 23, 59, tzinfo=UTC)
    assert parse_moment("07/01/2020 05:00 PM", last=True) == dt.datetime(2020, 7, 1, 17, tzinfo=UTC)


@pytest.mark.parametrize("value", ["07/01/2020 25:00", "07/01/2020 10:75 AM", "2020-07-01T10:00:00+99:99"])
def test_a_time_that_no_clock_shows_is_none(value):
    assert parse_moment(value) is None


@given(st.dates(dt.date(1800, 1, 1), dt.date(2200, 12, 31)))
def test_every_day_is_read_back_from_every_dialect(day):
    written = (day.isoformat(), f"{day:%m/%d/%Y}", f"{day:%B} {day.day}, {day.year}", f"{day.day} {day:%b} {day.year}")

    assert {parse_date(text) for text in written} == {day}
    assert parse_date(f"{day:%d/%m/%Y}", day_first=True) == day


@given(st.text() | st.text(alphabet="0123456789/-:. APMTZ+,"))
def test_no_text_breaks_the_reading_of_dates_and_amounts(text):
    assert parse_date(text) is None or isinstance(parse_date(text), dt.date)
    assert parse_moment(text) is None or parse_moment(text).tzinfo is UTC
    assert parse_amount(text) is None or parse_amount(text) >= 0


@pytest.mark.parametrize(
    ("value", "currency", "minor"),
    [
        ("$425,000", "USD", 42_500_000),
        ("80503", "USD", 8_050_300),
        ("393919.4", "EUR", 39_391_940),
        ("$20,500,000", "USD", 2_050_000_000),
        ("€10,000", "EUR", 1_000_000),
        ("1.234,56", "EUR", 123_456),
        ("1,234.56 USD", "USD", 123_456),
        ("EUR 1 234", "EUR", 123_400),
        ("1234,5", "EUR", 123_450),
        ("10,000", "JPY", 10_000),
        (80503, "USD", 8_050_300),
        (1234.5, "EUR", 123_450),
        ("0", "USD", 0),
        *(
            (bad, "USD", None)
            for bad in ("Swag", "USD", "-", "", "-500", None, True, float("nan"), "$1,00,000", "1e5", "9" * 40, [1], "$5 or $6")
        ),
    ],
)
def test_amounts_become_minor_units(value, currency, minor):
    assert parse_amount(value, currency) == minor


@given(st.integers(0, 10**14))
def test_every_amount_is_read_back(minor):
    assert parse_amount(f"${minor // 100:,}.{minor % 100:02d}") == minor


@pytest.mark.parametrize(
    ("value", "currency"),
    [("$5", "USD"), ("€9,000", "EUR"), ("100 CHF", "CHF"), ("Swag", None), (5, None), ("AUSDX", None)],
)
def test_a_currency_is_told_by_its_sign_or_code(value, currency):
    assert currency_of(value) == currency
