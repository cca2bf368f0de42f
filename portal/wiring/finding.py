"""What is found beside listings, in the order of the tabs."""

from portal.organisations import search as organisations_search
from portal.search.sources import Findable

FINDABLES: tuple[Findable, ...] = (organisations_search.FINDABLE,)
