"""Reads over organisations, their domains and their members."""

from portal.organisations.queries.domains import (
    confirmed_address,
    domain_owner,
    domains_near,
    domains_of,
    domains_taken,
    open_claims,
    organisation_for,
    organisation_for_address,
)
from portal.organisations.queries.extract import register_entry
from portal.organisations.queries.invitations import MOST_OPEN, account_with, invitations_due, invitations_to, open_invitations
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
    "MOST_OPEN",
    "MOST_REQUESTS",
    "NAMED",
    "SOURCES",
    "account_with",
    "confirmed_address",
    "domain_owner",
    "domains_near",
    "domains_of",
    "domains_taken",
    "holders_of",
    "holds",
    "invitations_due",
    "invitations_to",
    "is_verified",
    "members_of",
    "members_page",
    "membership_of",
    "memberships_of",
    "namesake",
    "open_claims",
    "open_invitations",
    "organisation_for",
    "organisation_for_address",
    "organisations_like",
    "other_administrators",
    "portal_administrators",
    "register_entry",
    "requests_to",
    "seats_of",
    "slugs_like",
    "unchecked_of",
]
