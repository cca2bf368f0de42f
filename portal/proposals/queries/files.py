"""How the files stand that go with the text of a proposal, and where they are fetched."""

from sqlalchemy.orm import Session

from portal.files.models import File
from portal.files.queries import files_called
from portal.kernel.policy import Actor
from portal.proposals.inputs import Content
from portal.proposals.models import Folder, Proposal, ProposalVersion
from portal.proposals.queries.proposals import shows_draft

DRAFTS, VERSIONS = Folder.__tablename__, ProposalVersion.__tablename__


def enclosed_files(session: Session, proposal: Proposal, content: Content) -> dict[str, File]:
    """The files of the draft by their code; asks nothing where there are none."""
    if not content.files:
        return {}
    found = files_called(session, DRAFTS, proposal.id, {(one.name, one.version) for one in content.files})
    rows = {(row.name, row.version): row for row in found}
    return {one.code: rows[one.name, one.version] for one in content.files if (one.name, one.version) in rows}


def fetched_at(actor: Actor, proposal: Proposal) -> str:
    """The address below which the files of the text are fetched that `content_of` shows this reader."""
    if proposal.current is None or shows_draft(actor, proposal):
        return draft_at(proposal)
    return version_at(proposal.current)


def draft_at(proposal: Proposal) -> str:
    """The same for what is being written."""
    return f"/files/{DRAFTS}/{proposal.id}/all"


def version_at(version: ProposalVersion) -> str:
    """The same for one version."""
    return f"/files/{VERSIONS}/{version.id}/all"
