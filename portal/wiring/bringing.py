"""What can be brought in from files."""

from portal.imports.terms import Offer, Uploadable
from portal.kernel.text import N_
from portal.listings import imports as listings_imports
from portal.organisations import imports as organisations_imports

# What `portal import` takes in: organisations and vocabularies before the listings that name them.
OFFERS: dict[str, Offer] = {**organisations_imports.OFFERS, **listings_imports.OFFERS}

# What people bring in with a form: administrators of an organisation its own listings, those of the portal the same as above.
_PUBLIC: dict[str, str] = {
    "organisations": N_("Public record: organisation"),
    "companies": N_("Public record: company"),
    "university_domains": N_("Public record: domains of a university"),
    "fields": N_("Public record: field of research"),
    "skills": N_("Public record: skill"),
    "projects": N_("Public record: research project"),
    "challenges": N_("Public record: challenge"),
    "internships": N_("Public record: internship"),
    "training": N_("Public record: training programme"),
    "compute_resources": N_("Public record: compute offer"),
}

UPLOADS: dict[str, Uploadable] = {
    **listings_imports.UPLOADS,
    **{name: Uploadable(label, OFFERS[name]) for name, label in _PUBLIC.items()},
}
