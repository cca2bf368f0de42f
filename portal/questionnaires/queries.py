"""Reads over questionnaires."""

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from portal.kernel.prepared import Question, payload
from portal.questionnaires.inputs import Questions
from portal.questionnaires.models import Questionnaire

_ROWS = Question(select(Questionnaire.rows).where(Questionnaire.listing_id == bindparam("listing")))


def questionnaire_of(session: Session, listing_id: int) -> Questionnaire | None:
    """The questionnaire of a listing, if it has ever had one."""
    return session.scalars(select(Questionnaire).where(Questionnaire.listing_id == listing_id)).one_or_none()


def questions_of(session: Session, listing_id: int) -> Questions:
    """The own questions of a listing, which may be none."""
    found = _ROWS.rows(session, listing=listing_id)
    return Questions.from_json(payload(found[0].rows)) if found else Questions()
