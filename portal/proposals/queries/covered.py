"""Which approvals of earlier versions go on for another text of the same proposal, and what opens the others again."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from portal.approvals.actions import Before
from portal.approvals.models import Approval
from portal.approvals.queries import standing_of
from portal.approvals.states import Side
from portal.proposals.inputs import Content
from portal.proposals.inputs.covered import touched
from portal.proposals.inputs.houses import House
from portal.proposals.models import Proposal
from portal.proposals.queries.proposals import version_of


def approved_before(
    session: Session, proposal: Proposal, content: Content, slots: Iterable[Approval], *, host: House
) -> dict[Side, Before]:
    """By side, the approval that stands and what of it `content` touches; without a statement where nobody approved anything.

    Each is held against the version that its officer has read, so that many small edits do not add up unseen.

    Args:
        slots: all of this proposal.
        host: the listing's organisation.
    """
    standing = standing_of(slots)
    if not standing:
        return {}
    read = {slot.read_number for slot in standing.values()}
    contents = {version.number: Content.from_json(version.content) for version in version_of(session, proposal, *read)}
    return {
        side: Before(slot, [str(part.value) for part in touched(contents[slot.read_number], content, side, host=host)])
        for side, slot in standing.items()
    }
