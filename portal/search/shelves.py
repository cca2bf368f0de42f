"""The indexes of a portal: one for listings, and one for each other kind of thing that is found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portal.kernel.db import Database
from portal.kernel.settings import Settings
from portal.search.engine import SearchBackend, WhooshIndex
from portal.search.engine.postgres import PostgresIndex
from portal.search.sources import Findable, Indexed, Searched

LISTINGS = "listings"


@dataclass(frozen=True)
class Shelf:
    """One index and what it is made of. Each kind of thing has its own: none is counted, ranked or corrected among others."""

    name: str
    index: SearchBackend
    indexed: Indexed


Shelves = Sequence[Shelf]


def shelves_of(settings: Settings, database: Database, searched: Searched, findables: Iterable[Findable]) -> tuple[Shelf, ...]:
    """All of them, that of listings first."""
    others = [Shelf(one.name, _index(settings, database, one.name), one) for one in findables]
    return (Shelf(LISTINGS, _index(settings, database), searched), *others)


def _index(settings: Settings, database: Database, name: str = "") -> SearchBackend:
    """Where the settings say that it lies; beside the one without a name those of other kinds."""
    if settings.search_backend == "postgres":
        return PostgresIndex(database.engine, name)
    return WhooshIndex(settings.instance / "index" / name)
