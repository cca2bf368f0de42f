"""How the engines find, name and guard interests, proposals and the approvals of proposals."""

from sqlalchemy.orm import joinedload

from portal.approvals.models import Approval
from portal.approvals.policies import READ as APPROVAL_READ
from portal.kernel.subjects import Subject
from portal.kernel.text import N_
from portal.proposals.models import Interest, Proposal
from portal.proposals.policies import INTEREST_READ, INTEREST_READ_TEXT, READ, READ_TEXT

SUBJECTS = {
    "interest": Subject(
        Interest,
        N_("expression of interest"),
        INTEREST_READ,
        lambda i: i.listing.title,
        lambda i: i.href,
        lambda i: (i.host_id, i.organisation_id) if i.organisation_id else (i.host_id,),
        options=(joinedload(Interest.listing),),
        write=INTEREST_READ_TEXT,
        contents=INTEREST_READ_TEXT,
        people=lambda i: (i.author_id, *i.listing.owner_ids),
    ),
    "proposal": Subject(
        Proposal,
        N_("proposal"),
        READ,
        lambda p: p.title,
        lambda p: p.href,
        lambda p: (p.host_id, p.organisation_id),
        options=(joinedload(Proposal.listing),),
        write=READ_TEXT,
        contents=READ_TEXT,
        people=lambda p: (p.author_id, *p.listing.owner_ids),
    ),
    "approval": Subject(
        Approval,
        N_("approval"),
        APPROVAL_READ,
        lambda a: f"PR-{a.subject_id:04d}",
        lambda a: f"/proposals/PR-{a.subject_id:04d}#approvals",
        lambda a: (a.organisation_id,),
    ),
}
