"""How templates write dates, deadlines, money, numbers and names in the reader's language and time zone.

English, the source language, is written by hand: that takes a tenth of Babel's time and follows the house style. Every
other language is left to Babel.
"""

import datetime as dt
from contextvars import ContextVar
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale, dates, numbers
from flask import Flask, current_app, has_app_context
from wtforms import Field, RadioField
from wtforms.widgets import Input, ListWidget, Select, TextArea

from portal.kernel import clock
from portal.kernel.units import minor_digits
from portal.web.icons import file_icon, kind_icon
from portal.web.markdown import markdown
from portal.web.words import PSEUDO, SOURCE, current_locale, gettext, ngettext

Tone = str | None  # the data-tone of theme.css: good, turn, bad, info, or None
SOON_DAYS = 14  # from here on a deadline asks for attention
NBSP = "\u00a0"
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_INPUT_KINDS = {"hidden": "hidden", "checkbox": "check"} | dict.fromkeys(
    ("text", "email", "password", "search", "tel", "url", "date", "datetime-local", "month", "time"), "text"
)
_zone: ContextVar[ZoneInfo | None] = ContextVar("zone", default=None)
_SYMBOLS = {"EUR": "€", "GBP": "£", "USD": "$", "JPY": "¥", "INR": "₹"}


def init_filters(app: Flask) -> None:
    """Give templates these functions under their own names, as filters and as globals."""
    values = (day, month, moment, due, money, money_range, number, percent, size, initials, ago, country, language_name, sentence)
    for function in (*values, kind_icon, file_icon, control_kind, markdown):
        app.jinja_env.filters[function.__name__] = function
        app.jinja_env.globals[function.__name__] = function
    # The macro that draws a deadline is called `due` as well and would hide the function from itself.
    app.teardown_request(lambda _problem: show_times_in(None))
    app.config.setdefault("TIME_ZONE", getattr(app.extensions.get("settings"), "time_zone", "UTC"))
    app.jinja_env.globals |= {"due_text": due, "now": clock.now, "zone_name": zone_name}


def sentence(text: str) -> str:
    """`text` with a capital at its beginning: it may begin with its subject, as “this proposal was sent”."""
    return text[:1].upper() + text[1:]


def show_times_in(name: str | None) -> None:
    """Go on in this zone until the request ends; None: in the portal's."""
    _zone.set(ZoneInfo(name) if name else None)


def zone() -> ZoneInfo:
    """The zone times are shown in: the reader's own, else the portal's (`TIME_ZONE`); UTC outside an app."""
    if (chosen := _zone.get()) is not None:
        return chosen
    return ZoneInfo(current_app.config["TIME_ZONE"] if has_app_context() else "UTC")


def zone_name() -> str:
    """`Europe/Brussels`: said once at the foot of each page."""
    return zone().key


def day(value: dt.date | dt.datetime | None, *, weekday: bool = True, year: bool = True) -> str:
    """`Fri 15 Jan 2027`; a moment gives its date in the reader's zone, nothing gives an empty text."""
    if value is None:
        return ""
    date = _local(value).date() if isinstance(value, dt.datetime) else value
    if (locale := _babel_locale()) is not None:
        return dates.format_skeleton(f"{'y' * year}MMM{'E' * weekday}d", date, locale=locale)
    text = f"{date.day} {_MONTHS[date.month - 1]}"
    if weekday:
        text = f"{_WEEKDAYS[date.weekday()]} {text}"
    return f"{text} {date.year}" if year else text


def month(value: dt.date) -> str:
    """`Jan 2027`: the month of a date."""
    if (locale := _babel_locale()) is not None:
        return dates.format_skeleton("yMMM", value, locale=locale)
    return f"{_MONTHS[value.month - 1]} {value.year}"


def moment(value: dt.datetime | None, *, weekday: bool = True, year: bool = True) -> str:
    """`Thu 3 Dec 2026, 17:00 CET` in the reader's zone. A naive `value` is UTC, as the database keeps it."""
    return f"{day(value, weekday=weekday, year=year)}, {_clock_time(value)}" if value else ""


def due(when: dt.date | dt.datetime | None, now: dt.datetime | None = None, *, owed: bool = False) -> tuple[str, Tone]:
    """What is left until a deadline, and its tone: `("53 days left", "good")`.

    Calendar days in the reader's zone. `owed` is for things somebody promised: those get late, the rest just closes.
    """
    if when is None:
        return "", None
    here = _local(now or clock.now())
    end = _local(when) if isinstance(when, dt.datetime) else None
    days = ((end.date() if end else when) - here.date()).days
    if days > 0:
        left = ngettext("%(n)s day left", "%(n)s days left", days)
        return left, "good" if days > SOON_DAYS else "turn"
    if days == 0 and (end is None or end >= here):
        return _ends_today(end, owed), "turn"
    if not owed:
        return gettext("closed on %(day)s", day=day(when)), None
    if days == 0:
        return gettext("late since today, %(time)s", time=_clock_time(end)), "bad"
    return ngettext("%(n)s day late", "%(n)s days late", -days), "bad"


def money(minor: int | None, currency: str) -> str:
    """`€84,500` from an amount in minor units; cents only where there are some."""
    if minor is None:
        return ""
    digits = minor_digits(currency)
    whole, cents = divmod(abs(minor), 10**digits)
    if (locale := _babel_locale()) is not None:
        pattern = None if cents else Locale.parse(locale).currency_formats["standard"].pattern.replace(".00", "")
        exact = Decimal(minor).scaleb(-digits)
        return numbers.format_currency(exact, currency, pattern, locale=locale, currency_digits=False)
    amount = f"{whole:,}.{cents:0{digits}d}" if cents else f"{whole:,}"
    symbol = _SYMBOLS.get(currency) or currency + NBSP
    return f"{'−' if minor < 0 else ''}{symbol}{amount}"


def money_range(least: int | None, most: int | None, currency: str) -> str:
    """`€60,000–90,000`; one end alone says “from” or “up to”."""
    if least is None or most is None:
        if least is None and most is None:
            return ""
        known = money(most if least is None else least, currency)
        return gettext("up to %(amount)s", amount=known) if least is None else gettext("from %(amount)s", amount=known)
    if least == most:
        return money(least, currency)
    if _babel_locale() is not None or least < 0:
        return f"{money(least, currency)} – {money(most, currency)}"
    symbol = _SYMBOLS.get(currency) or currency + NBSP
    return f"{money(least, currency)}–{money(most, currency).removeprefix(symbol)}"


def number(value: int | float | None, places: int = 0) -> str:
    """`1,234` or, with `places`, `4.3`."""
    if value is None:
        return ""
    if (locale := _babel_locale()) is not None:
        return numbers.format_decimal(round(value, places), locale=locale)
    return f"{value:,.{places}f}".replace("-", "−")


def percent(share: float | None) -> str:
    """`31 %` from 0.31, with a space that does not break."""
    return "" if share is None else f"{number(share * 100)}{NBSP}%"


def size(octets: int) -> str:
    """`820 kB`, `1.2 MB`: file sizes in powers of 1,000, as file managers show them."""
    if octets < 1_000:
        return f"{octets}{NBSP}B"
    if octets < 999_500:
        return f"{number(octets / 1_000)}{NBSP}kB"
    return f"{number(octets / 1_000_000, 1)}{NBSP}MB"


@lru_cache(maxsize=4096)
def initials(name: str) -> str:
    """`IS` for Ingrid Solheim: the first letters of the first and the last word; `?` where there is no letter."""
    letters = [next((c for c in word if c.isalnum()), "") for word in name.split()]
    letters = [letter for letter in letters if letter]
    if not letters:
        return "?"
    return (letters[0] + (letters[-1] if len(letters) > 1 else "")).upper()


def country(code: str) -> str:
    """`Belgium` from BE, in the reader's language; a code without a name stays as it is."""
    return _territories(_babel_locale() or SOURCE).get(code, code)


def language_name(code: str) -> str:
    """`French` from fr, in the reader's language; a code without a name stays as it is."""
    return _languages(_babel_locale() or SOURCE).get(code, code)


def ago(when: dt.datetime | None, now: dt.datetime | None = None) -> str:
    """`3 days ago`; what is older than four weeks, or still to come, gets its date."""
    if when is None:
        return ""
    passed = (now or clock.now()) - _aware(when)
    minutes = int(passed.total_seconds() // 60)
    if passed.days > 28 or minutes < -1:
        return day(when, weekday=False)
    if minutes < 1:
        return gettext("just now")
    if minutes < 60:
        return ngettext("%(n)s minute ago", "%(n)s minutes ago", minutes)
    if minutes < 24 * 60:
        return ngettext("%(n)s hour ago", "%(n)s hours ago", minutes // 60)
    return ngettext("%(n)s day ago", "%(n)s days ago", passed.days)


def control_kind(field: Field) -> str:
    """How a field is drawn: hidden, check, radio, boxes, select, area, text; `own` leaves it to its own widget."""
    widget = field.widget
    if isinstance(widget, Input):
        return _INPUT_KINDS.get(widget.input_type, "own")
    if isinstance(widget, ListWidget):
        return "radio" if isinstance(field, RadioField) else "boxes"
    return "select" if isinstance(widget, Select) else "area" if isinstance(widget, TextArea) else "own"


@lru_cache(maxsize=16)
def _languages(locale: str) -> dict[str, str]:
    return {str(code): str(name) for code, name in Locale.parse(locale).languages.items()}


@lru_cache(maxsize=16)
def _territories(locale: str) -> dict[str, str]:
    return {str(code): str(name) for code, name in Locale.parse(locale).territories.items()}


def _ends_today(end: dt.datetime | None, owed: bool) -> str:
    if end is None:
        return gettext("due today") if owed else gettext("closes today")
    time = _clock_time(end)
    return gettext("due today, %(time)s", time=time) if owed else gettext("closes today, %(time)s", time=time)


def _clock_time(value: dt.datetime | None) -> str:
    """`17:00 CET`. Zones without a name of their own are written as a distance: `17:00 UTC−03`."""
    if value is None:
        return ""
    local = _local(value)
    name = local.tzname() or "UTC"
    return f"{local.hour:02d}:{local.minute:02d} {'UTC' + name.replace('-', '−') if name[0] in '+-' else name}"


def _local(value: dt.datetime) -> dt.datetime:
    return _aware(value).astimezone(zone())


def _aware(value: dt.datetime) -> dt.datetime:
    return value if value.tzinfo else value.replace(tzinfo=dt.UTC)


def _babel_locale() -> str | None:
    """The reader's language as Babel names it, or None for English, which is written here."""
    locale = current_locale()
    return None if locale in (SOURCE, PSEUDO) else locale.replace("-", "_")
