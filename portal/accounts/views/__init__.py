"""Pages of accounts: in and out, registration, forgotten passwords, and everybody's own security."""

from portal.accounts.views import (
    address,
    administration,
    closing,
    demo,
    my_security,
    registration,
    reset,
    second_factor,
    sessions,
    sign_in,
)
from portal.accounts.views.mount import bp

__all__ = [
    "address",
    "administration",
    "bp",
    "closing",
    "demo",
    "my_security",
    "registration",
    "reset",
    "second_factor",
    "sessions",
    "sign_in",
]
