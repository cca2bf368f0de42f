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
from portal.organisations.inputs.parts import LONGEST_UNIT, MOST_NAMES, MOST_UNITS, names_as_text, units_as_text
from portal.organisations.inputs.profile import (
    Checked,
    Finding,
    NewOrganisation,
    OrganisationProfile,
    OrganisationRecord,
    OrganisationSettings,
    RegisterLookup,
    country_codes,
    ror,
)

__all__ = [
    "LONGEST_UNIT",
    "MAILBOXES",
    "MOST_NAMES",
    "MOST_UNITS",
    "Affiliation",
    "Checked",
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
    "RegisterLookup",
    "RolesGiven",
    "canonical",
    "country_codes",
    "domain_of",
    "is_public",
    "names_as_text",
    "organisation_domain",
    "ror",
    "skeleton",
    "units_as_text",
    "with_parents",
]
