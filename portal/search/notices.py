"""Who is told of what is new for a saved search."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from portal.kernel.events import Event
from portal.kernel.notices import Concerned, Notice
from portal.kernel.text import N_
from portal.search.events import SearchMatched
from portal.search.models import SavedSearch


def who_saved_it(session: Session, event: Event) -> Iterable[Concerned]:
    """Whoever looks for this."""
    saved = session.get(SavedSearch, event.subject_id)
    return [Concerned(saved.account_id, N_("because you saved this search"))] if saved is not None else []


NOTICES = (
    Notice(
        SearchMatched,
        who_saved_it,
        N_("New for your search “%(title)s”: %(count)s"),
        N_("You need do nothing. What is new stands first. How often you are told, or never, you choose under “Saved searches”."),
        N_("See what is new"),
    ),
)
