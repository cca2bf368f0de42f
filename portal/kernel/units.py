"""Money in minor units, and nothing else: the one quantity that is ruined by floating point."""

import re
from decimal import Decimal, InvalidOperation

CURRENCIES = ("EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "JPY", "CAD", "AUD", "INR", "CNY", "KRW")
_WITHOUT_MINOR = {"JPY", "KRW"}
MOST_MINOR = 10**14  # a thousand milliard in cents: above it somebody leant on the keyboard
_AMOUNT = re.compile(r"[0-9]{1,3}(?:[ ,'\u00a0\u202f][0-9]{3})+(?:\.[0-9]{1,2})?|[0-9]{1,15}(?:\.[0-9]{1,2})?")


def minor_digits(currency: str) -> int:
    """How many decimals `currency` has. Source: ISO 4217, for the currencies offered."""
    return 0 if currency in _WITHOUT_MINOR else 2


def parse_amount(text: str, currency: str) -> int | None:
    """`84,500.50` → 8450050 in minor units of `currency`; None where it is no amount of at most 10¹⁴ minor units."""
    found = _AMOUNT.fullmatch(text.strip())
    if not found:
        return None
    try:
        minor = Decimal(re.sub(r"[ ,'\u00a0\u202f]", "", found[0])).scaleb(minor_digits(currency))
    except InvalidOperation:
        return None
    return int(minor) if minor == minor.to_integral_value() and minor <= MOST_MINOR else None


def format_amount(minor: int, currency: str) -> str:
    """8450050 → `84500.50`: what an input field shows, and what `parse_amount` reads back."""
    digits = minor_digits(currency)
    return f"{Decimal(minor).scaleb(-digits):.{digits}f}" if digits and minor % 10**digits else str(minor // 10**digits)
