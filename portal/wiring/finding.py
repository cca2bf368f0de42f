"""What is found beside listings, in the order of the tabs."""

import click

from portal.collaborations.search import FINDABLE_OUTCOMES
from portal.insights.search import findable_help
from portal.organisations.search import FINDABLE_ORGANISATIONS
from portal.people.search import FINDABLE_PEOPLE
from portal.search.sources import Findable
from portal.wiring.following import FLOWS


def findables(commands: click.Group) -> tuple[Findable, ...]:
    """`commands`: what the help tells operators of."""
    return (FINDABLE_ORGANISATIONS, FINDABLE_PEOPLE, FINDABLE_OUTCOMES, findable_help(FLOWS, commands))
