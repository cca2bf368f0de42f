"""Reads over questionnaires."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.questionnaires.inputs import Questions
from portal.questionnaires.models import Questionnaire


def questionnaire_of(session: Session, listing_id: int) -> Questionnaire | None:
    """The questionnaire of a listing, if it has ever had one."""
    return session.scalars(select(Questionnaire).where(Questionnaire.listing_id == listing_id)).one_or_none()


def questions_of(session: Session, listing_id: int) -> Questions:
    """The own questions of a listing, which may be none."""
    found = questionnaire_of(session, listing_id)
    return found.questions if found else Questions()
