"""Reads over organisations, their domains and their members."""

from portal.organisations.queries.domains import (
    confirmed_address,
    domain_owner,
    domains_near,
    domains_of,
    domains_taken,
    organisation_for,
    organisation_for_address,
)
from portal.organisations.queries.memberships import (
    KEEPERS,
    KEPT_ALONE,
    MOST_REQUESTS,
    holders_of,
    holds,
    members_of,
    members_page,
    membership_of,
    memberships_of,
    other_administrators,
    portal_administrators,
    requests_to,
    seats_of,
)
from portal.organisations.queries.register import NAMED, is_verified, namesake, organisations_like, slugs_like, unchecked_of
from portal.organisations.queries.work import SOURCES

__all__ = [
    "KEEPERS",
    "KEPT_ALONE",
    "MOST_REQUESTS",
    "NAMED",
    "SOURCES",
    "confirmed_address",
    "domain_owner",
    "domains_near",
    "domains_of",
    "domains_taken",
    "holders_of",
    "holds",
    "is_verified",
    "members_of",
    "members_page",
    "membership_of",
    "memberships_of",
    "namesake",
    "organisation_for",
    "organisation_for_address",
    "organisations_like",
    "other_administrators",
    "portal_administrators",
    "requests_to",
    "seats_of",
    "slugs_like",
    "unchecked_of",
]
