"""What the demonstration's people look for, again and again."""

from portal.kernel.seeding import Stage
from portal.search.actions import save_search

SAVED = (
    ("ingrid", "time series · Challenge", "q=time+series&kind=challenge"),
    ("mei", "data · Internship · Remote possible", "q=data&kind=internship&remote=yes"),
    ("helena", "pump", "q=pump"),
)


def seed(stage: Stage) -> None:
    """Each keeps theirs, since yesterday: nobody is told of the past on the first day."""
    for number, (key, title, address) in enumerate(SAVED):
        stage.plan(stage.ago(0.6 + number / 10), lambda k=key, t=title, a=address: _save(stage, k, t, a))  # type: ignore[misc]


def _save(stage: Stage, key: str, title: str, address: str) -> None:
    save_search(stage.session, title, address, actor=stage.actor_of(key))
