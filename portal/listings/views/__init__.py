"""Pages of listings: one's own, reading one, writing one, moving one along."""

from portal.listings.views import (
    comparing,
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
