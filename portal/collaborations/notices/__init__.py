"""Whom facts about collaborations concern."""

from portal.collaborations.notices.documents import NOTICES as DOCUMENTS
from portal.collaborations.notices.meetings import NOTICES as OF_MEETINGS
from portal.collaborations.notices.money import NOTICES as OF_MONEY
from portal.collaborations.notices.outcomes import NOTICES as OF_OUTCOMES
from portal.collaborations.notices.people import NOTICES as OF_PEOPLE
from portal.collaborations.notices.reports import NOTICES as OF_REPORTS
from portal.collaborations.notices.risks import NOTICES as OF_RISKS
from portal.collaborations.notices.work import NOTICES as OF_WORK

NOTICES = (*OF_WORK, *OF_REPORTS, *OF_MONEY, *OF_PEOPLE, *OF_OUTCOMES, *OF_MEETINGS, *OF_RISKS)

__all__ = ["DOCUMENTS", "NOTICES"]
