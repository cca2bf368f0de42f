"""Listings: a shared core, one typed detail table per kind, vocabularies, readers, followers, clarifications, trust."""

from portal.listings.models.clarifications import ListingClarification
from portal.listings.models.details import (
    DETAILS,
    ChallengeDetail,
    ComputeDetail,
    InternshipDetail,
    ProjectDetail,
    TrainingDetail,
)
from portal.listings.models.following import ListingFollow
from portal.listings.models.listing import LIFETIME, MODERATION, REMINDED_BEFORE, Listing
from portal.listings.models.owners import ListingCoOwner, Responsible
from portal.listings.models.readers import ListingReader
from portal.listings.models.templates import ListingTemplate
from portal.listings.models.trust import TrustedOrganisation
from portal.listings.models.vocabulary import Field, ListingField, Skill

__all__ = [
    "DETAILS",
    "LIFETIME",
    "MODERATION",
    "REMINDED_BEFORE",
    "ChallengeDetail",
    "ComputeDetail",
    "Field",
    "InternshipDetail",
    "Listing",
    "ListingClarification",
    "ListingCoOwner",
    "ListingField",
    "ListingFollow",
    "ListingReader",
    "ListingTemplate",
    "ProjectDetail",
    "Responsible",
    "Skill",
    "TrainingDetail",
    "TrustedOrganisation",
]
