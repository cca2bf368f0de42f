"""Files at submission: whether they may go out, and the copies that a version keeps for ever."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.files.actions import copy_files
from portal.files.models import File
from portal.files.queries import is_handed_out
from portal.files.states import FileState
from portal.kernel.text import N_, Words
from portal.kernel.workflow import Step
from portal.proposals.inputs import Content
from portal.proposals.models import Proposal, ProposalVersion
from portal.proposals.queries import enclosed_files
from portal.proposals.workflow.completeness import Gap

_HELD = N_("“%(name)s” is held back: the scanner found something in it. Take it out, and add a clean copy.")
_WAITING = N_("“%(name)s” is still being checked. Submit in a few minutes.")
_GONE = N_("“%(name)s” cannot be found any more. Add it again.")


def file_gaps(session: Session, proposal: Proposal, content: Content) -> tuple[Gap, ...]:
    """Which files are in the way of submitting this text, and why."""
    return tuple(_gaps(session, content, enclosed_files(session, proposal, content)))


def are_harmless(step: Step) -> str | Words | None:
    """What is handed over was looked at first, where there is a scanner."""
    found = file_gaps(step.session, step.thing, step.thing.written)
    return found[0].why if found else None


def freeze_files(session: Session, proposal: Proposal, content: Content) -> None:
    """Put the files of this text on the version that was submitted just now."""
    if not content.files:
        return
    number = (ProposalVersion.proposal_id == proposal.id, ProposalVersion.number == proposal.number)
    version_id = session.scalars(select(ProposalVersion.id).where(*number)).one()
    copy_files(session, enclosed_files(session, proposal, content).values(), ProposalVersion.__tablename__, version_id)


def _gaps(session: Session, content: Content, files: dict[str, File]) -> Iterator[Gap]:
    for one in content.files:
        row, named = files.get(one.code), {"name": one.name}
        if row is None:
            yield Gap(Words(_GONE, named), "files", one.code)
        elif row.state is FileState.QUARANTINED:
            yield Gap(Words(_HELD, named), "files", one.code)
        elif not is_handed_out(session, row.state):
            yield Gap(Words(_WAITING, named), "files", one.code)
