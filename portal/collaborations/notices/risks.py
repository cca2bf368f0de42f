"""Whom facts about risks concern: the leads and whoever watches one; of red ones the offices of both sides as well."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from portal.collaborations.events import RiskMoved, RiskRaised, RiskReviewed
from portal.collaborations.notices.work import leads, leads_and_officers
from portal.collaborations.states import Rating, rating_of
from portal.kernel.events import Event
from portal.kernel.notices import Concerned, Notice
from portal.kernel.text import N_


def those_who_watch(session: Session, event: Event) -> Iterable[Concerned]:
    """The owner of a new risk and the leads; the officers too once it is red."""
    if "owner_id" in event.data:
        yield Concerned(event.data["owner_id"], N_("because you watch this risk"))
    yield from (leads_and_officers if rating_of(event.data["score"]) is Rating.RED else leads)(session, event)


NOTICES = (
    Notice(
        RiskRaised,
        those_who_watch,
        N_("%(actor)s raised a risk: “%(title)s”"),
        N_("You need do nothing now. Whoever watches it looks at it again by its day."),
        N_("Look at the risk"),
    ),
    Notice(
        RiskReviewed,
        those_who_watch,
        N_("The risk “%(title)s” was assessed anew"),
        N_("You need do nothing. The page says from what to what, and why."),
        N_("Look at the risk"),
        mail=False,
    ),
    Notice(
        RiskMoved,
        leads,
        N_("The risk “%(title)s” is now: %(state)s"),
        N_("You need do nothing. The reason stands on its page."),
        N_("Look at the risk"),
    ),
)
