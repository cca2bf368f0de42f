"""Whom facts about interests and proposals concern, and those about who writes them together."""

from portal.proposals.notices import answers, partners, team

NOTICES = (*answers.NOTICES, *partners.NOTICES, *team.NOTICES)
LIAISON = answers.LIAISON

__all__ = ["LIAISON", "NOTICES"]
