"""Reads over interests and proposals, by what they answer."""

from portal.proposals.queries.changes import changes_between
from portal.proposals.queries.dossier import Dossier, dossier_of
from portal.proposals.queries.interests import INTEREST_BRIEF, INTEREST_FULL, interests_for, own_interest
from portal.proposals.queries.onward import Destination, destination_of, listing_for_both, person_found
from portal.proposals.queries.proposals import (
    BY_ID,
    CORE,
    FULL,
    UNDECIDED,
    compute_offer,
    content_of,
    figures,
    last_submitted,
    officers_missing,
    own_proposal,
    proposals_for,
    version_of,
)
from portal.proposals.queries.standing import Counts, Standing, counts_on, organisations_of, standing_of
from portal.proposals.queries.team import (
    CO_AUTHOR_FULL,
    MOST_CO_AUTHORS,
    co_authors_due,
    co_authors_of,
    invitations_held,
    invitations_to_write,
    listing_is_readable,
    proposal_in_full,
    proposal_numbered,
    taking_part_for,
)
from portal.proposals.queries.waiting import SOURCES, approvals_waiting

__all__ = [
    "taking_part_for",
    "proposal_in_full",
    "proposal_numbered",
    "listing_is_readable",
    "invitations_to_write",
    "invitations_held",
    "co_authors_of",
    "co_authors_due",
    "MOST_CO_AUTHORS",
    "CO_AUTHOR_FULL",
    "BY_ID",
    "CORE",
    "FULL",
    "INTEREST_BRIEF",
    "INTEREST_FULL",
    "SOURCES",
    "UNDECIDED",
    "Counts",
    "Destination",
    "Dossier",
    "Standing",
    "approvals_waiting",
    "changes_between",
    "compute_offer",
    "destination_of",
    "listing_for_both",
    "person_found",
    "content_of",
    "counts_on",
    "dossier_of",
    "figures",
    "interests_for",
    "last_submitted",
    "officers_missing",
    "organisations_of",
    "own_interest",
    "own_proposal",
    "proposals_for",
    "standing_of",
    "version_of",
]
