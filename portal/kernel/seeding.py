"""The stage on which demonstration history is played: an agenda in time order, a fixed random source, and what was made.

Seeds put appointments on the agenda; each is kept at its own moment by the portal's ordinary actions, so that queues, feeds
and the log look as if people had worked for two years.
"""

import datetime as dt
import heapq
import itertools
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from portal.kernel import clock
from portal.kernel.policy import Actor

Task = Callable[[], object]


class Stage:
    """One performance. `made` holds what seeds made, by (kind of thing, key).

    `texts` is the invented material, `files` the folder in which uploads lie.
    """

    def __init__(self, session: Session, today: dt.datetime, texts: Path, files: Path, seed: int = 20) -> None:
        self.session = session
        self.today = today
        self.files = files
        self.random = random.Random(seed)  # noqa: S311 - repeatable, not secret
        self.texts: dict[str, Any] = json.loads(texts.read_text(encoding="utf-8"))
        self.made: dict[tuple[str, str], Any] = {}
        self.find_actor: Callable[[str], Actor] = self._nobody
        self.actors: dict[str, Actor] = {}  # cleared by whoever changes a membership
        self._agenda: list[tuple[dt.datetime, int, Task]] = []
        self._order = itertools.count()

    def actor_of(self, key: str) -> Actor:
        """The person of that key as they are now."""
        if key not in self.actors:
            self.actors[key] = self.find_actor(key)
        return self.actors[key]

    def plan(self, when: dt.datetime, task: Task) -> None:
        """Put `task` on the agenda; what lies after today never happens."""
        if when <= self.today:
            heapq.heappush(self._agenda, (when, next(self._order), task))

    def later(self, days: float, task: Task) -> None:
        """Put `task` on the agenda so many days after the present appointment, at an office hour."""
        now = clock.now()
        when = (now + dt.timedelta(days=days)).replace(hour=8 + self.random.randrange(9), minute=self.random.randrange(60))
        self.plan(max(when, now + dt.timedelta(minutes=20)), task)

    def ago(self, days: float) -> dt.datetime:
        """A moment so many days before today, at an office hour."""
        when = self.today - dt.timedelta(days=days)
        return when.replace(hour=8 + self.random.randrange(9), minute=self.random.randrange(60))

    def play(self, progress: Callable[[int], None] = lambda done: None) -> int:
        """Keep every appointment in the order of time; returns how many there were."""
        for done in itertools.count():
            if not self._agenda:
                return done
            when, _, task = heapq.heappop(self._agenda)
            with clock.at(when):
                task()
            progress(done)
        raise AssertionError  # count() never ends

    @staticmethod
    def _nobody(key: str) -> Actor:
        raise LookupError(f"nobody is called {key} yet")
