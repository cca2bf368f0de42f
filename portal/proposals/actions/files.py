"""The files that go with the text of a proposal: added, changed and taken out while it is written, and taken along to another."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.files.actions import copy_files, keep_file
from portal.files.inputs import Upload
from portal.files.models import File
from portal.files.queries import files_called
from portal.files.states import FileState
from portal.files.store import Kept
from portal.kernel import clock
from portal.kernel.errors import Invalid, Missing, Stale
from portal.kernel.policy import Actor, require
from portal.kernel.text import N_
from portal.proposals.actions.saving import require_writable, save_content
from portal.proposals.inputs import Content, Enclosed, Enclosing
from portal.proposals.models import Folder, Proposal
from portal.proposals.policies import WRITER

FOLDER = Folder.__tablename__


def enclose_file(session: Session, proposal: Proposal, upload: Upload, kept: Kept, given: Enclosing, *, actor: Actor) -> Enclosed:
    """Add a file whose bytes lie in the store to the text that is being written, or in the place of one that is there.

    One of the same name is another version of it.

    Raises:
        Forbidden: `actor` neither is the author nor may write with them.
        Refused: the proposal is not being written.
        Invalid: the bytes are not what the name says, these very bytes are there under this name, or there are too many.
    """
    content = _being_written(session, proposal, actor)
    by_code, by_name = {one.code: one for one in content.files}, {one.name: one for one in content.files}
    before = by_code.get(given.replaces) if given.replaces else by_name.get(upload.name)
    if given.replaces and before is None:
        raise Invalid("replaces", N_("The file that this one replaces is not there any more."))
    if any((one.name, one.sha256) == (upload.name, kept.sha256) for one in content.files):
        raise Invalid("file", N_("This very file is there already."))
    file = keep_file(session, _folder(session, proposal), upload, kept, actor=actor)
    bytes_of = {"sha256": file.sha256, "size_bytes": file.size_bytes, "version": file.version}
    code = before.code if before else ""
    added = Enclosed(file.name, given.category, confidential=given.confidential, code=code, **bytes_of)  # type: ignore[arg-type]
    files = [added if one is before else one for one in content.files]
    _save(session, proposal, content, files if before else [*files, added], actor)
    return added


def change_file(session: Session, proposal: Proposal, code: str, given: Enclosing, *, actor: Actor, mark: str) -> None:
    """Say something else of a file.

    Args:
        mark: of the file as `actor` saw it.

    Raises:
        Forbidden, Refused: as above.
        Missing: it is not there any more.
        Stale: somebody changed it in between.
    """
    content = _being_written(session, proposal, actor)
    file = _seen(content, code, mark)
    changed = replace(file, category=given.category, confidential=given.confidential)
    _save(session, proposal, content, [changed if one is file else one for one in content.files], actor)


def take_out_file(session: Session, proposal: Proposal, code: str, *, actor: Actor, mark: str) -> str | None:
    """Take a file out of the text; returns what its bytes are stored as where nothing has them any more.

    Raises:
        As `change_file`.
    """
    content = _being_written(session, proposal, actor)
    file = _seen(content, code, mark)
    _save(session, proposal, content, [one for one in content.files if one is not file], actor)
    for row in files_called(session, FOLDER, proposal.id, {(file.name, file.version)}):
        if session.scalar(select(File.id).where(File.stored_as == row.stored_as, File.id != row.id).limit(1)) is None:
            session.delete(row)
            return row.stored_as
    return None


def take_files_along(session: Session, earlier_id: int, proposal: Proposal, content: Content) -> None:
    """Let a proposal that has just begun have the files of an earlier one of its author: those that can be had."""
    named = files_called(session, FOLDER, earlier_id, {(one.name, one.version) for one in content.files})
    sound = {(row.name, row.version): row for row in named if row.state is not FileState.QUARANTINED}
    if sound:
        copy_files(session, sound.values(), FOLDER, _folder(session, proposal).id)
    proposal.draft = replace(content, files=[one for one in content.files if (one.name, one.version) in sound]).to_json()


def _being_written(session: Session, proposal: Proposal, actor: Actor) -> Content:
    """What it says now. Whoever changes it at the same time waits: lists of files are never put together by hand."""
    require(WRITER, actor, proposal)
    session.refresh(proposal, ["draft", "version", "_state"], with_for_update=True)
    require_writable(proposal)
    return proposal.written


def _seen(content: Content, code: str, mark: str) -> Enclosed:
    file = next((one for one in content.files if one.code == code), None)
    if file is None:
        raise Missing
    if file.mark != mark:
        raise Stale
    return file


def _save(session: Session, proposal: Proposal, content: Content, files: Sequence[Enclosed], actor: Actor) -> None:
    save_content(session, proposal, replace(content, files=files), actor=actor, version=proposal.version)


def _folder(session: Session, proposal: Proposal) -> Folder:
    folder = session.get(Folder, proposal.id)
    if folder is None:
        folder = Folder(id=proposal.id, begun_at=clock.now())
        session.add(folder)
        session.flush()
    return folder
