"""Pages of listings: one's own, reading one, writing one, moving one along."""

from portal.listings.views import (
    comparing,
    embedding,
    exporting,
    following,
    owners,
    places,
    readers,
    reading,
    templates,
    trust,
    vocabulary,
    writing,
)
from portal.listings.views.mount import bp

__all__ = [
    "bp",
    "comparing",
    "embedding",
    "exporting",
    "following",
    "owners",
    "places",
    "readers",
    "reading",
    "templates",
    "trust",
    "vocabulary",
    "writing",
]
