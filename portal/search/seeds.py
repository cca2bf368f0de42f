"""What the demonstration's people look for, again and again, and what all of them did not find."""

from portal.kernel import clock
from portal.kernel.seeding import Stage
from portal.search.actions import save_search
from portal.search.models import SearchTally

SAVED = (
    ("ingrid", "time series · Challenge", "q=time+series&kind=challenge"),
    ("mei", "data · Internship · Remote possible", "q=data&kind=internship&remote=yes"),
    ("helena", "pump", "q=pump"),
)

# Terms of the vocabularies: how often in all they were asked for, and how often nothing was found.
LOOKED_FOR = (
    ("", 412, 61, 1, 612),
    ("Veterinary sciences", 14, 11, 0, 48),
    ("test sensors", 23, 9, 0, 71),
    ("Industrial biotechnology", 9, 7, 0, 39),
    ("data mining methods", 38, 4, 0, 112),
    ("Mechanical engineering", 57, 0, 1, 612),
)


def seed(stage: Stage) -> None:
    """Each keeps theirs, since yesterday: nobody is told of the past on the first day. Counts are of a fortnight ago."""
    stage.plan(stage.ago(14), lambda: _count(stage))
    for number, (key, title, address) in enumerate(SAVED):
        stage.plan(stage.ago(0.6 + number / 10), lambda k=key, t=title, a=address: _save(stage, k, t, a))  # type: ignore[misc]


def _save(stage: Stage, key: str, title: str, address: str) -> None:
    save_search(stage.session, title, address, actor=stage.actor_of(key))


def _count(stage: Stage) -> None:
    for term, searches, empty, slow, longest_ms in LOOKED_FOR:
        counts = {"searches": searches, "empty": empty, "slow": slow, "longest_ms": longest_ms}
        stage.session.add(SearchTally(day=clock.today(), term=term, **counts))
