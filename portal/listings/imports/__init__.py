"""Listings and vocabularies from the records of public sources: one module per kind, each source's habits named in it."""

from functools import partial

from portal.imports.terms import Offer, Uploadable
from portal.listings.imports.challenges import CHALLENGES
from portal.listings.imports.compute import COMPUTE
from portal.listings.imports.internships import INTERNSHIPS
from portal.listings.imports.landing import Source, listings_importer
from portal.listings.imports.own import uploadable
from portal.listings.imports.projects import PROJECTS
from portal.listings.imports.training import TRAINING
from portal.listings.imports.vocabularies import fields_importer, skills_importer
from portal.listings.states import Kind

_SOURCES: dict[str, Source] = {
    "projects": PROJECTS,
    "challenges": CHALLENGES,
    "internships": INTERNSHIPS,
    "training": TRAINING,
    "compute_resources": COMPUTE,
}
# Vocabularies first: a listing is given only those fields that are there when it comes in.
OFFERS: dict[str, Offer] = {
    "fields": fields_importer,
    "skills": skills_importer,
    **{name: partial(listings_importer, name, source) for name, source in _SOURCES.items()},
}
# What administrators of an organisation bring in with a form.
UPLOADS: dict[str, Uploadable] = {f"own_{kind.value}": uploadable(kind) for kind in Kind}
