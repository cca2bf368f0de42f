"""Pages of listings: one's own, reading one, writing one, moving one along."""

from portal.listings.views import readers, reading, trust, writing
from portal.listings.views.mount import bp

__all__ = ["bp", "readers", "reading", "trust", "writing"]
