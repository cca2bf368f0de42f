"""A deadline means the same moment to everybody, whatever clocks do that day."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portal.kernel.errors import Invalid
from portal.listings.inputs.deadline import deadline, opening, shown_by_clocks, time_of_day, zone_name

ZONES = (
    "Europe/Brussels",
    "Europe/London",
    "America/New_York",
    "America/St_Johns",
    "America/Sao_Paulo",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Africa/Casablanca",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Chatham",
    "UTC",
)
zones = st.sampled_from(ZONES)
days = st.dates(dt.date(2000, 1, 1), dt.date(2037, 12, 31))
times = st.times().map(lambda time: time.replace(second=0, microsecond=0))


def moments_that_show(day, time, zone):
    """Every moment at which clocks there show this, found by trying all distances from UTC that are in use."""
    shown = dt.datetime.combine(day, time)
    tried = (shown.replace(tzinfo=dt.UTC) - dt.timedelta(minutes=minutes) for minutes in range(-14 * 60, 14 * 60 + 1, 15))
    return [moment for moment in tried if moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == shown]


@given(days, times, zones)
@example(dt.date(2027, 3, 28), dt.time(2, 30), "Europe/Brussels")  # never shown
@example(dt.date(2027, 10, 31), dt.time(2, 30), "Europe/Brussels")  # shown twice
@example(dt.date(2027, 4, 4), dt.time(1, 45), "Australia/Lord_Howe")  # half an hour twice
@example(dt.date(2011, 12, 30), dt.time(12, 0), "Pacific/Apia")  # a day that never was
def test_deadline_is_the_last_moment_that_clocks_show_it(day, time, zone):
    moment = deadline(day, time, zone)

    if showing := moments_that_show(day, time, zone):
        assert moment == max(showing)
    else:
        assert dt.datetime.combine(*shown_by_clocks(moment, zone)) > dt.datetime.combine(day, time)


@given(days, times, zones)
@example(dt.date(2027, 3, 28), dt.time(2, 30), "Europe/Brussels")
@example(dt.date(2027, 10, 31), dt.time(2, 30), "Europe/Brussels")
@example(dt.date(2027, 4, 4), dt.time(1, 45), "Australia/Lord_Howe")
@example(dt.date(2011, 12, 30), dt.time(12, 0), "Pacific/Apia")
def test_opening_is_the_first_moment_that_clocks_show_it(day, time, zone):
    moment = opening(day, time, zone)

    if showing := moments_that_show(day, time, zone):
        assert moment == min(showing)
    else:
        assert dt.datetime.combine(*shown_by_clocks(moment, zone)) > dt.datetime.combine(day, time)
    assert moment <= deadline(day, time, zone)


@given(days, times, zones)
def test_what_clocks_show_leads_back_to_the_same_opening(day, time, zone):
    moment = opening(day, time, zone)

    assert opening(*shown_by_clocks(moment, zone), zone) == moment


@given(days, zones)
def test_opening_without_a_time_is_the_first_minute_of_the_day(day, zone):
    assert opening(day, None, zone) == opening(day, dt.time(), zone)


@given(days, zones)
def test_deadline_without_a_time_is_the_last_minute_of_the_day(day, zone):
    assert deadline(day, None, zone) == deadline(day, dt.time(23, 59), zone)


@given(days, times, zones)
def test_what_clocks_show_leads_back_to_the_same_moment(day, time, zone):
    moment = deadline(day, time, zone)

    assert deadline(*shown_by_clocks(moment, zone), zone) == moment


@given(days, days, times, zones)
def test_a_later_day_is_a_later_deadline(one, other, time, zone):
    earlier, later = sorted((one, other))

    assert deadline(earlier, time, zone) <= deadline(later, time, zone)


@pytest.mark.parametrize(("text", "time"), [("17:00", dt.time(17)), (" 9.05 ", dt.time(9, 5)), ("", None), (None, None)])
def test_times_are_read_as_people_write_them(text, time):
    assert time_of_day("closes_time", text) == time


@pytest.mark.parametrize("text", ["24:00", "12:60", "noon", "12", "12:00:00", "١٢:٠٠", 12, ["12:00"], "1" * 100_000])
def test_what_is_no_time_is_refused_at_its_field(text):
    with pytest.raises(Invalid) as refusal:
        time_of_day("closes_time", text)
    assert refusal.value.field == "closes_time"


@pytest.mark.parametrize("name", ["Europe/Atlantis", "../etc/passwd", "", None, ["UTC"], "\x00", "Europe"])
def test_what_is_no_zone_is_refused(name):
    with pytest.raises(Invalid):
        zone_name("time_zone", name)
