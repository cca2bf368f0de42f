"""Papers in the demonstration: some with versions, one that a side keeps to itself, and what shows an outcome."""

import datetime as dt
import io
from dataclasses import dataclass
from typing import IO

from sqlalchemy import select

from portal.collaborations.actions import file_document
from portal.collaborations.inputs import DocumentEntry
from portal.collaborations.models import Collaboration, Document, Outcome
from portal.collaborations.states import Access, DocumentCategory, OutcomeState
from portal.collaborations.workflow import DOCUMENT_FLOW
from portal.files.actions import add_file
from portal.files.inputs import Upload
from portal.files.store import Store
from portal.kernel import clock
from portal.kernel.policy import Actor
from portal.kernel.seeding import Stage
from portal.kernel.text import slug

_MOST = 100_000  # octets of one of them
_PLAN = (
    "Plan of the measurements\n\nTwo stations, hourly, from April on.\n",
    "Plan of the measurements\n\nThree stations, every ten minutes, from May on.\n",
)
_MINUTES = (
    "Minutes of the kick-off\n\nPresent: both leads, the test bench. The plan stands as approved; next meeting in six weeks.\n"
)
_OWN = "For us alone\n\nWe can go two months longer if they ask for it, and not below the second station.\n"
_SHOWS = "station,hour,velocity_mm_s\n1,0,2.31\n1,1,2.29\n2,0,4.10\n"


@dataclass
class _Paper:
    filename: str | None
    stream: IO[bytes]


def file_papers(stage: Stage, collaboration: Collaboration, leads: tuple[Actor, Actor]) -> None:
    """A plan in two versions, minutes that are final, and a paper each lead keeps to their own side."""
    host, partner = leads
    plan = _file(stage, collaboration, ("Plan of the measurements", DocumentCategory.PLAN, Access.ALL), _PLAN[0], partner)
    minutes = _file(stage, collaboration, ("Minutes of the kick-off", DocumentCategory.MINUTES, Access.INSIDE), _MINUTES, host)
    for lead in leads:
        _file(stage, collaboration, ("What we can agree to", DocumentCategory.AGREEMENT, Access.SIDE), _OWN, lead)
    DOCUMENT_FLOW.perform(stage.session, minutes, "lock", actor=host)
    soon = clock.now() + dt.timedelta(days=1)
    stage.plan(soon, lambda: _put(stage, (Document.__tablename__, plan.id), "plan-of-the-measurements-2.txt", _PLAN[1], partner))


def show(stage: Stage, collaboration: Collaboration) -> None:
    """Whoever reported what waits to be confirmed adds what shows it."""
    waiting = select(Outcome).where(Outcome.collaboration_id == collaboration.id, Outcome._state == OutcomeState.REPORTED)
    for outcome in stage.session.scalars(waiting).all():
        actor = stage.actor_of(stage.made["account key", str(outcome.recorded_by_id)])
        _put(stage, (Outcome.__tablename__, outcome.id), "spectra.csv", _SHOWS, actor)


def _file(
    stage: Stage, collaboration: Collaboration, told: tuple[str, DocumentCategory, Access], text: str, actor: Actor
) -> Document:
    upload = Upload(_Paper(f"{slug(told[0])}.txt", io.BytesIO()))
    with _store(stage).keeping(io.BytesIO(text.encode())) as kept:
        return file_document(stage.session, collaboration, DocumentEntry(*told), upload, kept, actor=actor)


def _put(stage: Stage, subject: tuple[str, int], name: str, text: str, actor: Actor) -> None:
    with _store(stage).keeping(io.BytesIO(text.encode())) as kept:
        add_file(stage.session, *subject, Upload(_Paper(name, io.BytesIO())), kept, actor=actor)


def _store(stage: Stage) -> Store:
    return Store(stage.files, limit_bytes=_MOST)
