"""What is true of the whole portal, of one organisation for everybody, and of one organisation for those who look after it."""

from portal.insights.queries.console import answers_of, listings_of, people_of
from portal.insights.queries.whole import (
    POLICIES,
    Figures,
    Replies,
    commands,
    facts_told,
    figures,
    released_of,
    replies_of,
    rules_by_feature,
)

__all__ = [
    "POLICIES",
    "Figures",
    "Replies",
    "answers_of",
    "commands",
    "facts_told",
    "figures",
    "listings_of",
    "people_of",
    "released_of",
    "replies_of",
    "rules_by_feature",
]
