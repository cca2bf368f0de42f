"""What is found beside listings, in the order of the tabs."""

from portal.organisations.search import FINDABLE_ORGANISATIONS
from portal.people.search import FINDABLE_PEOPLE
from portal.search.sources import Findable

FINDABLES: tuple[Findable, ...] = (FINDABLE_ORGANISATIONS, FINDABLE_PEOPLE)
