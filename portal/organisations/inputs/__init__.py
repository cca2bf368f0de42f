"""What people and importers may say about organisations, their domains and their members."""

from portal.organisations.inputs.domains import (
    NewDomain,
    canonical,
    domain_of,
    is_public,
    organisation_domain,
    skeleton,
    with_parents,
)
from portal.organisations.inputs.membership import Joining, RolesGiven
from portal.organisations.inputs.profile import (
    Finding,
    NewOrganisation,
    OrganisationProfile,
    OrganisationRecord,
    country_codes,
    ror,
)

__all__ = [
    "Finding",
    "Joining",
    "NewDomain",
    "NewOrganisation",
    "OrganisationProfile",
    "OrganisationRecord",
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
