"""The files of a draft as its form shows them: how each stands with the scanner, and what can be said of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import g

from portal.files.queries import Attached, files_for
from portal.proposals.forms import FileForm
from portal.proposals.inputs import Content, Enclosed
from portal.proposals.models import Folder, Proposal


@dataclass(frozen=True)
class FileLine:
    """One file: what the text says of it, its bytes (None where they are gone), those it had before, and the form about it."""

    file: Enclosed
    held: Attached | None
    older: Sequence[Attached]
    form: FileForm


def file_lines(proposal: Proposal, content: Content, changing: FileForm | None = None) -> list[FileLine]:
    """The files in the order in which they were added; `changing` is the form of one of them, with its problems."""
    shelf = files_for(g.db, g.actor, Folder.__tablename__, proposal.id) if content.files else ()
    kept = {one.name: one.versions for one in shelf}
    return [_line(one, kept.get(one.name, ()), changing) for one in content.files]


def file_form(code: str) -> FileForm:
    """The form of one file as it was sent."""
    return FileForm(prefix=_prefix(code))


def _line(file: Enclosed, versions: Sequence[Attached], changing: FileForm | None) -> FileLine:
    held = next((one for one in versions if one.version == file.version), None)
    older = [one for one in versions if one.version < file.version]
    if changing is not None and changing.mark.name.startswith(_prefix(file.code)):
        return FileLine(file, held, older, changing)
    said = {"mark": file.mark, "category": file.category.value, "confidential": file.confidential}
    return FileLine(file, held, older, FileForm(formdata=None, prefix=_prefix(file.code), data=said))


def _prefix(code: str) -> str:
    return f"{code}-"
