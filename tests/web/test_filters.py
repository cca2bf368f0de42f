"""Dates, deadlines, money and numbers as people read them."""

import datetime as dt

import pytest

from portal.kernel import clock
from portal.web import filters
from portal.web.words import speak
from tests.web.bare import bare_app

NB = "\u00a0"
NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def brussels():
    with bare_app(TIME_ZONE="Europe/Brussels").test_request_context("/"):
        yield


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def test_day_names_weekday_and_month():
    date = dt.date(2027, 1, 15)

    assert filters.day(date) == "Fri 15 Jan 2027"
    assert filters.day(date, weekday=False) == "15 Jan 2027"
    assert filters.day(date, weekday=False, year=False) == "15 Jan"
    assert filters.day(None) == ""


def test_day_of_a_moment_is_the_day_where_the_reader_is(brussels):
    late = at("2026-12-31T23:30")
    portal_day = filters.day(late)
    filters.show_times_in("America/New_York")

    assert portal_day == "Fri 1 Jan 2027"
    assert filters.day(late) == "Thu 31 Dec 2026"


@pytest.mark.parametrize(
    ("utc", "shown"),
    [
        ("2026-12-03T16:00", "Thu 3 Dec 2026, 17:00 CET"),
        ("2026-03-29T00:59", "Sun 29 Mar 2026, 01:59 CET"),  # the minute before the clocks go forward
        ("2026-03-29T01:00", "Sun 29 Mar 2026, 03:00 CEST"),
        ("2026-10-25T00:30", "Sun 25 Oct 2026, 02:30 CEST"),  # half past two comes twice
        ("2026-10-25T01:30", "Sun 25 Oct 2026, 02:30 CET"),
    ],
)
def test_moment_follows_summer_time(brussels, utc, shown):
    assert filters.moment(at(utc)) == shown


def test_moment_takes_naive_times_as_utc_and_names_nameless_zones_by_distance(brussels):
    naive = at("2026-12-03T16:00").replace(tzinfo=None)
    in_brussels = filters.moment(naive)
    filters.show_times_in("America/Sao_Paulo")

    assert in_brussels == "Thu 3 Dec 2026, 17:00 CET"
    assert filters.moment(naive) == "Thu 3 Dec 2026, 13:00 UTC−03"
    assert filters.moment(None) == ""


@pytest.mark.parametrize(
    ("end", "owed", "shown"),
    [
        ("2027-01-15T16:00", False, ("53 days left", "good")),
        ("2026-12-08T16:00", False, ("15 days left", "good")),
        ("2026-12-07T16:00", False, ("14 days left", "turn")),
        ("2026-11-24T00:00", False, ("1 day left", "turn")),
        ("2026-11-23T16:00", False, ("closes today, 17:00 CET", "turn")),
        ("2026-11-23T16:00", True, ("due today, 17:00 CET", "turn")),
        ("2026-11-23T08:00", False, ("closed on Mon 23 Nov 2026", None)),
        ("2026-11-23T08:00", True, ("late since today, 09:00 CET", "bad")),
        ("2026-11-22T16:00", True, ("1 day late", "bad")),
        ("2026-11-17T16:00", True, ("6 days late", "bad")),
        ("2026-11-17T16:00", False, ("closed on Tue 17 Nov 2026", None)),
    ],
)
def test_due_says_what_is_left(brussels, end, owed, shown):
    assert filters.due(at(end), NOW, owed=owed) == shown


def test_due_counts_calendar_days_of_the_reader_across_summer_time(brussels):
    evening = at("2026-10-24T21:30")  # 23:30 in Brussels; the night has 25 hours

    assert filters.due(at("2026-10-25T22:30"), evening) == ("1 day left", "turn")


def test_due_takes_dates_and_the_portal_clock(brussels):
    with clock.at(NOW):
        assert filters.due(dt.date(2026, 11, 23)) == ("closes today", "turn")
        assert filters.due(dt.date(2026, 11, 23), owed=True) == ("due today", "turn")
        assert filters.due(dt.date(2026, 11, 20)) == ("closed on Fri 20 Nov 2026", None)
        assert filters.due(None) == ("", None)


@pytest.mark.parametrize(
    ("minor", "currency", "shown"),
    [
        (8450000, "EUR", "€84,500"),
        (8450050, "EUR", "€84,500.50"),
        (5, "EUR", "€0.05"),
        (0, "EUR", "€0"),
        (-450000, "EUR", "−€4,500"),
        (84500, "JPY", "¥84,500"),
        (8450000, "CHF", f"CHF{NB}84,500"),
        (None, "EUR", ""),
    ],
)
def test_money_shows_minor_units_only_where_there_are_some(minor, currency, shown):
    assert filters.money(minor, currency) == shown


@pytest.mark.parametrize(
    ("least", "most", "shown"),
    [
        (6000000, 9000000, "€60,000–90,000"),
        (9000000, 9000000, "€90,000"),
        (None, 9000000, "up to €90,000"),
        (6000000, None, "from €60,000"),
        (None, None, ""),
    ],
)
def test_money_range_names_the_currency_once(least, most, shown):
    assert filters.money_range(least, most, "EUR") == shown


def test_numbers_have_commas_units_and_real_minus_signs():
    assert filters.number(1234567) == "1,234,567"
    assert filters.number(-4.25, 1) == "−4.2"
    assert filters.number(None) == ""
    assert filters.percent(0.314) == f"31{NB}%"
    assert [filters.size(n) for n in (999, 820_000, 999_600, 1_200_000)] == [
        f"999{NB}B",
        f"820{NB}kB",
        f"1.0{NB}MB",
        f"1.2{NB}MB",
    ]


@pytest.mark.parametrize(
    ("name", "shown"),
    [("Ingrid Solheim", "IS"), ("Anna Maria van der Berg", "AB"), ("Plato", "P"), ("“Ósk” (Ý)", "ÓÝ"), (" – ", "?"), ("", "?")],
)
def test_initials_come_from_first_and_last_word(name, shown):
    assert filters.initials(name) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (20, "just now"),
        (60, "1 minute ago"),
        (59 * 60, "59 minutes ago"),
        (3600, "1 hour ago"),
        (3 * 86400, "3 days ago"),
        (40 * 86400, "14 Oct 2026"),
        (-86400, "24 Nov 2026"),
    ],
)
def test_ago_gives_a_date_for_what_is_old_or_to_come(seconds, shown):
    assert filters.ago(NOW - dt.timedelta(seconds=seconds), NOW) == shown


def test_other_languages_are_written_by_babel(brussels):
    speak("de")

    assert filters.day(dt.date(2027, 1, 15)) == "Fr., 15. Jan. 2027"
    assert filters.moment(at("2026-12-03T16:00"), weekday=False) == "3. Dez. 2026, 17:00 CET"
    assert filters.money(8450000, "EUR") == f"84.500{NB}€"
    assert filters.money(8450050, "EUR") == f"84.500,50{NB}€"
    assert filters.money_range(6000000, 9000000, "EUR") == f"60.000{NB}€ – 90.000{NB}€"
    assert filters.number(1234.5, 1) == "1.234,5"


def test_file_and_kind_icons_have_a_fallback():
    assert filters.file_icon("Budget.XLSX") == "file-earmark-spreadsheet"
    assert filters.file_icon("unknown") == "file-earmark"
    assert filters.kind_icon("internship") == "briefcase"


def test_country_has_its_name_in_the_readers_language(brussels):
    assert filters.country("BE") == "Belgium"
    speak("fr")
    assert filters.country("BE") == "Belgique"


def test_unknown_country_stays_as_it_is(brussels):
    assert filters.country("Q9") == "Q9"


@pytest.mark.parametrize(
    ("text", "shown"), [("this proposal was sent", "This proposal was sent"), ("", ""), ("Ærø", "Ærø"), ("ärger", "Ärger")]
)
def test_a_sentence_begins_with_a_capital(text, shown):
    assert filters.sentence(text) == shown
