"""Time zones by name: those offered, and all there are."""

from functools import lru_cache
from zoneinfo import available_timezones

known_zones = lru_cache(maxsize=1)(available_timezones)
# One for every clock in use where people are; whoever has another zone keeps it.
ZONES = (
    "Europe/Brussels", "Europe/London", "Europe/Lisbon", "Europe/Athens", "Europe/Kyiv", "Europe/Istanbul", "Europe/Moscow",
    "Atlantic/Azores", "Africa/Casablanca", "Africa/Lagos", "Africa/Johannesburg", "Africa/Nairobi", "Asia/Jerusalem",
    "Asia/Dubai", "Asia/Tehran", "Asia/Karachi", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Dhaka", "Asia/Bangkok",
    "Asia/Singapore", "Asia/Shanghai", "Asia/Tokyo", "Asia/Seoul", "Australia/Perth", "Australia/Adelaide",
    "Australia/Sydney", "Pacific/Auckland", "Pacific/Honolulu", "America/Anchorage", "America/Los_Angeles",
    "America/Phoenix", "America/Denver", "America/Chicago", "America/Mexico_City", "America/New_York", "America/Toronto",
    "America/Bogota", "America/Halifax", "America/St_Johns", "America/Santiago", "America/Sao_Paulo",
    "America/Argentina/Buenos_Aires", "UTC",
)  # fmt: skip
