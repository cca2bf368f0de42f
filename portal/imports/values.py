"""Dates and amounts in the dialects that public data come in. What cannot be read is None, never a guess."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from portal.kernel.clock import UTC
from portal.kernel.units import CURRENCIES, MOST_MINOR, minor_digits

_MONTHS = [
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
]
_ISO_DAY = re.compile(r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})")
_SLASHED_DAY = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_WRITTEN_DAY = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_DAY_WRITTEN = re.compile(r"(\d{1,2})(?:st|nd|rd|th)? ([A-Za-z]{3,9})\.?,? (\d{4})")
_TIME = re.compile(
    r"[T ]?(\d{1,2})(?::(\d{2}))?(?::(\d{2})(?:\.\d{1,9})?)? ?([AaPp])\.?[Mm]\.?(?: [A-Z]{2,4})?"
    r"|[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)? ?(Z|[+-]\d{2}:?\d{2})?",
)
_EARLIEST, _LATEST = 1800, 2200
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
_NUMBER = re.compile(r"\d{1,3}(?:[ ,.'\u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?|\d{1,15}(?:[.,]\d{1,6})?", re.ASCII)


def parse_date(value: Any, *, day_first: bool = False) -> dt.date | None:
    """The day that `value` names; a time after it is left out.

    Args:
        day_first: what `03/04/2019` means is a habit of the source; true where it is the third of April.
    """
    found = _day_and_rest(value, day_first)
    return found[0] if found else None


def parse_moment(value: Any, *, day_first: bool = False, zone: str = "UTC", last: bool = False) -> dt.datetime | None:
    """The moment in UTC that `value` names.

    Args:
        zone: where the clock hangs that a time without zone was read from.
        last: a day without time means its last minute (a deadline) instead of its first.
    """
    found = _day_and_rest(value, day_first)
    if found is None:
        return None
    day, rest = found
    if not rest:
        time, offset = (dt.time(23, 59) if last else dt.time()), None
    elif (read := _time(rest)) is not None:
        time, offset = read
    else:
        return None
    try:
        return dt.datetime.combine(day, time, offset or ZoneInfo(zone)).astimezone(UTC)
    except OverflowError:
        return None


def parse_amount(value: Any, currency: str = "USD") -> int | None:
    """`$425,000` or `80503.5` in minor units of `currency`; None for “Swag”, negative and absurd amounts."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = re.sub(r"^[A-Z]{3} ?|[$€£¥]| ?[A-Z]{3}$", "", str(value).strip()).strip()
    if not _NUMBER.fullmatch(text):
        return None
    minor = Decimal(_point_only(text)).scaleb(minor_digits(currency)).to_integral_value()
    return int(minor) if minor <= MOST_MINOR else None


def currency_of(value: Any) -> str | None:
    """The currency that an amount names by its sign or code."""
    if not isinstance(value, str):
        return None
    named = next((code for sign, code in _SIGNS.items() if sign in value), None)
    return named or next((code for code in CURRENCIES if re.search(rf"\b{code}\b", value)), None)


def _day_and_rest(value: Any, day_first: bool) -> tuple[dt.date, str] | None:
    if isinstance(value, dt.datetime):
        return value.date(), value.time().isoformat("seconds")
    if isinstance(value, dt.date):
        return value, ""
    if not isinstance(value, str) or len(value) > 60:
        return None
    text = " ".join(value.split())
    for pattern, order in _day_patterns(day_first):
        if (found := pattern.match(text)) and not text[found.end() : found.end() + 1].isdigit():
            day = _calendar_day(*(found[place] for place in order))
            return (day, text[found.end() :]) if day and _is_rest(text[found.end() :]) else None
    return None


def _day_patterns(day_first: bool) -> tuple[tuple[re.Pattern[str], tuple[int, int, int]], ...]:
    """Each with the places of year, month and day in it."""
    return (
        (_ISO_DAY, (1, 3, 4)),
        (_SLASHED_DAY, (4, 3, 1) if day_first else (4, 1, 3)),
        (_WRITTEN_DAY, (3, 1, 2)),
        (_DAY_WRITTEN, (3, 2, 1)),
    )


def _calendar_day(year: str, month: str, day: str) -> dt.date | None:
    number = int(month) if month.isdigit() else _month_named(month.lower())
    if not _EARLIEST <= int(year) <= _LATEST:
        return None
    try:
        return dt.date(int(year), number, int(day))
    except ValueError:
        return None


def _month_named(name: str) -> int:
    """1 to 12, or 0 where no month's name begins like this."""
    return next((number for number, month in enumerate(_MONTHS, 1) if month.startswith(name)), 0)


def _is_rest(text: str) -> bool:
    return not text or _TIME.fullmatch(text) is not None


def _time(text: str) -> tuple[dt.time, dt.tzinfo | None] | None:
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    if found[4]:
        hour, minute, second, offset = found[1], found[2], found[3], None
        hours = int(hour) % 12 + (12 if found[4] in "Pp" else 0) if 1 <= int(hour) <= 12 else int(hour)
    else:
        hours, minute, second, offset = int(found[5]), found[6], found[7], found[8]
    try:
        time = dt.time(hours, int(minute or 0), int(second or 0))
        return time, dt.datetime.strptime(offset, "%z").tzinfo if offset else None
    except ValueError:
        return None


def _point_only(number: str) -> str:
    """`1.234,5` and `1,234.5` alike as `1234.5`: the last sign is the decimal one unless three digits follow it."""
    digits = re.sub(r"[ '\u00a0\u202f]", "", number)
    head, sign, tail = re.split(r"([.,])(?=[^.,]*$)", digits) if re.search(r"[.,]", digits) else (digits, "", "")
    if sign == "," and len(tail) == 3 or sign and digits.count(sign) > 1:
        head, tail = digits, ""
    whole = re.sub(r"[.,]", "", head)
    return f"{whole}.{tail}" if tail else whole
