"""Who may see and move interests and proposals: the permission matrix's rows as rules."""

from typing import Any

from sqlalchemy import false, select

from portal.kernel.policy import Actor, Role, Rule
from portal.kernel.text import N_
from portal.listings.models import Listing
from portal.listings.policies import OWNER
from portal.proposals.models import CoAuthor, Confirmation, Folder, HeldDecision, Interest, Proposal, ProposalVersion, Team
from portal.proposals.states import WITH_PROPOSAL, CoAuthorState, InterestState, ProposalState, Right


def _author(model: type[Interest] | type[Proposal]) -> Rule:
    return Rule(
        N_("the author"),
        lambda actor, thing: actor.is_person and thing.author_id == actor.id,
        lambda actor: model.author_id == actor.id if actor.is_person else false(),
    )


def _listing_owner(model: type[Interest] | type[Proposal]) -> Rule:
    return Rule(
        N_("the listing's owner, or its co-owners"),
        lambda actor, thing: OWNER.holds(actor, thing.listing),
        lambda actor: model.listing_id.in_(select(Listing.id).where(OWNER.where(actor))) if actor.is_person else false(),
    )


def _officer(model: Any, side: str, says: str) -> Rule:
    return Rule(
        says,
        lambda actor, thing: getattr(thing, side) in actor.organisations_as(Role.OFFICER),
        lambda actor: getattr(model, side).in_(actor.organisations_as(Role.OFFICER)),
    )


INTEREST_AUTHOR = _author(Interest)
INTEREST_OWNER = _listing_owner(Interest)
INTEREST_SENT = Rule(
    N_("after it was sent"),
    lambda actor, interest: interest.sent_at is not None,
    lambda actor: Interest.sent_at.is_not(None),
)
# The liaison offices of both sides see what was sent in their organisation's name.
INTEREST_HOST_OFFICER = _officer(Interest, "host_id", N_("partnership officers of the listing's organisation"))
INTEREST_AUTHOR_OFFICER = _officer(Interest, "organisation_id", N_("partnership officers of the author's organisation"))
INTEREST_OFFICERS = INTEREST_HOST_OFFICER | INTEREST_AUTHOR_OFFICER
# What may become work between two organisations; an internship or a training concerns one person.
INTEREST_IN_COMMON_WORK = Rule(
    N_("where it can lead to a proposal"),
    lambda actor, interest: interest.listing.kind in WITH_PROPOSAL,
    lambda actor: Interest.listing_id.in_(select(Listing.id).where(Listing.kind.in_(WITH_PROPOSAL))),
)
# That it was begun, not what it says.
INTEREST_LIAISON = INTEREST_AUTHOR_OFFICER & INTEREST_IN_COMMON_WORK
INTEREST_READ = INTEREST_AUTHOR | INTEREST_LIAISON | (INTEREST_SENT & (INTEREST_OWNER | INTEREST_OFFICERS))
INTEREST_NOT_WITHDRAWN = Rule(
    N_("unless it was withdrawn"),
    lambda actor, interest: interest.state is not InterestState.WITHDRAWN,
    lambda actor: Interest._state != InterestState.WITHDRAWN,
)
INTEREST_READ_TEXT = INTEREST_AUTHOR | (
    INTEREST_SENT & (INTEREST_AUTHOR_OFFICER | ((INTEREST_OWNER | INTEREST_HOST_OFFICER) & INTEREST_NOT_WITHDRAWN))
)

AUTHOR = _author(Proposal)
LISTING_OWNER = _listing_owner(Proposal)
AUTHOR_OFFICER = _officer(Proposal, "organisation_id", N_("partnership officers of the author's organisation"))
HOST_OFFICER = _officer(Proposal, "host_id", N_("partnership officers of the listing's organisation"))
SENT = Rule(
    N_("after it was submitted"),
    lambda actor, proposal: proposal.submitted_at is not None,
    lambda actor: Proposal.submitted_at.is_not(None),
)
HOST_MEMBER = Rule(
    N_("members of the listing's organisation"),
    lambda actor, proposal: proposal.host_id in actor.organisations,
    lambda actor: Proposal.host_id.in_(actor.organisations),
)


_OTHER_SIDE = HOST_MEMBER | LISTING_OWNER


def on_the_other_side(actor: Actor, proposal: Proposal) -> bool:
    """Whether this person, or their own house, decides on the proposal."""
    return _OTHER_SIDE.holds(actor, proposal)


def _co_author(says: str, *rights: Right) -> Rule:
    """Whoever takes part with one of `rights`. Nobody of the side that decides does: joining it later ends it at once."""
    mine = CoAuthor._state == CoAuthorState.ACTIVE, CoAuthor.right.in_(rights)
    return Rule(
        says,
        lambda actor, proposal: proposal.rights.get(actor.id) in rights and not _OTHER_SIDE.holds(actor, proposal),
        lambda actor: (
            Proposal.id.in_(select(CoAuthor.proposal_id).where(*mine, CoAuthor.account_id == actor.id))
            & ~_OTHER_SIDE.where(actor)
            if actor.is_person
            else false()
        ),
    )


CO_AUTHOR = _co_author(N_("those who write it together with the author"), *Right)
CO_EDITOR = _co_author(N_("co-authors who may write"), Right.EDIT)
CO_COMMENTER = _co_author(N_("co-authors who may write or comment"), Right.EDIT, Right.COMMENT)
TEAM = AUTHOR | CO_AUTHOR
WRITER = AUTHOR | CO_EDITOR
AUTHOR_SIDE = AUTHOR | AUTHOR_OFFICER
OWN_SIDE = AUTHOR_SIDE | CO_AUTHOR
HOST_SIDE = LISTING_OWNER | HOST_OFFICER
HELD = Rule(
    N_("those who decide on it, and partnership officers of the listing's organisation"),
    lambda actor, held: HOST_SIDE.holds(actor, held.proposal),
    lambda actor: HeldDecision.proposal_id.in_(select(Proposal.id).where(HOST_SIDE.where(actor))),
)
READ = OWN_SIDE | (SENT & HOST_SIDE)
NOT_WITHDRAWN = Rule(
    N_("unless it was withdrawn"),
    lambda actor, proposal: proposal.state is not ProposalState.WITHDRAWN,
    lambda actor: Proposal._state != ProposalState.WITHDRAWN,
)
# Withdrawing takes the text back from the other side; that it existed stays known.
READ_TEXT = OWN_SIDE | (SENT & HOST_SIDE & NOT_WITHDRAWN)
# Who may only read adds nothing.
ADD_TO = AUTHOR_SIDE | CO_COMMENTER | (SENT & HOST_SIDE & NOT_WITHDRAWN)
WRITABLE = (ProposalState.DRAFT, ProposalState.REVISION_REQUESTED)


def sees_draft(actor: Actor, proposal: Proposal) -> bool:
    """The unsent text belongs to the author's side alone."""
    return OWN_SIDE.holds(actor, proposal)


def _of_team(rule: Rule) -> Rule:
    """The same rule, asked about the team of a proposal."""
    return Rule(
        rule.says,
        lambda actor, team: rule.holds(actor, team.proposal),
        lambda actor: Team.id.in_(select(Proposal.id).where(rule.where(actor))),
    )


# What they say among themselves never reaches the other side.
TEAM_READ = _of_team(OWN_SIDE)
TEAM_TALK = _of_team(AUTHOR_SIDE | CO_COMMENTER)


def _of_folder(rule: Rule) -> Rule:
    """The same rule, asked about the files of a draft."""
    return Rule(
        rule.says,
        lambda actor, folder: rule.holds(actor, folder.proposal),
        lambda actor: Folder.id.in_(select(Proposal.id).where(rule.where(actor))),
    )


def _of_version(rule: Rule) -> Rule:
    """The same rule, asked about one version of a proposal."""
    return Rule(
        rule.says,
        lambda actor, version: rule.holds(actor, version.proposal),
        lambda actor: ProposalVersion.proposal_id.in_(select(Proposal.id).where(rule.where(actor))),
    )


FOLDER_READ = _of_folder(OWN_SIDE)
VERSION_READ = _of_version(READ_TEXT)

INVITED = Rule(
    N_("whoever has the address it was sent to"),
    lambda actor, co_author: actor.is_person and co_author.account_id == actor.id,
    lambda actor: CoAuthor.account_id == actor.id if actor.is_person else false(),
)
INVITING = Rule(
    N_("the author who invited them"),
    lambda actor, co_author: actor.is_person and co_author.invited_by_id == actor.id,
    lambda actor: CoAuthor.invited_by_id == actor.id if actor.is_person else false(),
)
CO_AUTHOR_READ = (
    INVITED | INVITING | _officer(CoAuthor, "organisation_id", N_("partnership officers of the author's organisation"))
)


def _of_confirmation(rule: Rule) -> Rule:
    """The same rule, asked about what a partner of a proposal confirms."""
    return Rule(
        rule.says,
        lambda actor, confirmation: rule.holds(actor, confirmation.proposal),
        lambda actor: Confirmation.proposal_id.in_(select(Proposal.id).where(rule.where(actor))),
    )


CONFIRMATION_READ = _of_confirmation(OWN_SIDE)
ASKING = _of_confirmation(AUTHOR)
# Whoever was named, as long as they take part.
LEAD = _of_confirmation(CO_AUTHOR) & Rule(
    N_("the partner's lead"),
    lambda actor, confirmation: actor.is_person and confirmation.lead_id == actor.id,
    lambda actor: Confirmation.lead_id == actor.id if actor.is_person else false(),
)
