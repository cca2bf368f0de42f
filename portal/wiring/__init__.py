"""Every arrow that points up: what follows from which fact, who is told, what waits, and what engines may know of features.

One file per kind of arrow; this page joins them.
"""

from portal.kernel import events, subjects, terms
from portal.listings import queries as listings_queries
from portal.organisations import queries as organisations_queries
from portal.wiring.bringing import OFFERS, UPLOADS
from portal.wiring.finding import findables
from portal.wiring.following import FLOWS, REACTIONS, TIMED
from portal.wiring.keeping import PERSONAL, TIES
from portal.wiring.knowing import REFERENCES, SUBJECTS
from portal.wiring.showing import NAVIGATION, PANELS, WEIGHTY, works
from portal.wiring.telling import LEADS, NOTICES, SOURCES, SUBSCRIBERS, TOPICS, actor_for

__all__ = [
    "FLOWS",
    "LEADS",
    "NAVIGATION",
    "NOTICES",
    "OFFERS",
    "PANELS",
    "PERSONAL",
    "REACTIONS",
    "REFERENCES",
    "SOURCES",
    "SUBJECTS",
    "SUBSCRIBERS",
    "TIES",
    "TIMED",
    "TOPICS",
    "UPLOADS",
    "WEIGHTY",
    "actor_for",
    "connect",
    "findables",
    "works",
]


def connect() -> None:
    """Hand the tables above to the kernel. Called once per process, before anything is recorded."""
    events.react(REACTIONS)
    subjects.register(SUBJECTS, organisations_queries.actors_around)
    terms.use_terms(terms.Terms(listings_queries.vocabulary, listings_queries.fields_numbered))
