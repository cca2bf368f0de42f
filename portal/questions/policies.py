"""Who may ask, read and answer questions: they follow the listing they are about."""

from sqlalchemy import false, select

from portal.kernel.policy import SIGNED_IN, Rule
from portal.kernel.text import N_
from portal.listings.models import Listing
from portal.listings.policies import AUDIENCE, OFFICER, OWNER
from portal.listings.policies import READ as LISTING_READ
from portal.questions.models import Question


def _of_listing(rule: Rule) -> Rule:
    """What `rule` says of the listing a question is about."""
    return Rule(
        rule.words,
        lambda actor, question: rule.holds(actor, question.listing),
        lambda actor: Question.listing_id.in_(select(Listing.id).where(rule.where(actor))),
    )


ASK = SIGNED_IN & AUDIENCE & ~OWNER
ASKER = Rule(
    N_("whoever asked"),
    lambda actor, question: actor.is_person and question.author_id == actor.id,
    lambda actor: Question.author_id == actor.id if actor.is_person else false(),
)
ANSWERED = Rule(
    N_("once it is answered"),
    lambda _actor, question: question.answered_at is not None,
    lambda _actor: Question.answered_at.is_not(None),
)
ANSWER = _of_listing(OWNER)
# Until it is answered a question stands between whoever asked and the listing's own side.
READ = _of_listing(LISTING_READ) & (ANSWERED | ASKER | _of_listing(OWNER | OFFICER))
