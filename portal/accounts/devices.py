"""A browser and its network in words people recognise, and no more precise than that."""

import ipaddress

# The first that fits: browsers name the ones they descend from as well.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chromium", "Chromium"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
    ("curl", "curl"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)
_PREFIXES = {4: 24, 6: 48}


def device_of(user_agent: str) -> str:
    """`Firefox, Linux`; empty where the browser does not say."""
    return ", ".join(name for table in (_BROWSERS, _SYSTEMS) if (name := _first(table, user_agent)))


def network_of(address: str | None) -> str:
    """The network an address belongs to, `192.0.2.0/24`; empty where there is none."""
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return ""
    return str(ipaddress.ip_network((parsed, _PREFIXES[parsed.version]), strict=False))


def _first(table: tuple[tuple[str, str], ...], text: str) -> str:
    return next((name for sign, name in table if sign in text), "")
