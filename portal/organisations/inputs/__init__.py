"""What people and importers may say about organisations, their domains and their members."""

from portal.organisations.inputs.domains import (
    MAILBOXES,
    ClaimedDomain,
    DomainCode,
    NewDomain,
    canonical,
    domain_of,
    is_public,
    organisation_domain,
    skeleton,
    with_parents,
)
from portal.organisations.inputs.membership import Affiliation, Inviting, Joining, RolesGiven
from portal.organisations.inputs.profile import (
    Finding,
    NewOrganisation,
    OrganisationProfile,
    OrganisationRecord,
    OrganisationSettings,
    country_codes,
    ror,
)

__all__ = [
    "MAILBOXES",
    "Affiliation",
    "ClaimedDomain",
    "DomainCode",
    "Finding",
    "Inviting",
    "Joining",
    "NewDomain",
    "NewOrganisation",
    "OrganisationProfile",
    "OrganisationRecord",
    "OrganisationSettings",
    "RolesGiven",
    "canonical",
    "country_codes",
    "domain_of",
    "is_public",
    "organisation_domain",
    "ror",
    "skeleton",
    "with_parents",
]
