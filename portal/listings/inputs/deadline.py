"""Deadlines and openings as people write them – a day, perhaps a time, the zone of a place – and the moment they mean."""

import datetime as dt
import re
from typing import Any
from zoneinfo import ZoneInfo

from portal.kernel.errors import Invalid
from portal.kernel.text import N_
from portal.kernel.zones import known_zones

LAST_MINUTE = dt.time(23, 59)  # of a day without a time
_TIME = re.compile(r"\s*([01]?[0-9]|2[0-3])[:.]([0-5][0-9])\s*", re.ASCII)


def deadline(day: dt.date, time: dt.time | None, zone: str) -> dt.datetime:
    """The moment in UTC at which the clocks of `zone` show `time` on `day`; without a time, the day's last minute.

    Where clocks are put back and show it twice, the second time counts; where they are put forward and never show it, as
    much later as they jumped. Nobody is shut out by a change of clocks.
    """
    shown = dt.datetime.combine(day, time or LAST_MINUTE, ZoneInfo(zone))
    return max(shown.replace(fold=fold).astimezone(dt.UTC) for fold in (0, 1))


def opening(day: dt.date, time: dt.time | None, zone: str) -> dt.datetime:
    """The moment in UTC at which the clocks of `zone` first show `time` on `day`; without a time, the day's first minute.

    Where clocks are put forward and never show it, as much later as they jumped.
    """
    local = ZoneInfo(zone)
    shown = dt.datetime.combine(day, time or dt.time(), local)
    moments = [shown.replace(fold=fold).astimezone(dt.UTC) for fold in (0, 1)]
    wanted = shown.replace(tzinfo=None)
    return min((at for at in moments if at.astimezone(local).replace(tzinfo=None) == wanted), default=max(moments))


def shown_by_clocks(moment: dt.datetime, zone: str) -> tuple[dt.date, dt.time]:
    """The day and the time, to the minute, that clocks in `zone` show at `moment`."""
    local = moment.astimezone(ZoneInfo(zone))
    return local.date(), local.time().replace(second=0, microsecond=0, fold=0)


def time_of_day(field: str, value: Any) -> dt.time | None:
    """A time such as 17:00, or None where nothing was entered."""
    if value in (None, ""):
        return None
    if isinstance(value, dt.time):
        return value.replace(second=0, microsecond=0, tzinfo=None)
    found = _TIME.fullmatch(value) if isinstance(value, str) else None
    if not found:
        raise Invalid(field, N_("Enter a time from 00:00 to 23:59, such as 17:00."))
    return dt.time(int(found[1]), int(found[2]))


def zone_name(field: str, value: Any) -> str:
    """The name of a time zone, such as Europe/Brussels. Source: the IANA time zone database."""
    if not isinstance(value, str) or value not in known_zones():
        raise Invalid(field, N_("Choose one of the time zones."))
    return value
