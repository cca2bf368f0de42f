"""How the engines find, name and guard interests, proposals and the approvals of proposals."""

from sqlalchemy.orm import joinedload

from portal.approvals.models import Approval
from portal.approvals.policies import READ as APPROVAL_READ
from portal.kernel.subjects import Subject
from portal.kernel.text import N_
from portal.proposals.models import CoAuthor, Confirmation, Folder, HeldDecision, Interest, Proposal, ProposalVersion, Team
from portal.proposals.policies import (
    ADD_TO,
    CO_AUTHOR_READ,
    CONFIRMATION_READ,
    FOLDER_READ,
    HELD,
    HOST_SIDE,
    INTEREST_OWNER,
    INTEREST_READ,
    INTEREST_READ_TEXT,
    READ,
    READ_TEXT,
    TEAM_READ,
    TEAM_TALK,
    VERSION_READ,
)
from portal.proposals.queries import CONFIRMATION_CORE

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
        keep=INTEREST_OWNER,
    ),
    "proposal": Subject(
        Proposal,
        N_("proposal"),
        READ,
        lambda p: p.title,
        lambda p: p.href,
        lambda p: (p.host_id, p.organisation_id),
        options=(joinedload(Proposal.listing),),
        write=ADD_TO,
        contents=READ_TEXT,
        people=lambda p: (p.author_id, *p.rights, *p.listing.owner_ids),
        keep=HOST_SIDE,
    ),
    "proposal_team": Subject(
        Team,
        N_("team of a proposal"),
        TEAM_READ,
        lambda t: t.proposal.title,
        lambda t: f"{t.proposal.href}/team",
        lambda t: (t.proposal.organisation_id,),
        options=(joinedload(Team.proposal).joinedload(Proposal.listing),),
        write=TEAM_TALK,
        people=lambda t: (t.proposal.author_id, *t.proposal.rights),
    ),
    "proposal_folder": Subject(
        Folder,
        N_("files of a draft"),
        FOLDER_READ,
        lambda f: f.proposal.title,
        lambda f: f.proposal.href,
        lambda f: (f.proposal.organisation_id,),
        options=(joinedload(Folder.proposal).joinedload(Proposal.listing),),
    ),
    "proposal_version": Subject(
        ProposalVersion,
        N_("version of a proposal"),
        VERSION_READ,
        lambda v: v.proposal.title,
        lambda v: f"{v.proposal.href}/versions/{v.number}",
        lambda v: (v.proposal.host_id, v.proposal.organisation_id),
        options=(joinedload(ProposalVersion.proposal).joinedload(Proposal.listing),),
    ),
    "confirmation": Subject(
        Confirmation,
        N_("partner's confirmation"),
        CONFIRMATION_READ,
        lambda c: c.proposal.title,
        lambda c: c.href,
        lambda c: (c.organisation_id,),
        options=CONFIRMATION_CORE,
    ),
    "co_author": Subject(
        CoAuthor,
        N_("invitation to write a proposal"),
        CO_AUTHOR_READ,
        lambda c: c.called,
        lambda c: c.href,
        lambda c: (c.organisation_id,),
    ),
    "held_decision": Subject(
        HeldDecision,
        N_("held decision"),
        HELD,
        lambda h: h.proposal.reference,
        lambda h: h.proposal.href,
        lambda h: (h.proposal.host_id,),
        options=(joinedload(HeldDecision.proposal).joinedload(Proposal.listing),),
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
