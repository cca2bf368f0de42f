"""What waits for whom, and who is told of what."""

from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.board import notices as board_notices
from portal.collaborations import notices as collaborations_notices
from portal.collaborations import queries as collaborations_queries
from portal.emergencies import notices as emergencies_notices
from portal.emergencies import queries as emergencies_queries
from portal.files import notices as files_notices
from portal.imports import notices as imports_notices
from portal.kernel.notices import Notice, Topic
from portal.kernel.policy import Actor
from portal.kernel.subscribers import Subscriber
from portal.kernel.text import N_
from portal.kernel.work import Leads, Source
from portal.listings import notices as listings_notices
from portal.listings import queries as listings_queries
from portal.mergers import notices as mergers_notices
from portal.mergers import queries as mergers_queries
from portal.notifications.notifier import notifier
from portal.organisations import notices as organisations_notices
from portal.organisations import queries as organisations_queries
from portal.proposals import notices as proposals_notices
from portal.proposals import queries as proposals_queries
from portal.questions import notices as questions_notices
from portal.questions import queries as questions_queries
from portal.search import notices as search_notices
from portal.threads import notices as threads_notices
from portal.threads.queries import has_muted

# What waits for whom (My work, the header's count).
SOURCES: tuple[Source, ...] = (
    *organisations_queries.SOURCES,
    *mergers_queries.SOURCES,
    *listings_queries.SOURCES,
    *questions_queries.SOURCES,
    *proposals_queries.SOURCES,
    *collaborations_queries.SOURCES,
    *emergencies_queries.SOURCES,
)

# How long before and after the date of what waits somebody is reminded; the usual where nothing is said.
_ONLY_BEFORE = Leads(after=(), office=None)
LEADS: dict[str, Leads] = {
    **dict.fromkeys(("deliverable.hand_in", "report.submit"), Leads(before=(14, 3, 1))),
    "approval.give": Leads(before=(3, 1)),
    "interest.answer": Leads(before=(5, 1)),
    "proposal.decide": Leads(),
    "listing.renew": _ONLY_BEFORE,  # what follows from silence is that it closes, and that is told
    **dict.fromkeys(("invitation.answer", "co_author.invited", "interest.invited", "participant.invited"), _ONLY_BEFORE),
    "meeting.attend": Leads(before=(1,), after=(), office=None),  # afterwards there is nothing to come to
    **dict.fromkeys(("meeting_action.settle", "risk.review"), Leads(office=None)),
    **dict.fromkeys(("proposal.finish", "interest.finish"), _ONLY_BEFORE),
}

# Who is told of what, in the groups by which people choose how.
TOPICS: tuple[Topic, ...] = (
    Topic("answers", N_("Interests and proposals"), proposals_notices.NOTICES),
    Topic("liaison", N_("What our staff answers"), proposals_notices.LIAISON, officers=True),
    Topic("work", N_("Collaborations"), collaborations_notices.NOTICES),
    Topic("documents", N_("Documents of collaborations"), collaborations_notices.DOCUMENTS, daily=True),
    Topic("dates", N_("What is held up in my organisation"), board_notices.NOTICES, officers=True),
    Topic("talk", N_("Messages and files"), (*threads_notices.NOTICES, *files_notices.NOTICES)),
    Topic("questions", N_("Questions about listings"), questions_notices.NOTICES),
    Topic("listings", N_("Listings"), (*listings_notices.NOTICES, *imports_notices.NOTICES)),
    Topic("searches", N_("Saved searches"), search_notices.NOTICES),
    Topic("organisations", N_("Organisations and their members"), organisations_notices.NOTICES),
    Topic("portal", N_("Keeping the portal"), (*mergers_notices.NOTICES, *emergencies_notices.NOTICES), keepers=True),
    # Last: whoever has a nearer reason to be told of the same hears that one.
    Topic("followed", N_("Listings I follow"), listings_notices.FOLLOWED),
)

NOTICES: tuple[Notice, ...] = tuple(notice for topic in TOPICS for notice in topic.notices)


def actor_for(session: Session, account_id: int) -> Actor | None:
    """Who an account is right now, with its seats; None where it is closed or was never confirmed."""
    account = session.get(User, account_id)
    if account is None or not account.active or account.confirmed_at is None:
        return None
    return Actor(
        account.id, account.name, str(account.kind.value), organisations_queries.seats_of(session, account.id), account.is_admin
    )


# Who reads the log after a commit. What needs an index or a folder is added by the app.
SUBSCRIBERS: tuple[Subscriber, ...] = (notifier(TOPICS, actor_for, has_muted),)
