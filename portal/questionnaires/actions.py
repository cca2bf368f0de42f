"""Writing the questions of a listing's proposal form."""

from dataclasses import replace

from sqlalchemy.orm import Session

from portal.kernel.db import add_unique, require_version
from portal.kernel.errors import Invalid, Refused, Stale
from portal.kernel.events import record
from portal.kernel.policy import Actor, require
from portal.kernel.text import N_
from portal.listings.models import Listing
from portal.listings.policies import OWNER
from portal.listings.states import Kind, ListingState
from portal.questionnaires.events import QuestionnaireWritten
from portal.questionnaires.inputs import Question, Questions
from portal.questionnaires.models import Questionnaire
from portal.questionnaires.queries import questionnaire_of

WITH_PROPOSAL = (Kind.PROJECT, Kind.CHALLENGE, Kind.COMPUTE)  # the other kinds lead to a place, not to a proposal
_OVER = (ListingState.ARCHIVED, ListingState.WITHDRAWN, ListingState.REJECTED)


def write_questionnaire(
    session: Session, listing: Listing, given: Questions, *, actor: Actor, version: str | None = None
) -> Questionnaire:
    """Let the proposal form of a listing ask these questions. A question that has a key keeps it, the others are given one.

    Once somebody has proposed, questions can be put in other words, and nothing else: others relied on them.

    Raises:
        Forbidden: the listing is somebody else's.
        Refused: it is over, leads to no proposal, or somebody has proposed and more than words would change.
        Invalid: a key that was never given.
        Stale: `version`, the one the form was drawn from, is no longer the present one.
    """
    require(OWNER, actor, listing)
    if listing.state in _OVER or listing.kind not in WITH_PROPOSAL:
        raise Refused(N_("Nobody can propose to this listing: it asks no questions."))
    found = questionnaire_of(session, listing.id)
    if found is None:
        found = Questionnaire(listing=listing, rows=[], last_number=0)
        if not add_unique(session, found):
            raise Stale
    else:
        require_version(found, version)
    before = found.questions
    _require_same_but_words(listing, before, given)
    found.last_number, questions = _keyed(found.last_number, before, given)
    if questions != before:
        found.rows = questions.to_json()
        session.flush()
        record(session, QuestionnaireWritten(len(questions.questions)), actor=actor, subject=listing)
    return found


def _keyed(last: int, before: Questions, given: Questions) -> tuple[int, Questions]:
    """Keys are known or new; the number of the last one given never falls."""
    known = {question.key for question in before.questions}
    kept: list[Question] = []
    for number, question in enumerate(given.questions):
        if not question.key:
            last += 1
            kept.append(replace(question, key=f"q{last}"))
        elif question.key in known:
            known.remove(question.key)
            kept.append(question)
        else:
            raise Invalid(f"questions-{number}-label", N_("This question is not one of this form. Remove it and add it again."))
    return last, Questions(kept)


def _require_same_but_words(listing: Listing, before: Questions, given: Questions) -> None:
    if not listing.answered_at:
        return
    if [question.fixed for question in before.questions] != [question.fixed for question in given.questions]:
        raise Refused(N_("Somebody has proposed already: now only the wording of questions and their help can change."))
