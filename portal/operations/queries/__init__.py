"""How the portal is, and what it keeps for longer than it promised."""

from portal.operations.queries.health import Problem, lags, problems_in_database, problems_on_disk, waiting
from portal.operations.queries.retention import Kept, kept_too_long

__all__ = ["Kept", "Problem", "kept_too_long", "lags", "problems_in_database", "problems_on_disk", "waiting"]
