"""Pages of accounts: in and out, registration, forgotten passwords, and everybody's own security."""

from portal.accounts.views import (
    address,
    administration,
    closing,
    demo,
    elsewhere,
    guardian,
    links,
    my_security,
    passkeys,
    registration,
    reset,
    second_factor,
    sessions,
    sign_in,
    tokens,
)
from portal.accounts.views.mount import bp

__all__ = [
    "address",
    "administration",
    "bp",
    "closing",
    "demo",
    "elsewhere",
    "guardian",
    "links",
    "my_security",
    "passkeys",
    "registration",
    "reset",
    "second_factor",
    "sessions",
    "sign_in",
    "tokens",
]
