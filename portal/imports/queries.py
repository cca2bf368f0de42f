"""Reads over uploaded files of records."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import User
from portal.imports.models import ImportMapping, ImportRefusal, ImportRun
from portal.imports.policies import KEEPER
from portal.kernel.policy import Actor

SHOWN = 50
_AT_ONCE = 1_000
WITH_ASKER = (joinedload(ImportRun.asked_by).load_only(User.name),)


def runs_for(session: Session, actor: Actor) -> Sequence[ImportRun]:
    """The newest files that this person may see."""
    query = select(ImportRun).where(KEEPER.where(actor)).options(*WITH_ASKER)
    return session.scalars(query.order_by(ImportRun.id.desc()).limit(SHOWN)).all()


def mappings_for(session: Session, run: ImportRun) -> Sequence[ImportMapping]:
    """What was kept for files of its kind and organisation, by name."""
    return session.scalars(_mappings(run.organisation_id, run.kind).order_by(ImportMapping.name).limit(SHOWN)).all()


def mapping_named(session: Session, run: ImportRun, name: str) -> ImportMapping | None:
    """The one kept under this name."""
    return session.scalars(_mappings(run.organisation_id, run.kind).where(ImportMapping.name == name)).first()


def refusals_of(session: Session, run_id: int) -> Sequence[ImportRefusal]:
    """The first reasons for which records were left out, in the order of the lines."""
    query = select(ImportRefusal).where(ImportRefusal.run_id == run_id).order_by(ImportRefusal.id)
    return session.scalars(query.limit(SHOWN)).all()


def each_refusal(session: Session, run_id: int) -> Iterator[ImportRefusal]:
    """All reasons that were kept."""
    last = 0
    query = select(ImportRefusal).where(ImportRefusal.run_id == run_id).order_by(ImportRefusal.id).limit(_AT_ONCE)
    while batch := session.scalars(query.where(ImportRefusal.id > last)).all():
        yield from batch
        last = batch[-1].id
        session.expunge_all()


def _mappings(organisation_id: int | None, kind: str) -> Select[ImportMapping]:
    whose = ImportMapping.organisation_id
    return select(ImportMapping).where(
        whose.is_(None) if organisation_id is None else whose == organisation_id, ImportMapping.kind == kind
    )
