"""References people read out on the telephone (CH-0412), and tokens nobody can guess."""

import hashlib
import re
import secrets

_LONGEST_ID = 10  # digits; more than any table has rows, and few enough for every database
_REFERENCE = re.compile(r"([A-Za-z]{2})[- ]?0*([0-9]{1,12})")


def reference(prefix: str, number: int) -> str:
    """`CH`, 412 → `CH-0412`; longer numbers simply grow."""
    return f"{prefix}-{number:04d}"


def parse_reference(text: str) -> tuple[str, int] | None:
    """The prefix in capitals and the number, or None where `text` is no reference."""
    found = _REFERENCE.fullmatch(text.strip())
    return (found[1].upper(), int(found[2])) if found else None


def row_id(sent: str | None) -> int | None:
    """The id of a row as an address or a form says it; None for whatever cannot be one."""
    return int(sent) if sent and sent.isascii() and sent.isdigit() and len(sent) < _LONGEST_ID else None


def new_token() -> str:
    """256 random bits, safe in addresses."""
    return secrets.token_urlsafe(32)


def fingerprint(token: str) -> str:
    """What is stored of a token: its SHA-256 in hex. Tokens are random, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()
