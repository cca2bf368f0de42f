"""What waits for the portal's administrators, and what a machine can say of it beforehand."""

from portal.admin.queries.checks import Check, checks_of
from portal.admin.queries.queues import (
    COUNTED,
    counts,
    dead_letter,
    dead_letters,
    failed_mails,
    listings_in_review,
    organisations_to_verify,
    requests_nobody_keeps,
    work,
)

__all__ = [
    "COUNTED",
    "Check",
    "checks_of",
    "counts",
    "dead_letter",
    "dead_letters",
    "failed_mails",
    "listings_in_review",
    "organisations_to_verify",
    "requests_nobody_keeps",
    "work",
]
